package dev.coeval.logical.id;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A universally unique lexicographically sortable identifier: 48 bits of time and 80 others.
 *
 * <p>Ordered as an unsigned number, which is also the order of its sixteen bytes and of its text.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Source: the ULID specification, github.com/ulid/spec; D. Crockford, "Base 32".
 *
 * @param mostSignificantBits the time in milliseconds in the upper 48, then 16 others
 * @param leastSignificantBits the other 64
 */
public record Ulid(long mostSignificantBits, long leastSignificantBits)
    implements Comparable<Ulid> {

  /** The length of the binary form. */
  public static final int ENCODED_LENGTH = 2 * Long.BYTES;

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TEXT_LENGTH = 26;
  private static final int DIGIT_BITS = 5;
  private static final int DIGIT = (1 << DIGIT_BITS) - 1;
  private static final int TIME_SHIFT = 16;

  /**
   * The time in the id.
   *
   * @return milliseconds since the Unix epoch, 0 to {@code 2^48 - 1}
   */
  public long epochMillis() {
    return mostSignificantBits >>> TIME_SHIFT;
  }

  /**
   * Compares as unsigned numbers.
   *
   * @param other the id to compare with
   * @return negative, zero or positive as this id is before, equal to or after the other
   */
  @Override
  public int compareTo(Ulid other) {
    int byHigh = Long.compareUnsigned(mostSignificantBits, other.mostSignificantBits);
    return byHigh != 0
        ? byHigh
        : Long.compareUnsigned(leastSignificantBits, other.leastSignificantBits);
  }

  /**
   * The id as text.
   *
   * @return 26 digits of Crockford's base 32, in capitals, which sort as the ids do
   */
  @Override
  public String toString() {
    char[] text = new char[TEXT_LENGTH];
    long high = mostSignificantBits;
    long low = leastSignificantBits;
    for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) low & DIGIT);
      low = low >>> DIGIT_BITS | high << (Long.SIZE - DIGIT_BITS);
      high >>>= DIGIT_BITS;
    }
    return new String(text);
  }

  /**
   * The id that {@link #toString()} wrote. Other spellings that Crockford allows people, such as
   * small letters, are not accepted: convert them first.
   *
   * @param text 26 digits, the first 7 at most
   * @return the id
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static Ulid parse(CharSequence text) {
    if (text.length() != TEXT_LENGTH || text.charAt(0) > '7') {
      throw new StampFormatException(Reason.NOT_A_STAMP, "a ULID is 26 digits, the first up to 7");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < TEXT_LENGTH; i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new StampFormatException(Reason.NOT_A_STAMP, "not a digit of a ULID, at " + i);
      }
      high = high << DIGIT_BITS | low >>> (Long.SIZE - DIGIT_BITS);
      low = low << DIGIT_BITS | digit;
    }
    return new Ulid(high, low);
  }

  /**
   * The same 128 bits as a UUID, for a column of that type. It is of no version.
   *
   * @return the bits
   */
  public UUID toUuid() {
    return new UUID(mostSignificantBits, leastSignificantBits);
  }

  /**
   * The id with the bits of a UUID.
   *
   * @param bits what {@link #toUuid} gave
   * @return the id
   */
  public static Ulid ofUuid(UUID bits) {
    return new Ulid(bits.getMostSignificantBits(), bits.getLeastSignificantBits());
  }

  /**
   * Writes the sixteen bytes, most significant first, whatever the buffer's byte order.
   *
   * @param buffer where to write
   * @throws java.nio.BufferOverflowException if fewer than sixteen bytes remain; nothing is written
   */
  public void encode(ByteBuffer buffer) {
    if (buffer.remaining() < ENCODED_LENGTH) {
      throw new BufferOverflowException();
    }
    boolean big = buffer.order() == ByteOrder.BIG_ENDIAN;
    buffer.putLong(big ? mostSignificantBits : Long.reverseBytes(mostSignificantBits));
    buffer.putLong(big ? leastSignificantBits : Long.reverseBytes(leastSignificantBits));
  }

  /**
   * Reads sixteen bytes; every sixteen bytes are an id.
   *
   * @param buffer where to read
   * @return the id
   * @throws StampFormatException if fewer than sixteen bytes remain; the position is then unmoved
   */
  public static Ulid decode(ByteBuffer buffer) {
    if (buffer.remaining() < ENCODED_LENGTH) {
      throw new StampFormatException(Reason.TRUNCATED, "a ULID is sixteen bytes");
    }
    boolean big = buffer.order() == ByteOrder.BIG_ENDIAN;
    long high = buffer.getLong();
    long low = buffer.getLong();
    return big ? new Ulid(high, low) : new Ulid(Long.reverseBytes(high), Long.reverseBytes(low));
  }
}
