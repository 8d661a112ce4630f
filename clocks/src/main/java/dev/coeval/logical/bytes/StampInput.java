package dev.coeval.logical.bytes;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Reads the parts of a binary form, whatever the bytes are and whatever byte order is set on the
 * buffer: each call gives a value or throws {@link StampFormatException}. Stateless.
 */
public final class StampInput {

  private static final int GROUP_BITS = 7;
  private static final int GROUP = 0x7F;
  private static final int LAST_SHIFT = 56;

  private StampInput() {}

  /**
   * Runs a decoder so that the buffer's position is moved past the form if it gives a value, and
   * left alone if it throws.
   *
   * @param <T> what is read
   * @param buffer where to read
   * @param decoder reads at the position
   * @return what the decoder gave
   * @throws StampFormatException if the decoder throws it; the position is then restored, as it is
   *     for whatever else the decoder throws
   */
  public static <T> T whole(ByteBuffer buffer, Function<ByteBuffer, T> decoder) {
    int start = buffer.position();
    try {
      return decoder.apply(buffer);
    } catch (RuntimeException malformed) {
      buffer.position(start);
      throw malformed;
    }
  }

  /**
   * Reads the header byte.
   *
   * @param kind what is expected
   * @param buffer where to read
   */
  public static void header(StampKind kind, ByteBuffer buffer) {
    require(1, buffer);
    byte header = buffer.get();
    if (header == kind.header()) {
      return;
    }
    if (kind.isKindOf(header)) {
      throw new StampFormatException(
          Reason.UNKNOWN_VERSION, "a version of " + kind + " that is not known: " + header);
    }
    throw new StampFormatException(Reason.WRONG_KIND, "not the header of " + kind + ": " + header);
  }

  /**
   * Reads eight bytes, most significant first.
   *
   * @param buffer where to read
   * @return the number, of either sign
   */
  public static long fixed64(ByteBuffer buffer) {
    require(Long.BYTES, buffer);
    long value = buffer.getLong();
    return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  /**
   * Reads four bytes, most significant first.
   *
   * @param buffer where to read
   * @return the number, of either sign
   */
  public static int fixed32(ByteBuffer buffer) {
    require(Integer.BYTES, buffer);
    int value = buffer.getInt();
    return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }

  /**
   * Reads a varint in its shortest form.
   *
   * @param buffer where to read
   * @return the number, zero or more
   */
  public static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; shift <= LAST_SHIFT; shift += GROUP_BITS) {
      require(1, buffer);
      byte group = buffer.get();
      value |= (long) (group & GROUP) << shift;
      if (group >= 0) {
        if (group == 0 && shift > 0) {
          throw new StampFormatException(Reason.NOT_CANONICAL, "a varint with a leading zero");
        }
        return value;
      }
    }
    throw new StampFormatException(Reason.OUT_OF_RANGE, "a varint above 2^63 - 1");
  }

  /**
   * Reads a varint that counts things of which each takes at least some bytes of what follows.
   *
   * @param most the largest count allowed
   * @param bytesEach the fewest bytes that one of them takes, one or more
   * @param buffer where to read
   * @return the count: never more than the bytes that remain can hold
   */
  public static int count(int most, int bytesEach, ByteBuffer buffer) {
    long count = varint(buffer);
    if (count > most) {
      throw new StampFormatException(
          Reason.TOO_LARGE, count + " where at most " + most + " may be");
    }
    require((int) Math.min(Integer.MAX_VALUE, count * bytesEach), buffer);
    return (int) count;
  }

  /**
   * Reads a name.
   *
   * @param mostBytes how long its UTF-8 form may be
   * @param buffer where to read
   * @return the name, not empty
   */
  public static String name(int mostBytes, ByteBuffer buffer) {
    int length = count(mostBytes, 1, buffer);
    String name = utf8(buffer.slice(buffer.position(), length));
    buffer.position(buffer.position() + length);
    return name;
  }

  /**
   * Reads all that remains as a name.
   *
   * @param bytes the UTF-8 form of the name, from position to limit
   * @return the name, not empty
   */
  public static String utf8(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "an empty name");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "a name that is not UTF-8");
    }
  }

  /**
   * Throws unless bytes remain.
   *
   * @param bytes how many
   * @param buffer where to read
   */
  public static void require(int bytes, ByteBuffer buffer) {
    if (buffer.remaining() < bytes) {
      throw new StampFormatException(
          Reason.TRUNCATED, bytes + " bytes wanted, " + buffer.remaining() + " there");
    }
  }
}
