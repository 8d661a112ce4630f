package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of what is a field and what a code, case by case. */
final class NtpDatagramTest {

  private static final int HEADER = NtpCodec.HEADER_LENGTH;

  /** The type of a field, where its length is still to come. */
  private static final int TYPE = 0x1234_0000;

  /** A packet of a version with these 32-bit words at these places of its trailer. */
  private static ByteBuffer packet(int version, int trailer, int... placesAndWords) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + trailer);
    packet.put(0, NtpCodec.firstByte(0, version, NtpPacket.MODE_CLIENT));
    for (int i = 0; i < placesAndWords.length; i += 2) {
      packet.putInt(HEADER + placesAndWords[i], placesAndWords[i + 1]);
    }
    return packet;
  }

  private static NtpDatagram read(ByteBuffer packet) {
    Decoded<NtpDatagram> decoded = NtpDatagram.parse(packet);
    assertInstanceOf(Decoded.Value.class, decoded);
    return ((Decoded.Value<NtpDatagram>) decoded).value();
  }

  private static void assertRefused(Rejection reason, ByteBuffer packet) {
    assertEquals(Decoded.refused(reason), NtpDatagram.parse(packet));
  }

  @Test
  void shouldHaveNothingBehindTheHeaderWhenThatIsAll() {
    NtpDatagram datagram = read(packet(4, 0));
    assertFalse(datagram.hasMac());
    assertFalse(datagram.isCryptoNak());
    assertEquals(List.of(), datagram.extensions());
    assertEquals(NtpDatagram.NO_KEY, datagram.keyId());
    assertEquals(HEADER, datagram.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void shouldBeCryptoNakWhenFourZerosFollow(int version) {
    NtpDatagram datagram = read(packet(version, 4));
    assertTrue(datagram.isCryptoNak());
    assertTrue(datagram.hasMac());
    assertEquals(HEADER, datagram.authenticatedLength());
  }

  @Test
  void shouldBeRefusedWhenFourOtherOctetsFollow() {
    assertRefused(Rejection.MALFORMED, packet(4, 4, 0, 1));
    assertFalse(read(packet(3, 4, 0, 1)).isCryptoNak());
  }

  /** Whatever 20 or 24 octets say, they are a code (RFC 7822), even if they look like a field. */
  @ParameterizedTest
  @CsvSource({"20, 20", "24, 24", "20, 16", "20, 7", "24, 0"})
  void shouldBeCodeWhenTwentyOrTwentyFourOctetsAreLeft(int left, int word) {
    NtpDatagram datagram = read(packet(4, left, 0, word));
    assertEquals(left, datagram.macLength());
    assertEquals(word, datagram.keyId());
    assertEquals(HEADER, datagram.authenticatedLength());
  }

  @ParameterizedTest
  @CsvSource({"36", "52", "68"})
  void shouldBeLongCodeWhenItCannotBeFields(int left) {
    NtpDatagram datagram = read(packet(4, left, 0, 7));
    assertEquals(left, datagram.macLength());
    assertEquals(7, datagram.keyId());
  }

  /** What a sender that does not cut must avoid: a key number that looks like a field. */
  @Test
  void shouldBeFieldWhenLongCodeLooksLikeOne() {
    NtpDatagram datagram = read(packet(4, 36, 0, TYPE | 36));
    assertFalse(datagram.hasMac());
    assertEquals(36, datagram.extensions().get(0).length());
  }

  /** ntpd's key numbers have 16 bits, so none of them does. */
  @Test
  void shouldBeLongCodeWhenKeyNumberIsSmall() {
    for (int keyId = 0; keyId <= 0xFFFF; keyId++) {
      assertEquals(HEADER, NtpCodec.authenticatedLength(packet(4, 36, 0, keyId)));
    }
  }

  @Test
  void shouldBeLongCodeWhenFieldsLeadNowhere() {
    NtpDatagram datagram = read(packet(4, 36, 0, TYPE | 28));
    assertEquals(TYPE | 28, datagram.keyId(), "8 octets behind the field would be nothing");
    NtpDatagram behind = read(packet(4, 16 + 36, 0, TYPE | 16, 16, TYPE | 28));
    assertEquals(HEADER + 16, behind.authenticatedLength());
    assertEquals(TYPE | 28, behind.keyId());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12, 16, 28, 32, 40, 64, 72, 100})
  void shouldBeRefusedWhenWordsAreNeitherFieldNorCode(int left) {
    assertRefused(Rejection.MALFORMED, packet(4, left, 0, 6));
  }

  @Test
  void shouldPassFieldsOfAnyTypeWhenTheirLengthsFit() {
    NtpDatagram datagram =
        read(packet(4, 16 + 28 + 20, 0, 0x0104_0010, 16, 0xABCD_001C, 44, 0x8000_0001));
    assertEquals(
        List.of(ExtensionField.NTS_UNIQUE_IDENTIFIER, 0xABCD),
        datagram.extensions().stream().map(ExtensionField::type).toList());
    assertEquals(HEADER + 44, datagram.authenticatedLength());
    assertEquals(0x8000_0001, datagram.keyId());
  }

  /** RFC 7822: 28 octets at least, or it would be taken for a code. */
  @ParameterizedTest
  @CsvSource({"12, false", "16, false", "28, true", "32, true"})
  void shouldBeRefusedWhenLastFieldWithoutCodeIsShort(int left, boolean good) {
    assertEquals(good, NtpDatagram.parse(packet(4, left, 0, TYPE | left)) instanceof Decoded.Value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 12, 15, 17, 18, 30, 44, 0xFFFC})
  void shouldBeRefusedWhenFieldHasNoLengthOfOne(int length) {
    assertRefused(Rejection.MALFORMED, packet(4, 40, 0, TYPE | length));
  }

  @Test
  void shouldBeRefusedWhenFieldsOfOddLengthsAddUp() {
    assertRefused(Rejection.MALFORMED, packet(4, 18 + 18 + 20, 0, TYPE | 18, 18, TYPE | 18));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 20, 24, 36, 40, 52, 68})
  void shouldBeCodeWhateverItSaysWhenVersionIsThree(int left) {
    NtpDatagram datagram = read(packet(3, left, 0, left));
    assertEquals(left, datagram.macLength());
    assertEquals(List.of(), datagram.extensions());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 72, 100})
  void shouldBeRefusedWhenVersionThreeHasNoLengthOfCode(int left) {
    assertRefused(Rejection.MALFORMED, packet(3, left));
  }

  @Test
  void shouldBeRefusedWhenLengthIsOutsideItsLimits() {
    assertRefused(Rejection.TOO_SHORT, ByteBuffer.allocate(HEADER - 1));
    int left = NtpCodec.MAX_LENGTH - HEADER;
    assertEquals(NtpCodec.MAX_LENGTH, read(packet(4, left, 0, TYPE | left)).length());
    assertRefused(Rejection.TOO_LONG, packet(4, left + 4, 0, TYPE | (left + 4)));
  }

  @Test
  void shouldReadAtPositionWhenDatagramIsPartOfBuffer() {
    ByteBuffer packet = packet(4, 24, 0, 7);
    ByteBuffer part = ByteBuffer.allocate(100).position(9);
    part.put(packet.duplicate()).flip().position(9);
    assertEquals(read(packet), read(part.asReadOnlyBuffer()));
    assertEquals(9, part.position());
  }

  @Test
  void shouldBeReadAsMadeWhenFieldsKeepToTheRule() {
    NtpPacket header = NtpCodec.decode(packet(4, 0));
    List<ExtensionField> fields =
        List.of(
            ExtensionField.of(1, new byte[12]),
            ExtensionField.of(ExtensionField.NTS_COOKIE, new byte[24]));
    NtpDatagram made = NtpDatagram.of(header, fields);
    ByteBuffer bytes = ByteBuffer.allocate(made.length());
    made.encode(bytes);
    assertEquals(made, read(bytes.flip()));
    assertEquals(fields, made.extensions());
  }

  @Test
  void shouldThrowWhenFieldsBreakTheRule() {
    NtpPacket four = NtpCodec.decode(packet(4, 0));
    NtpPacket three = NtpCodec.decode(packet(3, 0));
    List<ExtensionField> tooShort = List.of(ExtensionField.of(1, new byte[12]));
    List<ExtensionField> good = List.of(ExtensionField.of(1, new byte[24]));
    List<ExtensionField> tooLong =
        List.of(ExtensionField.of(1, new byte[1996]), ExtensionField.of(1, new byte[24]));
    assertThrows(IllegalArgumentException.class, () -> NtpDatagram.of(four, tooShort));
    assertThrows(IllegalArgumentException.class, () -> NtpDatagram.of(three, good));
    assertThrows(IllegalArgumentException.class, () -> NtpDatagram.of(four, tooLong));
    assertThrows(
        BufferOverflowException.class,
        () -> NtpDatagram.of(four, good).encode(ByteBuffer.allocate(HEADER + 27)));
  }
}
