package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class HybridTimestampCodecProperties {

  private static byte[] encode(HybridTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(HybridTimestampCodec.ENCODED_LENGTH);
    HybridTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    HybridTimestamp stamp = HybridTimestamp.of(1_795_345_663_120L, 42);
    assertEquals("01a202f0c490002a", HexFormat.of().formatHex(encode(stamp)));
    assertEquals("0000000000000000", HexFormat.of().formatHex(encode(HybridTimestamp.MIN)));
    assertEquals("7fffffffffffffff", HexFormat.of().formatHex(encode(HybridTimestamp.MAX)));
  }

  @Property
  void shouldReadWhatItWroteWhenStampsAreArbitrary(@ForAll @LongRange(min = 0) long packed) {
    HybridTimestamp stamp = HybridTimestamp.ofPacked(packed);
    ByteBuffer bytes = ByteBuffer.wrap(encode(stamp));
    assertEquals(Optional.of(stamp), HybridTimestampCodec.decode(bytes));
    assertEquals(0, bytes.remaining());
    assertEquals(stamp, HybridTimestamp.parse(stamp.toString()));
  }

  @Property
  void shouldSortAsStampsWhenComparedByteByByte(
      @ForAll @LongRange(min = 0) long first, @ForAll @LongRange(min = 0) long second) {
    byte[] a = encode(HybridTimestamp.ofPacked(first));
    byte[] b = encode(HybridTimestamp.ofPacked(second));
    assertEquals(Long.compare(first, second), Integer.signum(Arrays.compareUnsigned(a, b)));
  }

  @Property
  void shouldGiveAStampOrNothingWhenBytesAreArbitrary(@ForAll @Size(max = 12) byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    Optional<HybridTimestamp> decoded = HybridTimestampCodec.decode(buffer);
    assertEquals(bytes.length >= Long.BYTES && bytes[0] >= 0, decoded.isPresent());
    assertEquals(decoded.isPresent() ? Long.BYTES : 0, buffer.position());
    decoded.ifPresent(stamp -> assertArrayEquals(Arrays.copyOf(bytes, Long.BYTES), encode(stamp)));
  }

  @Property
  void shouldIgnoreTheBuffersByteOrderWhenItIsLittleEndian(
      @ForAll @LongRange(min = 0) long packed) {
    HybridTimestamp stamp = HybridTimestamp.ofPacked(packed);
    ByteBuffer little = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).position(1);
    HybridTimestampCodec.encode(stamp, little);
    assertArrayEquals(encode(stamp), Arrays.copyOfRange(little.array(), 1, 9));
    assertEquals(Optional.of(stamp), HybridTimestampCodec.decode(little.position(1)));
    assertEquals(ByteOrder.LITTLE_ENDIAN, little.order());
  }

  @Example
  void shouldThrowWhenThereIsNoRoomToWrite() {
    ByteBuffer small = ByteBuffer.allocate(7);
    assertThrows(
        BufferOverflowException.class,
        () -> HybridTimestampCodec.encode(HybridTimestamp.MAX, small));
    assertTrue(small.position() == 0);
  }
}
