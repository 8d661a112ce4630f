package dev.coeval.time;

import java.time.Instant;
import java.util.Optional;

/**
 * An interval that holds the true time: {@code earliest <= truth <= latest}.
 *
 * <p>The form of time that Marzullo and Owicki (1983) reason with and that Spanner's TrueTime
 * (Corbett et al., OSDI 2012) serves. Two such intervals order two events only when they do not
 * meet; {@link #isBefore(BoundedInstant)} is then a strict partial order that agrees with real
 * time. It is therefore not {@code Comparable}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param earliestEpochNanos the truth is not before this, in nanoseconds since the Unix epoch;
 *     {@link Long#MIN_VALUE} means no bound
 * @param latestEpochNanos the truth is not after this, in nanoseconds since the Unix epoch; {@link
 *     Long#MAX_VALUE} means no bound
 */
public record BoundedInstant(long earliestEpochNanos, long latestEpochNanos) {

  /** The interval that holds every time: what an unsynchronized clock knows. */
  public static final BoundedInstant UNBOUNDED = new BoundedInstant(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * Checks the ranges that the components state.
   *
   * @param earliestEpochNanos as above
   * @param latestEpochNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public BoundedInstant {
    if (earliestEpochNanos > latestEpochNanos) {
      throw new IllegalArgumentException(
          "earliest " + earliestEpochNanos + " is after latest " + latestEpochNanos);
    }
  }

  /**
   * The interval between two instants.
   *
   * @param earliest the truth is not before this
   * @param latest the truth is not after this
   * @return the interval
   * @throws IllegalArgumentException if {@code earliest} is after {@code latest}
   * @throws ArithmeticException if one is outside the years 1677 to 2262
   */
  public static BoundedInstant of(Instant earliest, Instant latest) {
    return new BoundedInstant(EpochNanos.of(earliest), EpochNanos.of(latest));
  }

  /**
   * The interval of all times within an error of a point, held at the ends of the range.
   *
   * @param epochNanos the middle, in nanoseconds since the Unix epoch
   * @param errorNanos the half width in nanoseconds; not negative
   * @return the interval
   * @throws IllegalArgumentException if {@code errorNanos} is negative
   */
  public static BoundedInstant around(long epochNanos, long errorNanos) {
    if (errorNanos < 0) {
      throw new IllegalArgumentException("errorNanos is negative: " + errorNanos);
    }
    return new BoundedInstant(
        EpochNanos.subtractSaturated(epochNanos, errorNanos),
        EpochNanos.addSaturated(epochNanos, errorNanos));
  }

  /**
   * The early end.
   *
   * @return the truth is not before this
   */
  public Instant earliest() {
    return EpochNanos.toInstant(earliestEpochNanos);
  }

  /**
   * The late end.
   *
   * @return the truth is not after this
   */
  public Instant latest() {
    return EpochNanos.toInstant(latestEpochNanos);
  }

  /**
   * The middle of the interval, rounded towards earliest.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long midpointEpochNanos() {
    return (earliestEpochNanos & latestEpochNanos) + ((earliestEpochNanos ^ latestEpochNanos) >> 1);
  }

  /**
   * How far a point can be from the truth, given this interval: its distance from the further end.
   *
   * @param epochNanos the point, in nanoseconds since the Unix epoch
   * @return nanoseconds, at least 0; {@link Long#MAX_VALUE} where there is no bound
   */
  public long errorNanosOf(long epochNanos) {
    if (!isBounded()) {
      return Long.MAX_VALUE;
    }
    return Math.max(
        EpochNanos.subtractSaturated(latestEpochNanos, epochNanos),
        EpochNanos.subtractSaturated(epochNanos, earliestEpochNanos));
  }

  /**
   * The width, latest minus earliest.
   *
   * @return nanoseconds, at least 0; {@link Long#MAX_VALUE} where there is no bound
   */
  public long widthNanos() {
    return EpochNanos.subtractSaturated(latestEpochNanos, earliestEpochNanos);
  }

  /**
   * Whether both ends are known.
   *
   * @return false for an interval that is open at an end
   */
  public boolean isBounded() {
    return earliestEpochNanos != Long.MIN_VALUE && latestEpochNanos != Long.MAX_VALUE;
  }

  /**
   * Whether a time lies within the interval, its ends included.
   *
   * @param epochNanos nanoseconds since the Unix epoch
   * @return true if it may be the truth
   */
  public boolean contains(long epochNanos) {
    return earliestEpochNanos <= epochNanos && epochNanos <= latestEpochNanos;
  }

  /**
   * Whether every time of this interval is before every time of the other: then the event stamped
   * with this one really came first.
   *
   * @param other the other interval
   * @return true if latest is before the other's earliest
   */
  public boolean isBefore(BoundedInstant other) {
    return latestEpochNanos < other.earliestEpochNanos;
  }

  /**
   * What both intervals allow.
   *
   * @param other the other interval, of the same moment
   * @return the common part, or empty if there is none: then at least one of the two is false
   */
  public Optional<BoundedInstant> intersection(BoundedInstant other) {
    long low = Math.max(earliestEpochNanos, other.earliestEpochNanos);
    long high = Math.min(latestEpochNanos, other.latestEpochNanos);
    return low <= high ? Optional.of(new BoundedInstant(low, high)) : Optional.empty();
  }

  /**
   * ISO 8601, as {@code [earliest, latest]}.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "[" + earliest() + ", " + latest() + "]";
  }
}
