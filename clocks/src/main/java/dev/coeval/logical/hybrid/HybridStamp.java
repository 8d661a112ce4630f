package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.time.Instant;

/**
 * What the stamps of all hybrid clocks have in common: a physical time, a counter, and a total
 * order by the two.
 *
 * <p>The order is consistent with {@code equals}. A clock never gives the same stamp twice, but two
 * nodes can; where stamps must be unique, compare the node id after them. Immutable and
 * thread-safe.
 *
 * @param <T> the stamp itself
 */
public sealed interface HybridStamp<T extends HybridStamp<T>> extends Comparable<T>
    permits HybridTimestamp, HybridNanoTimestamp {

  /**
   * The physical part as a point in time: the first instant that a clock reads as this time.
   *
   * @return the instant
   */
  Instant toInstant();

  /**
   * The last instant that a clock still reads as the physical part: the end of the stamp's unit of
   * time. A clock whose physical time is past it gives greater stamps only, whatever the counter,
   * so this is what a commit has to wait for.
   *
   * @return one nanosecond before the next unit of time
   */
  Instant lastInstant();

  /**
   * The logical part.
   *
   * @return the counter, zero or more
   */
  int counter();

  /**
   * Whether this stamp is smaller than another.
   *
   * @param other the other stamp
   * @return true if it is before the other in the order of stamps
   */
  default boolean isBefore(T other) {
    return compareTo(other) < 0;
  }

  /**
   * Whether this stamp is greater than another.
   *
   * @param other the other stamp
   * @return true if it is after the other in the order of stamps
   */
  default boolean isAfter(T other) {
    return compareTo(other) > 0;
  }

  /**
   * Whether the event of this stamp really came first, message or no message between them.
   *
   * <p>It says so only if it must be: let every wall clock be within the uncertainty of the true
   * time. A stamp's time is at least the wall clock of its node, and at most the largest wall clock
   * known there; so the true time of an event lies within the uncertainty of its stamp, and the
   * answer is yes when two such intervals do not meet. This is a strict partial order. (A counter
   * that has spilled into the next unit of time counts as uncertainty.)
   *
   * @param other the stamp of the other event
   * @param uncertainty how far any node's physical time can be from the true time; not negative
   * @return true if the event of this stamp was before the other in true time; false says nothing
   * @throws IllegalArgumentException if the uncertainty is negative
   */
  default boolean isDefinitelyBefore(T other, Duration uncertainty) {
    if (uncertainty.isNegative()) {
      throw new IllegalArgumentException("uncertainty is negative: " + uncertainty);
    }
    Duration apart = Duration.between(lastInstant(), other.toInstant());
    return apart.compareTo(uncertainty) > 0 && apart.minus(uncertainty).compareTo(uncertainty) > 0;
  }

  /**
   * How far the true time can be from this stamp's time, for a node that takes the stamp for the
   * time: one that it gave itself, or one borrowed from another node and ahead of its own clock.
   *
   * <p>With {@code now} a node's own reading, {@code e} its error and {@code last} the stamp's
   * time, the true time is not before {@code now - e}; so the error of a stamp that is ahead is
   * {@code last - (now - e)}, which is more than {@code e}. To keep {@code e} itself would be to
   * claim the other node's accuracy. The interval comes from a bounded source in one reading:
   *
   * <pre>{@code
   * BoundedInstant now = source.now();
   * long error = stamp.errorNanos(now.earliestEpochNanos(), now.latestEpochNanos());
   * }</pre>
   *
   * @param earliestEpochNanos {@code now - e}: the true time is not before this, in nanoseconds
   *     since the Unix epoch; {@link Long#MIN_VALUE} means no bound
   * @param latestEpochNanos {@code now + e}: the true time is not after this; {@link
   *     Long#MAX_VALUE} means no bound
   * @return the error in nanoseconds when the interval was read; {@link Long#MAX_VALUE} where there
   *     is no bound or it is larger than that
   * @throws IllegalArgumentException if the interval ends before it begins
   */
  default long errorNanos(long earliestEpochNanos, long latestEpochNanos) {
    if (earliestEpochNanos > latestEpochNanos) {
      throw new IllegalArgumentException(
          "earliest " + earliestEpochNanos + " is after latest " + latestEpochNanos);
    }
    if (earliestEpochNanos == Long.MIN_VALUE || latestEpochNanos == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    try {
      long point = HybridNanoTimestamp.epochNanosOf(toInstant());
      return Math.max(
          Math.subtractExact(point, earliestEpochNanos),
          Math.subtractExact(latestEpochNanos, point));
    } catch (ArithmeticException beyondLong) {
      return Long.MAX_VALUE;
    }
  }
}
