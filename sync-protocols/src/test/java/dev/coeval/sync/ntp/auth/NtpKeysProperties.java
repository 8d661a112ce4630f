package dev.coeval.sync.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Codes against the platform's own cryptography, and what becomes of a changed datagram. */
final class NtpKeysProperties {

  private static final int HEADER = NtpCodec.HEADER_LENGTH;

  private static byte[] secret(MacAlgorithm algorithm, byte[] random) {
    int exact = algorithm.exactKeyBytes();
    return exact == 0 ? random : Arrays.copyOf(random, exact);
  }

  /** The code by definition: of key and packet, one behind the other, or by RFC 4493. */
  private static byte[] oracle(MacAlgorithm algorithm, byte[] secret, byte[] packet)
      throws GeneralSecurityException {
    return switch (algorithm) {
      case AES128_CMAC, AES256_CMAC -> CmacOracle.of(secret, packet);
      case SHA256 -> digest("SHA-256", secret, packet);
      case SHA384 -> digest("SHA-384", secret, packet);
      case SHA512 -> digest("SHA-512", secret, packet);
      case SHA1 -> digest("SHA-1", secret, packet);
      case MD5 -> digest("MD5", secret, packet);
    };
  }

  private static byte[] digest(String name, byte[] secret, byte[] packet)
      throws GeneralSecurityException {
    byte[] whole = Arrays.copyOf(secret, secret.length + packet.length);
    System.arraycopy(packet, 0, whole, secret.length, packet.length);
    return MessageDigest.getInstance(name).digest(whole);
  }

  private static ByteBuffer sealed(NtpKeys keys, int id, byte[] packet) {
    ByteBuffer buffer = ByteBuffer.allocate(packet.length + 68).put(packet);
    keys.seal(id, buffer, 0);
    return buffer.flip();
  }

  @Property(tries = 500)
  void shouldMakeTheCodeThatThePlatformMakes(
      @ForAll MacAlgorithm algorithm,
      @ForAll @Size(min = 32, max = 100) byte[] random,
      @ForAll @Size(min = 48, max = 300) byte[] packet,
      @ForAll int id)
      throws GeneralSecurityException {
    Assume.that(id != 0);
    byte[] secret = secret(algorithm, random);
    NtpKeys keys = NtpKeys.of(List.of(NtpKey.of(id, algorithm, secret)));
    for (int twice = 0; twice < 2; twice++) { // an engine used before makes the same
      ByteBuffer sealed = sealed(keys, id, packet);
      byte[] code = oracle(algorithm, secret, packet);
      int cut = NtpCodec.version(packet[0]) < 4 ? code.length : Math.min(20, code.length);
      assertEquals(packet.length + 4 + cut, sealed.limit());
      assertEquals(ByteBuffer.wrap(packet), sealed.slice(0, packet.length));
      assertEquals(id, sealed.getInt(packet.length));
      assertEquals(
          ByteBuffer.wrap(code, 0, cut), sealed.slice(packet.length + 4, cut), algorithm::name);
      assertNull(keys.verify(sealed, packet.length, id));
      assertNull(keys.verify(sealed, packet.length));
    }
  }

  @Property(tries = 500)
  void shouldBeRefusedWhenAnyBitIsChanged(
      @ForAll MacAlgorithm algorithm,
      @ForAll @Size(32) byte[] random,
      @ForAll @Size(min = 48, max = 120) byte[] packet,
      @ForAll @IntRange(max = 187 * 8) int anyBit) {
    int id = 0x00C0FFEE;
    NtpKeys keys = NtpKeys.of(List.of(NtpKey.of(id, algorithm, secret(algorithm, random))));
    ByteBuffer sealed = sealed(keys, id, packet);
    int bit = anyBit % (sealed.limit() * 8);
    sealed.put(bit / 8, (byte) (sealed.get(bit / 8) ^ (1 << bit % 8)));
    boolean inKeyId = bit / 8 >= packet.length && bit / 8 < packet.length + 4;
    assertEquals(
        inKeyId ? Rejection.UNKNOWN_KEY : Rejection.BAD_AUTHENTICATION,
        keys.verify(sealed, packet.length, id));
  }

  @Property
  void shouldGiveAnAnswerWhenBytesAreArbitrary(
      @ForAll @Size(min = 48, max = 200) byte[] bytes, @ForAll @IntRange(max = 3) int keyId) {
    NtpKeys keys = NtpKeys.of(List.of(NtpKey.of(1, MacAlgorithm.SHA512, new byte[10])));
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    if (bytes.length >= HEADER + 4) {
      packet.putInt(HEADER, keyId);
    }
    int covered = NtpCodec.authenticatedLength(packet);
    if (covered != NtpCodec.NOT_WELL_FORMED) {
      Rejection reason = keys.verify(packet, covered, 1);
      assertEquals(covered == bytes.length, reason == Rejection.NOT_AUTHENTICATED);
    }
  }
}
