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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class HybridNanoTimestampCodecProperties {

  private static final byte HEADER = 0x19;

  private static byte[] encode(HybridNanoTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(HybridNanoTimestampCodec.encodedLength(stamp));
    HybridNanoTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  /** Stamps that often share their time. */
  @Provide
  Arbitrary<HybridNanoTimestamp> stamps() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.longs().greaterOrEqual(0), Arbitraries.longs().between(0, 3)),
            Arbitraries.integers().greaterOrEqual(0))
        .as(HybridNanoTimestamp::of);
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    HybridNanoTimestamp stamp = HybridNanoTimestamp.of(1_795_345_663_120_000_001L, 42);
    assertEquals("1918ea595e534e44010000002a", HexFormat.of().formatHex(encode(stamp)));
    assertEquals("19" + "00".repeat(12), HexFormat.of().formatHex(encode(HybridNanoTimestamp.MIN)));
    assertEquals(
        "197fffffffffffffff7fffffff", HexFormat.of().formatHex(encode(HybridNanoTimestamp.MAX)));
  }

  @Property
  void shouldReadWhatItWroteWhenStampsAreArbitrary(@ForAll("stamps") HybridNanoTimestamp stamp) {
    ByteBuffer bytes = ByteBuffer.wrap(encode(stamp));
    assertEquals(stamp, HybridNanoTimestampCodec.decode(bytes));
    assertEquals(0, bytes.remaining());
    assertEquals(stamp, HybridNanoTimestamp.parse(stamp.toString()));
  }

  @Property
  void shouldSortAsStampsWhenBytesOrTextsAreCompared(
      @ForAll("stamps") HybridNanoTimestamp a, @ForAll("stamps") HybridNanoTimestamp b) {
    int order = a.compareTo(b);
    assertEquals(order, Integer.signum(Arrays.compareUnsigned(encode(a), encode(b))));
    assertEquals(order, Integer.signum(a.toString().compareTo(b.toString())));
    assertEquals(order < 0, a.isBefore(b));
    assertEquals(order > 0, a.isAfter(b));
  }

  @Property
  void shouldGiveAStampOrTheReasonWhenBytesAreArbitrary(
      @ForAll @Size(max = 16) byte[] bytes, @ForAll boolean ofThisKind) {
    if (ofThisKind && bytes.length > 0) {
      bytes[0] = HEADER;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    try {
      HybridNanoTimestamp stamp = HybridNanoTimestampCodec.decode(buffer);
      assertEquals(HybridNanoTimestampCodec.ENCODED_LENGTH, buffer.position());
      assertArrayEquals(Arrays.copyOf(bytes, 13), encode(stamp));
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
    if (bytes.length < HybridNanoTimestampCodec.ENCODED_LENGTH) {
      return Reason.TRUNCATED;
    }
    return bytes[1] < 0 || bytes[9] < 0 ? Reason.OUT_OF_RANGE : null;
  }

  @Property
  void shouldIgnoreTheBuffersByteOrderWhenItIsLittleEndian(
      @ForAll("stamps") HybridNanoTimestamp stamp) {
    ByteBuffer little = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN).position(1);
    HybridNanoTimestampCodec.encode(stamp, little);
    assertArrayEquals(encode(stamp), Arrays.copyOfRange(little.array(), 1, 14));
    assertEquals(stamp, HybridNanoTimestampCodec.decode(little.position(1)));
  }

  @Example
  void shouldThrowWhenThereIsNoRoomToWrite() {
    ByteBuffer small = ByteBuffer.allocate(12);
    assertThrows(
        BufferOverflowException.class,
        () -> HybridNanoTimestampCodec.encode(HybridNanoTimestamp.MAX, small));
    assertEquals(0, small.position());
  }
}
