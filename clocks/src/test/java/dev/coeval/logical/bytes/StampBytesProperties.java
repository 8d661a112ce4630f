package dev.coeval.logical.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What is written is read back, and whatever is read would be written so. */
final class StampBytesProperties {

  private static final int ROOM = 4_096;

  private static byte[] written(ByteOrder order, BiConsumer<ByteBuffer, Integer> write) {
    ByteBuffer buffer = ByteBuffer.allocate(ROOM).order(order).position(1);
    write.accept(buffer, 0);
    assertEquals(order, buffer.order());
    return Arrays.copyOfRange(buffer.array(), 1, buffer.position());
  }

  private static byte[] varint(long value) {
    return written(ByteOrder.BIG_ENDIAN, (buffer, i) -> StampOutput.varint(value, buffer));
  }

  /** Decodes at an offset; the position is past what was read, or where it was. */
  private static <T> T read(byte[] bytes, Function<ByteBuffer, T> decoder) {
    ByteBuffer written = ByteBuffer.allocate(bytes.length + 1).put((byte) 0x55).put(bytes);
    ByteBuffer buffer = written.asReadOnlyBuffer().position(1);
    try {
      return StampInput.whole(buffer, decoder);
    } catch (StampFormatException malformed) {
      assertEquals(1, buffer.position());
      throw malformed;
    }
  }

  /** The oracle: seven bits at a time, of a number without a width. */
  private static byte[] groups(long value) {
    BigInteger rest = BigInteger.valueOf(value);
    byte[] bytes = new byte[Math.max(1, (rest.bitLength() + 6) / 7)];
    for (int i = 0; i < bytes.length; i++) {
      int group = rest.mod(BigInteger.valueOf(128)).intValue();
      bytes[i] = (byte) (i == bytes.length - 1 ? group : group + 128);
      rest = rest.divide(BigInteger.valueOf(128));
    }
    return bytes;
  }

  @Property
  void shouldWriteSevenBitsAByteWhenNumberIsAny(
      @ForAll @LongRange(min = 0) long wide, @ForAll @IntRange(max = 62) int shift) {
    long value = wide >>> shift;
    assertArrayEquals(groups(value), varint(value));
    assertEquals(groups(value).length, StampOutput.varintLength(value));
    assertEquals(value, read(varint(value), StampInput::varint));
  }

  @Property
  void shouldBeTheOnlyFormWhenVarintIsAccepted(@ForAll @Size(max = 11) byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      long value = StampInput.whole(buffer, StampInput::varint);
      assertTrue(value >= 0);
      assertArrayEquals(Arrays.copyOf(bytes, buffer.position()), varint(value));
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
    }
  }

  @Property
  void shouldIgnoreTheBuffersOrderWhenWritingFixed(@ForAll long wide, @ForAll int narrow) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] eight = written(order, (buffer, i) -> StampOutput.fixed64(wide, buffer));
      byte[] four = written(order, (buffer, i) -> StampOutput.fixed32(narrow, buffer));
      assertArrayEquals(ByteBuffer.allocate(8).putLong(wide).array(), eight);
      assertArrayEquals(ByteBuffer.allocate(4).putInt(narrow).array(), four);
      assertEquals(wide, StampInput.fixed64(ByteBuffer.wrap(eight).order(ByteOrder.BIG_ENDIAN)));
      assertEquals(
          Long.reverseBytes(wide), ByteBuffer.wrap(eight).order(ByteOrder.LITTLE_ENDIAN).getLong());
      assertEquals(wide, StampInput.fixed64(ByteBuffer.wrap(eight).order(order)));
      assertEquals(narrow, StampInput.fixed32(ByteBuffer.wrap(four).order(order)));
    }
  }

  @Property
  void shouldReadTheNameItWroteWhenNameIsAny(
      @ForAll @StringLength(min = 1, max = 200) String name) {
    boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (wellFormed) {
      byte[] bytes = written(ByteOrder.BIG_ENDIAN, (buffer, i) -> StampOutput.name(name, buffer));
      assertEquals(StampOutput.nameLength(name), bytes.length);
      assertEquals(name, read(bytes, buffer -> StampInput.name(800, buffer)));
    }
  }

  @Property
  void shouldBeTheOnlyFormWhenNameIsAccepted(@ForAll @Size(max = 12) byte[] tail) {
    byte[] bytes = new byte[tail.length + 1];
    bytes[0] = (byte) tail.length;
    System.arraycopy(tail, 0, bytes, 1, tail.length);
    try {
      String name = read(bytes, buffer -> StampInput.name(255, buffer));
      assertArrayEquals(
          bytes, written(ByteOrder.BIG_ENDIAN, (buffer, i) -> StampOutput.name(name, buffer)));
    } catch (StampFormatException malformed) {
      assertTrue(
          tail.length == 0 || !new String(tail, StandardCharsets.UTF_8).equals(strictly(tail)));
    }
  }

  /** What the bytes say, if they are UTF-8; the oracle re-encodes instead of judging. */
  private static String strictly(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8) ? text : "";
  }

  @Property
  void shouldNeverPromiseMoreThanIsThereWhenCountIsAny(
      @ForAll @Size(max = 12) byte[] bytes,
      @ForAll @IntRange(max = 1_000) int most,
      @ForAll @IntRange(min = 1, max = 9) int bytesEach) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      int count = StampInput.whole(buffer, from -> StampInput.count(most, bytesEach, from));
      assertTrue(count >= 0 && count <= most && count * bytesEach <= buffer.remaining());
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
    }
  }
}
