package dev.coeval.sync.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NtpKeysTest {

  private static final int HEADER = NtpCodec.HEADER_LENGTH;
  private static final byte[] SIXTEEN = "sixteen letters!".getBytes(StandardCharsets.US_ASCII);
  private static final NtpKey FIVE = NtpKey.of(5, MacAlgorithm.AES128_CMAC, SIXTEEN);
  private static final NtpKey SIX = NtpKey.of(6, MacAlgorithm.SHA256, SIXTEEN);
  private static final NtpKeys KEYS = NtpKeys.of(List.of(SIX, FIVE));

  /** A packet of a version, and behind it as many octets of trailer. */
  private static ByteBuffer packet(int version, int trailer) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + trailer);
    packet.put(0, NtpCodec.firstByte(0, version, 3));
    return packet.putLong(NtpCodec.TRANSMIT, 0x0123_4567_89AB_CDEFL);
  }

  private static ByteBuffer sealed(NtpKeys keys, int keyId, int version) {
    ByteBuffer packet = packet(version, keys.macLength(keyId, version)).position(HEADER);
    keys.seal(keyId, packet, 0);
    assertFalse(packet.hasRemaining());
    return packet.flip();
  }

  private static NtpKey key(int id, MacAlgorithm algorithm) {
    int bytes = algorithm.exactKeyBytes() == 0 ? 20 : algorithm.exactKeyBytes();
    return NtpKey.of(id, algorithm, new byte[bytes]);
  }

  @Test
  void shouldTellReasonsApartWhenDatagramIsRefused() {
    assertNull(KEYS.verify(sealed(KEYS, 5, 4), HEADER, 5));
    assertEquals(Rejection.NOT_AUTHENTICATED, KEYS.verify(packet(4, 0), HEADER, 5));
    assertEquals(Rejection.CRYPTO_NAK, KEYS.verify(packet(4, 4), HEADER, 5));
    assertEquals(Rejection.UNKNOWN_KEY, KEYS.verify(packet(4, 20), HEADER, 5));
    assertEquals(Rejection.UNKNOWN_KEY, KEYS.verify(packet(4, 20).putInt(HEADER, 7), HEADER, 5));
    assertEquals(Rejection.OTHER_KEY, KEYS.verify(sealed(KEYS, 6, 4), HEADER, 5));
    assertEquals(
        Rejection.BAD_AUTHENTICATION, KEYS.verify(packet(4, 20).putInt(HEADER, 5), HEADER, 5));
  }

  @Test
  void shouldTellReasonsApartWhenAnyKeyWillDo() {
    assertNull(KEYS.verify(sealed(KEYS, 5, 4), HEADER));
    assertNull(KEYS.verify(sealed(KEYS, 6, 4), HEADER));
    assertEquals(Rejection.NOT_AUTHENTICATED, KEYS.verify(packet(4, 0), HEADER));
    assertEquals(Rejection.CRYPTO_NAK, KEYS.verify(packet(4, 4), HEADER));
    assertEquals(Rejection.UNKNOWN_KEY, NtpKeys.empty().verify(sealed(KEYS, 5, 4), HEADER));
    assertEquals(
        Rejection.BAD_AUTHENTICATION, KEYS.verify(packet(4, 20).putInt(HEADER, 5), HEADER));
    assertEquals(Rejection.BAD_AUTHENTICATION, KEYS.verify(packet(3, 4).putInt(HEADER, 5), HEADER));
  }

  @Test
  void shouldBeWrongWhenSecretIsAnother() {
    byte[] other = SIXTEEN.clone();
    other[15] ^= 1;
    NtpKeys others = NtpKeys.of(List.of(NtpKey.of(5, MacAlgorithm.AES128_CMAC, other)));
    assertEquals(Rejection.BAD_AUTHENTICATION, others.verify(sealed(KEYS, 5, 4), HEADER, 5));
    NtpKeys digest = NtpKeys.of(List.of(NtpKey.of(5, MacAlgorithm.MD5, SIXTEEN)));
    assertEquals(Rejection.BAD_AUTHENTICATION, digest.verify(sealed(KEYS, 5, 4), HEADER, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "AES128_CMAC, 20, 20",
    "AES256_CMAC, 20, 20",
    "MD5, 20, 20",
    "SHA1, 24, 24",
    "SHA256, 36, 24",
    "SHA384, 52, 24",
    "SHA512, 68, 24",
  })
  void shouldCutCodeWhenVersionIsFour(MacAlgorithm algorithm, int three, int four) {
    NtpKeys keys = NtpKeys.of(List.of(key(9, algorithm)));
    for (int version = 1; version <= 7; version++) {
      assertEquals(version < 4 ? three : four, keys.macLength(9, version));
      assertNull(keys.verify(sealed(keys, 9, version), HEADER, 9));
    }
  }

  /** A code must be whole or cut to 160 bits: who may choose less may guess. */
  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void shouldBeWrongWhenCodeIsCutAnywhereElse(MacAlgorithm algorithm) {
    NtpKeys keys = NtpKeys.of(List.of(key(9, algorithm)));
    ByteBuffer whole = ByteBuffer.allocate(HEADER + 200).put(packet(3, 0)).position(HEADER);
    keys.seal(9, whole, 0);
    whole.limit(whole.capacity()).position(0);
    for (int code = 4; code < 200; code++) {
      boolean good =
          code == algorithm.codeBytes() + 4 || (code == 24 && algorithm.codeBytes() > 20);
      assertEquals(
          good ? null : Rejection.BAD_AUTHENTICATION,
          keys.verify(whole.slice(0, HEADER + code), HEADER, 9));
    }
  }

  @Test
  void shouldAnswerAsAskedWhenLengthIsGiven() {
    for (int length : new int[] {24, 36}) {
      ByteBuffer packet = packet(4, 40).position(HEADER);
      KEYS.seal(6, packet, 0, length);
      assertEquals(HEADER + length, packet.position());
      assertNull(KEYS.verify(packet.flip(), HEADER, 6));
    }
    ByteBuffer packet = packet(4, 40).position(HEADER);
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(6, packet, 0, 20));
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(5, packet, 0, 24));
  }

  @Test
  void shouldWriteNothingWhenThereIsNoRoom() {
    ByteBuffer packet = packet(4, 19).position(HEADER);
    ByteBuffer before = packet(4, 19);
    assertThrows(BufferOverflowException.class, () -> KEYS.seal(5, packet, 0));
    assertEquals(HEADER, packet.position());
    assertEquals(before, packet.position(0));
  }

  @Test
  void shouldThrowWhenCallerErrs() {
    ByteBuffer packet = packet(4, 100).position(HEADER);
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(7, packet, 0));
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(5, packet, 1));
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(5, packet, -1));
    assertThrows(IllegalArgumentException.class, () -> KEYS.macLength(0, 4));
    packet.flip();
    assertThrows(IllegalArgumentException.class, () -> KEYS.verify(packet, HEADER - 1));
    assertThrows(IllegalArgumentException.class, () -> KEYS.verify(packet, HEADER + 1));
    assertThrows(IllegalArgumentException.class, () -> KEYS.verify(packet, HEADER + 1, 5));
    ByteBuffer large = ByteBuffer.allocate(4000).position(NtpCodec.MAX_LENGTH + 1);
    assertThrows(IllegalArgumentException.class, () -> KEYS.seal(5, large, 0));
  }

  @Test
  void shouldSayTheSameWhereverInItsBufferThePacketLies() {
    ByteBuffer sealed = sealed(KEYS, 6, 4);
    ByteBuffer direct = ByteBuffer.allocateDirect(120).order(ByteOrder.LITTLE_ENDIAN).position(7);
    direct.put(packet(4, 0));
    KEYS.seal(6, direct, 7);
    direct.flip().position(7);
    assertEquals(sealed, direct);
    assertNull(KEYS.verify(direct.asReadOnlyBuffer(), HEADER, 6));
    assertEquals(7, direct.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void shouldFindKeyWhenItsNumberIsAnyOf32Bits(int id) {
    NtpKeys keys = NtpKeys.of(List.of(FIVE, NtpKey.of(id, MacAlgorithm.SHA512, SIXTEEN), SIX));
    assertEquals(id, keys.find(id).id());
    assertNull(keys.verify(sealed(keys, id, 4), HEADER, id));
    assertNull(keys.find(7));
    assertEquals(3, keys.size());
  }

  @Test
  void shouldThrowWhenKeysCannotBe() {
    NtpKey again = NtpKey.of(5, MacAlgorithm.SHA256, SIXTEEN);
    assertThrows(IllegalArgumentException.class, () -> NtpKeys.of(List.of(FIVE, SIX, again)));
    assertThrows(IllegalArgumentException.class, () -> NtpKey.of(0, MacAlgorithm.SHA256, SIXTEEN));
    assertThrows(
        IllegalArgumentException.class, () -> NtpKey.of(1, MacAlgorithm.SHA256, new byte[9]));
    assertThrows(
        IllegalArgumentException.class, () -> NtpKey.of(1, MacAlgorithm.SHA256, new byte[1025]));
    assertThrows(
        IllegalArgumentException.class, () -> NtpKey.of(1, MacAlgorithm.AES128_CMAC, new byte[32]));
    assertThrows(
        IllegalArgumentException.class, () -> NtpKey.of(1, MacAlgorithm.AES256_CMAC, new byte[16]));
    List<NtpKey> many = new ArrayList<>();
    IntStream.rangeClosed(1, NtpKeys.MAX_KEYS + 1).forEach(id -> many.add(key(id, SHA)));
    assertThrows(IllegalArgumentException.class, () -> NtpKeys.of(many));
  }

  private static final MacAlgorithm SHA = MacAlgorithm.SHA256;

  @Test
  void shouldKeepSecretWhenPrinted() {
    byte[] secret = "do not print this".getBytes(StandardCharsets.US_ASCII);
    NtpKey key = NtpKey.of(-1, MacAlgorithm.SHA1, secret);
    assertEquals("NtpKey[id=4294967295, algorithm=SHA1]", key.toString());
    assertEquals("NtpKeys[[" + key + "]]", NtpKeys.of(List.of(key)).toString());
  }

  @Test
  void shouldBeEqualWhenNothingDiffers() {
    NtpKey same = NtpKey.of(5, MacAlgorithm.AES128_CMAC, SIXTEEN.clone());
    assertEquals(FIVE, same);
    assertEquals(FIVE.hashCode(), same.hashCode());
    assertNotEquals(FIVE, NtpKey.of(6, MacAlgorithm.AES128_CMAC, SIXTEEN));
    assertNotEquals(FIVE, NtpKey.of(5, MacAlgorithm.SHA256, SIXTEEN));
    assertNotEquals(FIVE, NtpKey.of(5, MacAlgorithm.AES128_CMAC, new byte[16]));
  }

  @Test
  void shouldNotChangeWhenSecretIsOverwritten() {
    byte[] secret = SIXTEEN.clone();
    NtpKeys keys = NtpKeys.of(List.of(NtpKey.of(5, MacAlgorithm.AES128_CMAC, secret)));
    Arrays.fill(secret, (byte) 0);
    assertNull(keys.verify(sealed(KEYS, 5, 4), HEADER, 5));
  }

  @Test
  void shouldMakeTheSameCodesWhenManyThreadsShareKeys() throws InterruptedException {
    ByteBuffer expected = sealed(KEYS, 5, 4);
    ByteBuffer other = sealed(KEYS, 6, 3);
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 12; i++) { // more than there are places for engines
      Thread thread = new Thread(() -> sealAndVerify(expected, other, wrong));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(wrong.isEmpty(), wrong::toString);
  }

  private static void sealAndVerify(ByteBuffer expected, ByteBuffer other, Set<String> wrong) {
    for (int i = 0; i < 2_000; i++) {
      if (!sealed(KEYS, 5, 4).equals(expected) || !sealed(KEYS, 6, 3).equals(other)) {
        wrong.add("another code");
      }
      if (KEYS.verify(expected, HEADER) != null || KEYS.verify(other, HEADER) != null) {
        wrong.add("a right code was refused");
      }
    }
  }
}
