package dev.coeval.logical.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the parts of a binary form into a caller's buffer, whatever byte order is set on it.
 * Stateless; a buffer that is too small throws {@link java.nio.BufferOverflowException}, so encode
 * by {@code encodedLength} or restore the position.
 */
public final class StampOutput {

  private static final int GROUP_BITS = 7;
  private static final int MORE = 0x80;

  private StampOutput() {}

  /**
   * Writes the header byte.
   *
   * @param kind what follows
   * @param buffer where to write
   */
  public static void header(StampKind kind, ByteBuffer buffer) {
    buffer.put(kind.header());
  }

  /**
   * Writes eight bytes, most significant first.
   *
   * @param value what to write
   * @param buffer where to write
   */
  public static void fixed64(long value, ByteBuffer buffer) {
    buffer.putLong(buffer.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value));
  }

  /**
   * Writes four bytes, most significant first.
   *
   * @param value what to write
   * @param buffer where to write
   */
  public static void fixed32(int value, ByteBuffer buffer) {
    buffer.putInt(buffer.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value));
  }

  /**
   * Writes a number that is zero or more in its shortest form, one to nine bytes.
   *
   * @param value zero or more
   * @param buffer where to write
   * @throws IllegalArgumentException if the value is negative
   */
  public static void varint(long value, ByteBuffer buffer) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    long rest = value;
    while (rest >= MORE) {
      buffer.put((byte) (rest | MORE));
      rest >>>= GROUP_BITS;
    }
    buffer.put((byte) rest);
  }

  /**
   * How long the varint of a number is.
   *
   * @param value zero or more
   * @return its length in bytes, one to nine
   */
  public static int varintLength(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + GROUP_BITS - 1) / GROUP_BITS;
  }

  /**
   * Writes a name: the length of its UTF-8 form as a varint, then that form.
   *
   * @param name what to write; any string that is well-formed UTF-16
   * @param buffer where to write
   * @throws IllegalArgumentException if the name has a surrogate without its other half, which has
   *     no UTF-8 form; nothing is written
   */
  public static void name(String name, ByteBuffer buffer) {
    byte[] bytes = utf8(name);
    varint(bytes.length, buffer);
    buffer.put(bytes);
  }

  /**
   * The UTF-8 form of a name.
   *
   * @param name any string that is well-formed UTF-16
   * @return its bytes
   * @throws IllegalArgumentException if the name has a surrogate without its other half
   */
  public static byte[] utf8(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    // A surrogate by itself is replaced by one question mark, where its half of a pair takes two.
    if (bytes.length != utf8Length(name)) {
      throw new IllegalArgumentException("not well-formed UTF-16: " + name);
    }
    return bytes;
  }

  /**
   * How long the form of a name is.
   *
   * @param name the name; any string that is well-formed UTF-16
   * @return its length in bytes, with that of its length
   */
  public static int nameLength(String name) {
    int length = utf8Length(name);
    return varintLength(length) + length;
  }

  /** How many bytes the UTF-8 form of a well-formed string takes. */
  private static int utf8Length(String name) {
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (unit < 0x80) {
        length++;
      } else if (unit < 0x800 || Character.isSurrogate(unit)) {
        length += 2;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
