package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class HybridTimestampCodecProperties {

  private static final byte HEADER = 0x11;

  private static byte[] encode(HybridTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(HybridTimestampCodec.encodedLength(stamp));
    HybridTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    HybridTimestamp stamp = HybridTimestamp.of(1_795_345_663_120L, 42);
    assertEquals("1101a202f0c490002a", HexFormat.of().formatHex(encode(stamp)));
    assertEquals("110000000000000000", HexFormat.of().formatHex(encode(HybridTimestamp.MIN)));
    assertEquals("117fffffffffffffff", HexFormat.of().formatHex(encode(HybridTimestamp.MAX)));
  }

  @Property
  void shouldReadWhatItWroteWhenStampsAreArbitrary(@ForAll @LongRange(min = 0) long packed) {
    HybridTimestamp stamp = HybridTimestamp.ofPacked(packed);
    ByteBuffer bytes = ByteBuffer.wrap(encode(stamp));
    assertEquals(stamp, HybridTimestampCodec.decode(bytes));
    assertEquals(0, bytes.remaining());
    assertEquals(stamp, HybridTimestamp.parse(stamp.toString()));
  }

  @Property
  void shouldSortAsStampsWhenBytesTextsOrPackedNumbersAreCompared(
      @ForAll @LongRange(min = 0) long first, @ForAll @LongRange(min = 0) long second) {
    HybridTimestamp a = HybridTimestamp.ofPacked(first);
    HybridTimestamp b = HybridTimestamp.ofPacked(second);
    int order = a.compareTo(b);
    assertEquals(order, Integer.signum(Arrays.compareUnsigned(encode(a), encode(b))));
    assertEquals(order, Integer.signum(a.toString().compareTo(b.toString())));
    assertEquals(order, Long.compare(a.packed(), b.packed()));
    assertEquals(order, Integer.signum(Long.compareUnsigned(a.packed(), b.packed())));
  }

  @Property
  void shouldGiveAStampOrTheReasonWhenBytesAreArbitrary(
      @ForAll @Size(max = 12) byte[] bytes, @ForAll boolean ofThisKind) {
    if (ofThisKind && bytes.length > 0) {
      bytes[0] = HEADER;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    try {
      HybridTimestamp stamp = HybridTimestampCodec.decode(buffer);
      assertEquals(HybridTimestampCodec.ENCODED_LENGTH, buffer.position());
      assertArrayEquals(Arrays.copyOf(bytes, HybridTimestampCodec.ENCODED_LENGTH), encode(stamp));
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
      assertEquals(expected(bytes), malformed.reason());
    }
  }

  /** Why these bytes are no stamp; null if they are one. */
  private static Reason expected(byte[] bytes) {
    if (bytes.length > 0 && bytes[0] != HEADER) {
      return (bytes[0] ^ HEADER) >>> 3 == 0 ? Reason.UNKNOWN_VERSION : Reason.WRONG_KIND;
    }
    if (bytes.length < HybridTimestampCodec.ENCODED_LENGTH) {
      return Reason.TRUNCATED;
    }
    return bytes[1] < 0 ? Reason.OUT_OF_RANGE : null;
  }

  @Property
  void shouldIgnoreTheBuffersByteOrderWhenItIsLittleEndian(
      @ForAll @LongRange(min = 0) long packed) {
    HybridTimestamp stamp = HybridTimestamp.ofPacked(packed);
    ByteBuffer little = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN).position(1);
    HybridTimestampCodec.encode(stamp, little);
    assertArrayEquals(encode(stamp), Arrays.copyOfRange(little.array(), 1, 10));
    assertEquals(stamp, HybridTimestampCodec.decode(little.position(1)));
    assertEquals(ByteOrder.LITTLE_ENDIAN, little.order());
  }

  @Example
  void shouldThrowWhenThereIsNoRoomToWrite() {
    ByteBuffer small = ByteBuffer.allocate(8);
    assertThrows(
        BufferOverflowException.class,
        () -> HybridTimestampCodec.encode(HybridTimestamp.MAX, small));
    assertEquals(0, small.position());
    assertEquals(0, small.get(0), "nothing written");
  }
}
