package dev.coeval.sync.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NonceSourceTest {

  @Test
  void shouldReplayWhenSeedIsTheSame() throws Exception {
    NonceSource one = new NonceSource(-7);
    NonceSource same = new NonceSource(-7);
    NonceSource other = new NonceSource(-8);
    for (int i = 0; i < 100; i++) {
      long nonce = one.nextLong();
      assertEquals(nonce, same.nextLong());
      assertNotEquals(nonce, other.nextLong());
      String input = "%016x%016x".formatted(-7L, i);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(input));
      assertEquals(new BigInteger(1, hash).shiftRight(192).longValue(), nonce);
    }
  }

  @Test
  void shouldNeitherRepeatNorFavourAnyBitWhenManyAreDrawn() {
    int many = 100_000;
    NonceSource source = new NonceSource(1);
    Set<Long> seen = new HashSet<>();
    int[] ones = new int[Long.SIZE];
    for (int i = 0; i < many; i++) {
      long nonce = source.nextLong();
      seen.add(nonce);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        ones[bit] += (int) (nonce >>> bit & 1);
      }
    }
    assertEquals(many, seen.size());
    for (int count : ones) { // six standard deviations
      assertTrue(Math.abs(count - many / 2) < 6 * Math.sqrt(many) / 2, "bits set: " + count);
    }
  }
}
