package dev.coeval.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongBinaryOperator;

/**
 * A source of time that knows its error.
 *
 * <p>As it is an {@link InstantSource}, {@code source.withZone(zone)} gives a {@link
 * java.time.Clock} for every library that takes one. {@link #instant()} is a point, good for people
 * and logs; for decisions take {@link #now()}.
 *
 * <p>Implementations are thread-safe.
 */
public interface BoundedInstantSource extends InstantSource {

  /**
   * The interval that holds the true time now.
   *
   * @return earliest and latest
   * @throws NotSynchronizedException if the source knows no bound
   */
  BoundedInstant now();

  /**
   * The early end of the interval, as a {@code long}: no allocation.
   *
   * @return the true time is not before this, in nanoseconds since the Unix epoch
   * @throws NotSynchronizedException if the source knows no bound
   */
  default long earliestEpochNanos() {
    return now().earliestEpochNanos();
  }

  /**
   * The late end of the interval, as a {@code long}: no allocation.
   *
   * @return the true time is not after this, in nanoseconds since the Unix epoch
   * @throws NotSynchronizedException if the source knows no bound
   */
  default long latestEpochNanos() {
    return now().latestEpochNanos();
  }

  /**
   * Both ends of one interval, made a number without an object in between: {@code (earliest,
   * latest) -> latest - earliest} gives its width.
   *
   * @param of is given earliest and latest, in nanoseconds since the Unix epoch
   * @return what it makes of them
   * @throws NotSynchronizedException if the source knows no bound
   */
  default long read(LongBinaryOperator of) {
    BoundedInstant now = now();
    return of.applyAsLong(now.earliestEpochNanos(), now.latestEpochNanos());
  }

  /**
   * How likely the interval holds the true time, if what it stands on is so.
   *
   * @return 1 for a guaranteed interval; less for a characterised one ({@link
   *     DisciplinedClock#characterised()})
   */
  default double confidence() {
    return 1;
  }

  /**
   * The best single reading, as a {@code long}: no allocation.
   *
   * @return nanoseconds since the Unix epoch
   */
  long epochNanos();

  /**
   * The best single reading.
   *
   * @return the same as {@link #epochNanos()}, as an instant
   */
  @Override
  default Instant instant() {
    return EpochNanos.toInstant(epochNanos());
  }

  /**
   * How far {@link #epochNanos()} can be from the true time: the half width of the interval, or
   * more where the point is not its middle. Two points are read around the interval, so that what
   * passes meanwhile can only make the answer larger.
   *
   * @return nanoseconds, at least 0
   * @throws NotSynchronizedException if the source knows no bound
   */
  default long errorNanos() {
    long before = epochNanos();
    BoundedInstant bounds = now();
    return Math.max(bounds.errorNanosOf(before), bounds.errorNanosOf(epochNanos()));
  }

  /**
   * The late end of the interval as a source of its own, never before the true time: the physical
   * time of a hybrid clock whose stamps are to agree with a {@link CommitWait}. Reading it throws
   * {@link NotSynchronizedException} while no bound is known.
   *
   * @return a source that reads this one
   */
  default InstantSource latestSource() {
    return () -> now().latest();
  }

  /**
   * Whether a time has certainly passed.
   *
   * @param instant the time asked about
   * @return true if it is before the earliest possible time now
   * @throws NotSynchronizedException if the source knows no bound
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  default boolean isPast(Instant instant) {
    return earliestEpochNanos() > EpochNanos.of(instant);
  }

  /**
   * Whether a time has certainly not come yet.
   *
   * @param instant the time asked about
   * @return true if it is after the latest possible time now
   * @throws NotSynchronizedException if the source knows no bound
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  default boolean isFuture(Instant instant) {
    return latestEpochNanos() < EpochNanos.of(instant);
  }
}
