package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import java.time.Instant;

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
 * <p>Immutable and thread-safe.
 *
 * <p>Source: Kulkarni et al., OPODIS 2014, section 6 (the 48+16-bit representation).
 */
public final class HybridTimestamp implements HybridStamp<HybridTimestamp> {

  /** The largest time of a stamp, in milliseconds since the Unix epoch: a day in the year 6429. */
  public static final long MAX_EPOCH_MILLIS = (1L << 47) - 1;

  /** The largest counter of a stamp. */
  public static final int MAX_COUNTER = (1 << 16) - 1;

  /** The smallest stamp, which no clock ever gives to an event. */
  public static final HybridTimestamp MIN = new HybridTimestamp(0);

  /** The largest stamp. */
  public static final HybridTimestamp MAX = new HybridTimestamp(Long.MAX_VALUE);

  private static final int COUNTER_BITS = 16;

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
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static HybridTimestamp parse(CharSequence text) {
    return HybridText.MILLIS.read(text, (time, counter) -> of(time.toEpochMilli(), counter));
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
  @Override
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

  @Override
  public Instant toInstant() {
    return Instant.ofEpochMilli(epochMillis());
  }

  /**
   * The last nanosecond of the millisecond that is the physical part.
   *
   * @return the instant a nanosecond before {@link #epochMillis()} + 1
   */
  @Override
  public Instant lastInstant() {
    return Instant.ofEpochMilli(epochMillis() + 1).minusNanos(1);
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
    return HybridText.MILLIS.write(this);
  }
}
