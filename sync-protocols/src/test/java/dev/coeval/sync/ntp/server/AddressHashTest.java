package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class AddressHashTest {

  /** Reference vector of SipHash-2-4: key 00 01 .. 0f, message 00 01 .. 0f. */
  @Test
  void shouldGiveTheReferenceValueWhenKeyAndMessageAreCounted() {
    AddressHash hash = new AddressHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertEquals(0x3f2acc7f57c29bdbL, hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L));
  }

  @Test
  void shouldDifferWhenSeedDiffers() {
    assertNotEquals(AddressHash.ofSeed(1).of(1, 2), AddressHash.ofSeed(2).of(1, 2));
    assertEquals(AddressHash.ofSeed(1).of(1, 2), AddressHash.ofSeed(1).of(1, 2));
  }
}
