package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import java.time.Instant;

/**
 * A physical time in nanoseconds and a counter: what {@link HybridTimestamp} is, for those who have
 * a clock good enough to tell more than milliseconds, and 96 bits to spend.
 *
 * <p>It holds every {@link HybridTimestamp} before the year 2262, and every stamp of CockroachDB
 * and YugabyteDB, without loss. With a counter of 31 bits no clock will ever see one full.
 *
 * <p>The order of stamps, of their encoded bytes and of their texts is the same. Immutable and
 * thread-safe.
 */
public final class HybridNanoTimestamp implements HybridStamp<HybridNanoTimestamp> {

  /** The largest time of a stamp, in nanoseconds since the Unix epoch: a day in the year 2262. */
  public static final long MAX_EPOCH_NANOS = Long.MAX_VALUE;

  /** The largest counter of a stamp. */
  public static final int MAX_COUNTER = Integer.MAX_VALUE;

  /** The smallest stamp, which no clock ever gives to an event. */
  public static final HybridNanoTimestamp MIN = new HybridNanoTimestamp(0, 0);

  /** The largest stamp. */
  public static final HybridNanoTimestamp MAX =
      new HybridNanoTimestamp(MAX_EPOCH_NANOS, MAX_COUNTER);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final long epochNanos;
  private final int counter;

  private HybridNanoTimestamp(long epochNanos, int counter) {
    this.epochNanos = epochNanos;
    this.counter = counter;
  }

  /**
   * The stamp of a time and a counter.
   *
   * @param epochNanos nanoseconds since the Unix epoch, zero or more
   * @param counter zero or more
   * @return the stamp
   * @throws IllegalArgumentException if either is negative
   */
  public static HybridNanoTimestamp of(long epochNanos, int counter) {
    if (epochNanos < 0) {
      throw new IllegalArgumentException("time is negative: " + epochNanos + " ns");
    }
    if (counter < 0) {
      throw new IllegalArgumentException("counter is negative: " + counter);
    }
    return new HybridNanoTimestamp(epochNanos, counter);
  }

  /**
   * The same stamp as one of milliseconds: exact, and in the same order.
   *
   * @param stamp a stamp of milliseconds
   * @return the first nanosecond of its millisecond, with its counter
   * @throws ArithmeticException if the time is after the year 2262
   */
  public static HybridNanoTimestamp of(HybridTimestamp stamp) {
    return new HybridNanoTimestamp(
        Math.multiplyExact(stamp.epochMillis(), NANOS_PER_MILLI), stamp.counter());
  }

  /**
   * The stamp that {@link #toString()} wrote.
   *
   * @param text such as {@code 2026-11-22T11:07:43.120000001Z#0000000042}; no other spelling is
   *     accepted
   * @return the stamp
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static HybridNanoTimestamp parse(CharSequence text) {
    return HybridText.NANOS.read(text, (time, counter) -> of(epochNanosOf(time), counter));
  }

  /** Nanoseconds since the Unix epoch of an instant that is not before it. */
  static long epochNanosOf(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  /** The next stamp there is. */
  HybridNanoTimestamp next() {
    if (counter < MAX_COUNTER) {
      return new HybridNanoTimestamp(epochNanos, counter + 1);
    }
    if (epochNanos < MAX_EPOCH_NANOS) {
      return new HybridNanoTimestamp(epochNanos + 1, 0);
    }
    throw new ArithmeticException("the clock is at the largest stamp");
  }

  /**
   * The physical part.
   *
   * @return nanoseconds since the Unix epoch, zero or more
   */
  public long epochNanos() {
    return epochNanos;
  }

  @Override
  public int counter() {
    return counter;
  }

  @Override
  public Instant toInstant() {
    return Instant.ofEpochSecond(epochNanos / NANOS_PER_SECOND, epochNanos % NANOS_PER_SECOND);
  }

  /**
   * The nanosecond that is the physical part.
   *
   * @return the same as {@link #toInstant()}
   */
  @Override
  public Instant lastInstant() {
    return toInstant();
  }

  /**
   * The smallest stamp of milliseconds that is not before this one. It is this very stamp if it
   * came from one of milliseconds; otherwise what it says below the millisecond is lost, so that
   * several stamps become the same, but none comes to be before one that it was after.
   *
   * @return this stamp if its time is a whole millisecond and its counter at most {@link
   *     HybridTimestamp#MAX_COUNTER}; otherwise the next millisecond, with counter 0
   */
  public HybridTimestamp ceilingMillis() {
    long millis = epochNanos / NANOS_PER_MILLI;
    return epochNanos % NANOS_PER_MILLI == 0 && counter <= HybridTimestamp.MAX_COUNTER
        ? HybridTimestamp.of(millis, counter)
        : HybridTimestamp.of(millis + 1, 0);
  }

  /**
   * Compares by time, then by counter.
   *
   * @param other the stamp to compare with
   * @return negative, zero or positive as this stamp is before, equal to or after the other
   */
  @Override
  public int compareTo(HybridNanoTimestamp other) {
    int byTime = Long.compare(epochNanos, other.epochNanos);
    return byTime != 0 ? byTime : Integer.compare(counter, other.counter);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HybridNanoTimestamp that
        && epochNanos == that.epochNanos
        && counter == that.counter;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epochNanos) * 31 + counter;
  }

  /**
   * The stamp as text of fixed width, which sorts as the stamps do.
   *
   * @return the time in ISO 8601 with nine digits of a second, {@code #}, and the counter in ten
   *     digits, such as {@code 2026-11-22T11:07:43.120000001Z#0000000042}
   */
  @Override
  public String toString() {
    return HybridText.NANOS.write(this);
  }
}
