package dev.coeval.logical.hybrid;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A physical time in milliseconds and a counter, in one {@code long}.
 *
 * <pre>
 *   bit 63   62 ........................... 16   15 ............ 0
 *   +------+-----------------------------------+------------------+
 *   |  0   |  milliseconds since 1970-01-01 UTC |     counter      |
 *   +------+-----------------------------------+------------------+
 * </pre>
 *
 * The time field is 48 bits wide, and its top bit is always zero: 47 bits last until the year 6429.
 * So {@link #packed()} is never negative, and comparing stamps, comparing packed values as signed
 * or as unsigned numbers, comparing their eight bytes in network order, and comparing their texts
 * all give the same order.
 *
 * <p>The order is total and consistent with {@code equals}. A clock never gives the same stamp
 * twice, but two nodes can; where stamps must be unique, compare the node id after them.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Source: Kulkarni et al., OPODIS 2014, section 6 (the 48+16-bit representation).
 */
public final class HybridTimestamp implements Comparable<HybridTimestamp> {

  /** The largest time of a stamp, in milliseconds since the Unix epoch: a day in the year 6429. */
  public static final long MAX_EPOCH_MILLIS = (1L << 47) - 1;

  /** The largest counter of a stamp. */
  public static final int MAX_COUNTER = (1 << 16) - 1;

  /** The smallest stamp, which no clock ever gives to an event. */
  public static final HybridTimestamp MIN = new HybridTimestamp(0);

  /** The largest stamp. */
  public static final HybridTimestamp MAX = new HybridTimestamp(Long.MAX_VALUE);

  private static final int COUNTER_BITS = 16;
  private static final char SEPARATOR = '#';
  private static final int COUNTER_DIGITS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final long packed;

  private HybridTimestamp(long packed) {
    this.packed = packed;
  }

  /**
   * The stamp of a time and a counter.
   *
   * @param epochMillis milliseconds since the Unix epoch, 0 to {@link #MAX_EPOCH_MILLIS}
   * @param counter 0 to {@link #MAX_COUNTER}
   * @return the stamp
   * @throws IllegalArgumentException if either is outside its range
   */
  public static HybridTimestamp of(long epochMillis, int counter) {
    if (epochMillis < 0 || epochMillis > MAX_EPOCH_MILLIS) {
      throw new IllegalArgumentException(
          "time is not in 0.." + MAX_EPOCH_MILLIS + " ms: " + epochMillis);
    }
    if (counter < 0 || counter > MAX_COUNTER) {
      throw new IllegalArgumentException("counter is not in 0.." + MAX_COUNTER + ": " + counter);
    }
    return new HybridTimestamp(pack(epochMillis, counter));
  }

  /**
   * The stamp of a packed value.
   *
   * @param packed what {@link #packed()} gave
   * @return the stamp
   * @throws IllegalArgumentException if the value is negative
   */
  public static HybridTimestamp ofPacked(long packed) {
    if (packed < 0) {
      throw new IllegalArgumentException("packed stamp is negative: " + packed);
    }
    return new HybridTimestamp(packed);
  }

  /**
   * The stamp that {@link #toString()} wrote.
   *
   * @param text such as {@code 2026-11-22T11:07:43.120Z#00042}; no other spelling is accepted
   * @return the stamp
   * @throws DateTimeParseException if the text is not exactly what {@code toString} gives
   */
  public static HybridTimestamp parse(CharSequence text) {
    String given = text.toString();
    int mark = given.indexOf(SEPARATOR);
    if (mark < 0 || given.length() - mark - 1 != COUNTER_DIGITS) {
      throw new DateTimeParseException("a hybrid timestamp ends in #nnnnn", given, given.length());
    }
    try {
      long millis = Instant.from(TIME.parse(given.substring(0, mark))).toEpochMilli();
      HybridTimestamp stamp = of(millis, Integer.parseInt(given.substring(mark + 1)));
      if (stamp.toString().equals(given)) {
        return stamp;
      }
    } catch (IllegalArgumentException outOfRange) {
      throw new DateTimeParseException("not a hybrid timestamp", given, 0, outOfRange);
    }
    throw new DateTimeParseException("not how a hybrid timestamp is written", given, 0);
  }

  static long pack(long epochMillis, int counter) {
    return epochMillis << COUNTER_BITS | counter;
  }

  /**
   * The physical part.
   *
   * @return milliseconds since the Unix epoch, 0 to {@link #MAX_EPOCH_MILLIS}
   */
  public long epochMillis() {
    return packed >>> COUNTER_BITS;
  }

  /**
   * The logical part.
   *
   * @return the counter, 0 to {@link #MAX_COUNTER}
   */
  public int counter() {
    return (int) (packed & MAX_COUNTER);
  }

  /**
   * Both parts in one number, which orders as the stamps do.
   *
   * @return the time in the upper 48 bits, the counter in the lower 16; never negative
   */
  public long packed() {
    return packed;
  }

  /**
   * The physical part as a point in time.
   *
   * @return the instant of {@link #epochMillis()}
   */
  public Instant toInstant() {
    return Instant.ofEpochMilli(epochMillis());
  }

  /**
   * Whether this stamp is smaller than another.
   *
   * @param other the other stamp
   * @return true if it is before the other in the order of stamps
   */
  public boolean isBefore(HybridTimestamp other) {
    return packed < other.packed;
  }

  /**
   * Whether this stamp is greater than another.
   *
   * @param other the other stamp
   * @return true if it is after the other in the order of stamps
   */
  public boolean isAfter(HybridTimestamp other) {
    return packed > other.packed;
  }

  /**
   * Compares by time, then by counter.
   *
   * @param other the stamp to compare with
   * @return negative, zero or positive as this stamp is before, equal to or after the other
   */
  @Override
  public int compareTo(HybridTimestamp other) {
    return Long.compare(packed, other.packed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HybridTimestamp that && packed == that.packed;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(packed);
  }

  /**
   * The stamp as text of fixed width, which sorts as the stamps do.
   *
   * @return the time in ISO 8601 with three digits of a second, {@code #}, and the counter in five
   *     digits, such as {@code 2026-11-22T11:07:43.120Z#00042}
   */
  @Override
  public String toString() {
    return TIME.format(toInstant())
        + SEPARATOR
        + String.format(Locale.ROOT, "%0" + COUNTER_DIGITS + "d", counter());
  }
}
