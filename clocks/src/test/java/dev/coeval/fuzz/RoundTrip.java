package dev.coeval.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.coeval.logical.StampFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What holds of every decoder, whatever it is given. */
final class RoundTrip {

  private RoundTrip() {}

  /** A value that is written as the very bytes it was read from; or a refusal that read nothing. */
  static <T> void of(
      byte[] data,
      Function<ByteBuffer, T> decode,
      ToIntFunction<T> length,
      BiConsumer<T, ByteBuffer> encode) {
    ByteBuffer given = ByteBuffer.wrap(data);
    T value;
    try {
      value = decode.apply(given);
    } catch (StampFormatException refused) {
      assertEquals(0, given.position(), "a refusal reads nothing");
      return;
    }
    byte[] accepted = Arrays.copyOf(data, given.position());
    byte[] written = bytes(value, length, encode);
    assertArrayEquals(accepted, written);
    assertEquals(value, decode.apply(ByteBuffer.wrap(written)));
  }

  /** The bytes of a value, exactly as many as announced. */
  static <T> byte[] bytes(T value, ToIntFunction<T> length, BiConsumer<T, ByteBuffer> encode) {
    ByteBuffer buffer = ByteBuffer.allocate(length.applyAsInt(value));
    encode.accept(value, buffer);
    assertFalse(buffer.hasRemaining(), "shorter than announced");
    return buffer.array();
  }

  /** A value whose text is the very text it was read from; or a refusal. */
  static <T> void ofText(byte[] data, Function<String, T> parse) {
    String text = new String(data, StandardCharsets.UTF_8);
    T value;
    try {
      value = parse.apply(text);
    } catch (StampFormatException refused) {
      return;
    }
    assertEquals(text, value.toString());
    assertEquals(value, parse.apply(value.toString()));
  }

  /** The text of a value. */
  static byte[] text(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
