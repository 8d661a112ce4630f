package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

final class IntervalTreeCodecProperties {

  private static byte[] encode(IntervalTreeStamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(IntervalTreeStampCodec.encodedLength(stamp));
    IntervalTreeStampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static byte[] encode(IntervalTreeMessage message) {
    ByteBuffer buffer = ByteBuffer.allocate(IntervalTreeMessageCodec.encodedLength(message));
    IntervalTreeMessageCodec.encode(message, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static void assertForm(String hex, String text) {
    IntervalTreeStamp stamp = IntervalTreeStamp.parse(text);
    assertEquals(hex, HexFormat.of().formatHex(encode(stamp)), text);
    assertEquals(stamp, IntervalTreeStampCodec.decode(ByteBuffer.wrap(encode(stamp))));
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    assertForm("5120", "(1, 0)");
    assertForm("512c", "(1, 3)");
    assertForm("5130", "(1, 4)");
    assertForm("513fffffffffffffff0000000000000003", "(1, 9223372036854775807)");
    assertForm("5161a280", "((0,(1,0)), (1,2,0))");
    assertForm("51e11d032c3fffc22e80", "(((1,0),(0,1)), (5,(0,1,0),(2,0,70000)))");
    assertEquals(
        "5970a320", HexFormat.of().formatHex(encode(IntervalTreeMessage.parse("(1,2,(0,1,0))"))));
  }

  @Property
  void shouldReadWhatItWroteWhenTreesAreRandom(@ForAll long seed) {
    IntervalTreeStamp stamp = RandomTrees.stamp(seed);
    byte[] bytes = encode(stamp);
    ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 3));
    assertEquals(stamp, IntervalTreeStampCodec.decode(longer));
    assertEquals(bytes.length, longer.position(), "prefix-free");
    byte[] message = encode(stamp.peek());
    assertEquals(stamp.peek(), IntervalTreeMessageCodec.decode(ByteBuffer.wrap(message)));
  }

  @Property
  void shouldBeTruncatedWhenAnyBytesAreMissing(@ForAll long seed) {
    byte[] bytes = encode(RandomTrees.stamp(seed));
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Reason.TRUNCATED, Arrays.copyOf(bytes, length));
    }
  }

  private static void assertRefused(Reason reason, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    StampFormatException refused =
        assertThrows(
            StampFormatException.class,
            () -> IntervalTreeStampCodec.decode(buffer),
            () -> HexFormat.of().formatHex(bytes));
    assertEquals(reason, refused.reason());
    assertEquals(0, buffer.position());
  }

  @Property(tries = 3_000)
  void shouldGiveTheSameBytesOrRefuseWhenBytesAreArbitrary(
      @ForAll boolean message, @ForAll @Size(max = 24) byte[] bytes) {
    byte[] withHeader = bytes.clone();
    if (bytes.length > 0) {
      withHeader[0] = (byte) (message ? 0x59 : 0x51);
    }
    assertTotal(withHeader, message);
    assertTotal(bytes, message);
  }

  @Property(tries = 2_000)
  void shouldGiveTheSameBytesOrRefuseWhenBytesAreBent(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = encode(RandomTrees.stamp(seed));
    for (int bend = random.nextInt(3); bend >= 0; bend--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    assertTotal(bytes, false);
  }

  private static void assertTotal(byte[] bytes, boolean message) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    try {
      byte[] again =
          message
              ? encode(IntervalTreeMessageCodec.decode(buffer))
              : encode(IntervalTreeStampCodec.decode(buffer));
      assertArrayEquals(Arrays.copyOf(bytes, buffer.position()), again);
    } catch (StampFormatException refused) {
      assertEquals(0, buffer.position());
    }
  }

  /** Bits as text, after the header of a stamp. */
  private static byte[] stampOf(String bits) {
    String whole = bits.replace(" ", "");
    byte[] bytes = new byte[1 + (whole.length() + 7) / 8];
    bytes[0] = 0x51;
    for (int i = 0; i < whole.length(); i++) {
      if (whole.charAt(i) == '1') {
        bytes[1 + i / 8] |= (byte) (0x80 >>> i % 8);
      }
    }
    return bytes;
  }

  @Example
  void shouldRefuseWhenNotInNormalForm() {
    assertTrue(IntervalTreeStampCodec.decode(ByteBuffer.wrap(stampOf("00 1 000"))).id() == Id.ALL);
    assertRefused(Reason.NOT_CANONICAL, stampOf("11 00 00 1 000"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 1 000 01"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 00 1 000"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 01 1 000"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 10 1 000 0 00 1 001"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 10 0 00 1 001 1 000"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 10 1 001 1 010"));
    assertRefused(Reason.NOT_CANONICAL, stampOf("00 0 11 11 000 1 000"));
  }

  @Example
  void shouldRefuseWhenNumbersAreTooLarge() {
    assertRefused(Reason.OUT_OF_RANGE, stampOf("00 1" + "1".repeat(62) + "0".repeat(80)));
    String largest = "1".repeat(61) + "0" + "0".repeat(61);
    String max =
        IntervalTreeStampCodec.decode(ByteBuffer.wrap(stampOf("00 1" + largest + "11"))).toString();
    assertEquals("(1, " + Long.MAX_VALUE + ")", max);
    String tooLarge = "1".repeat(61) + "0" + "0".repeat(60) + "100";
    assertRefused(Reason.OUT_OF_RANGE, stampOf("00 1" + tooLarge));
    assertRefused(Reason.OUT_OF_RANGE, stampOf("00 0 11 00 000 1 " + largest + "11"));
    assertRefused(Reason.OUT_OF_RANGE, stampOf("00 0 11 00 " + largest + "11 1 000"));
  }

  @Example
  void shouldRefuseWhenTreesAreTooDeep() {
    int deep = IntervalTreeStamp.MAX_DEPTH;
    String deepest = "01".repeat(deep) + "00" + "000".repeat(deep) + "1001";
    IntervalTreeStamp stamp = IntervalTreeStampCodec.decode(ByteBuffer.wrap(stampOf(deepest)));
    assertArrayEquals(stampOf(deepest), encode(stamp));
    assertRefused(Reason.TOO_LARGE, stampOf("01".repeat(deep + 1) + "00 1000"));
    assertRefused(Reason.TOO_LARGE, stampOf("00" + "000".repeat(deep + 1) + "1001"));
    assertRefused(Reason.TOO_LARGE, stampOf("00" + "000".repeat(100_000)));
  }

  @Example
  void shouldTellKindsAndVersionsApart() {
    byte[] stamp = encode(IntervalTreeStamp.seed());
    assertThrows(
        StampFormatException.class, () -> IntervalTreeMessageCodec.decode(ByteBuffer.wrap(stamp)));
    assertRefused(Reason.WRONG_KIND, encode(IntervalTreeMessage.empty()));
    stamp[0]++;
    assertRefused(Reason.UNKNOWN_VERSION, stamp);
  }

  @Example
  void shouldIgnoreTheBuffersByteOrderWhenItIsLittleEndian() {
    IntervalTreeStamp stamp = RandomTrees.stamp(7);
    ByteBuffer little = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN).position(1);
    IntervalTreeStampCodec.encode(stamp, little);
    byte[] bytes = encode(stamp);
    assertArrayEquals(bytes, Arrays.copyOfRange(little.array(), 1, 1 + bytes.length));
    assertEquals(stamp, IntervalTreeStampCodec.decode(little.flip().position(1)));
    assertFalse(little.hasRemaining());
  }

  @Example
  void shouldThrowAndNotMoveWhenThereIsNoRoomToWrite() {
    IntervalTreeStamp stamp = RandomTrees.stamp(7);
    ByteBuffer small = ByteBuffer.allocate(encode(stamp).length - 1);
    assertThrows(BufferOverflowException.class, () -> IntervalTreeStampCodec.encode(stamp, small));
    assertEquals(0, small.position());
    assertThrows(
        BufferOverflowException.class,
        () -> IntervalTreeMessageCodec.encode(stamp.peek(), ByteBuffer.allocate(1)));
  }
}
