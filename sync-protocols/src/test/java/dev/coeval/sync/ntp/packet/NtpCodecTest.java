package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NtpCodecTest {

  /** A reply laid out by hand after RFC 5905 figure 8. */
  private static final String REPLY =
      "24 02 06 e7" // LI 0, version 4, mode 4; stratum 2; poll 64 s; precision 2^-25 s
          + "00 00 01 9a" // root delay 410 / 65536 s
          + "00 00 00 36" // root dispersion 54 / 65536 s
          + "c0 00 02 01" // from 192.0.2.1
          + "ed 00 00 00 80 00 00 00" // reference
          + "01 23 45 67 89 ab cd ef" // origin
          + "ed 00 00 10 40 00 00 00" // receive
          + "ed 00 00 10 40 01 00 00"; // transmit

  private static final NtpPacket PACKET =
      new NtpPacket(
          new NtpPacket.Kind(0, 4, 4),
          new NtpPacket.Quality(2, 6, -25, 410, 54),
          new NtpPacket.Reference(0xC000_0201, 0xED00_0000_8000_0000L),
          new NtpPacket.Stamps(
              0x0123_4567_89AB_CDEFL, 0xED00_0010_4000_0000L, 0xED00_0010_4001_0000L));

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void shouldReadEveryFieldWhenBytesAreAsInTheRfc() {
    assertEquals(PACKET, NtpCodec.decode(ByteBuffer.wrap(bytes(REPLY))));
  }

  @Test
  void shouldWriteEveryFieldWhenPacketIsEncoded() {
    ByteBuffer buffer = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    NtpCodec.encode(PACKET, buffer);
    assertEquals(NtpCodec.HEADER_LENGTH, buffer.position());
    assertArrayEquals(bytes(REPLY), buffer.array());
  }

  @Test
  void shouldUseNetworkOrderWhenBufferIsLittleEndian() {
    ByteBuffer buffer = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN).position(2);
    NtpCodec.encode(PACKET, buffer);
    assertEquals(PACKET, NtpCodec.decode(buffer.position(2)));
    assertEquals(PACKET, NtpCodec.decode(buffer.duplicate().position(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 47})
  void shouldBeTooShortWhenHeaderIsCut(int length) {
    assertEquals(Rejection.TOO_SHORT, NtpCodec.check(ByteBuffer.allocate(length)));
    assertThrows(
        IllegalArgumentException.class, () -> NtpCodec.decode(ByteBuffer.allocate(length)));
    assertThrows(
        BufferOverflowException.class, () -> NtpCodec.encode(PACKET, ByteBuffer.allocate(length)));
  }

  /** A crypto-NAK, a code of MD5, of SHA-1 and of SHA-512, each behind a key identifier. */
  @ParameterizedTest
  @ValueSource(ints = {4, 20, 24, 68})
  void shouldPassOverCodeWhenItHasItsLength(int length) {
    assertNull(NtpCodec.check(ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + length)));
  }

  @Test
  void shouldPassOverExtensionFieldsWhenTheyAreWellFormed() {
    ByteBuffer packet = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 16 + 28 + 20);
    packet.put(0, NtpCodec.firstByte(0, 4, 3));
    packet.put(NtpCodec.HEADER_LENGTH, (byte) 1).put(NtpCodec.HEADER_LENGTH + 16, (byte) 1);
    packet.putShort(NtpCodec.HEADER_LENGTH + 2, (short) 16);
    packet.putShort(NtpCodec.HEADER_LENGTH + 18, (short) 28);
    assertNull(NtpCodec.check(packet));
  }

  @Test
  void shouldBeMalformedWhenTrailerIsNeitherFieldsNorCode() {
    assertEquals(
        Rejection.MALFORMED, NtpCodec.check(ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 3)));
    assertEquals(
        Rejection.MALFORMED, NtpCodec.check(ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 72)));
    ByteBuffer longerThanItself = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 72);
    longerThanItself.putShort(NtpCodec.HEADER_LENGTH + 2, (short) 76);
    assertEquals(Rejection.MALFORMED, NtpCodec.check(longerThanItself));
  }

  @Test
  void shouldBeTooLongWhenAboveItsLimit() {
    assertEquals(Rejection.TOO_LONG, NtpCodec.check(ByteBuffer.allocate(NtpCodec.MAX_LENGTH + 4)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1B, 0x23, 0xE3, 0x24})
  void shouldBeNtpWhenFirstByteHasVersion(int firstByte) {
    assertTrue(NtpCodec.isNtp(firstByte));
  }

  @ParameterizedTest
  @ValueSource(ints = {'B', 'C', 0, 0xC3})
  void shouldNotBeNtpWhenVersionBitsAreZero(int firstByte) {
    assertFalse(NtpCodec.isNtp(firstByte));
  }

  @Test
  void shouldReadCodesWhenReferenceIsText() {
    assertEquals("RATE", new NtpPacket.Reference(0x52415445, 0).text());
    assertEquals("GPS", new NtpPacket.Reference(NtpPacket.Reference.idOf("GPS"), 0).text());
    assertEquals("", new NtpPacket.Reference(0xC000_0201, 0).text());
    assertEquals("", new NtpPacket.Reference(0, 0).text());
    assertThrows(IllegalArgumentException.class, () -> NtpPacket.Reference.idOf("LOCAL"));
    assertThrows(IllegalArgumentException.class, () -> NtpPacket.Reference.idOf(""));
    assertThrows(IllegalArgumentException.class, () -> NtpPacket.Reference.idOf("a b"));
  }

  @Test
  void shouldThrowWhenFieldDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Kind(4, 4, 4));
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Kind(0, 8, 4));
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Kind(0, 4, -1));
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Quality(256, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Quality(0, 128, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new NtpPacket.Quality(0, 0, -129, 0, 0));
  }
}
