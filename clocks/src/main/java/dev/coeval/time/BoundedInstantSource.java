package dev.coeval.time;

import java.time.Instant;
import java.time.InstantSource;

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
   * Whether a time has certainly passed.
   *
   * @param instant the time asked about
   * @return true if it is before the earliest possible time now
   * @throws NotSynchronizedException if the source knows no bound
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  default boolean isPast(Instant instant) {
    return now().earliestEpochNanos() > EpochNanos.of(instant);
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
    return now().latestEpochNanos() < EpochNanos.of(instant);
  }
}
