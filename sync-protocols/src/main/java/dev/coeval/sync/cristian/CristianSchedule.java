package dev.coeval.sync.cristian;

import java.time.Duration;

/**
 * When a {@link CristianClient} asks.
 *
 * @param intervalNanos from the end of one synchronization with a server to the next, in ticks; the
 *     longest wait where a target error makes it shorter
 * @param initialIntervalNanos the same, for the first readings, so that a clock is soon good
 * @param initialReadings how many good readings of a server count as the first; not negative
 * @param attempts how often a server is asked in one synchronization before it counts as failed, 1
 *     to {@link #MAX_ATTEMPTS}. With {@code p} the probability of a round trip that is short
 *     enough, it takes {@code 1 / p} on the average, and {@code n} attempts fail with {@code (1 -
 *     p)^n}
 * @param attemptSpacingNanos from one attempt to the next, in ticks, and how long a reply is waited
 *     for; attempts far enough apart meet different delays
 */
public record CristianSchedule(
    long intervalNanos,
    long initialIntervalNanos,
    int initialReadings,
    int attempts,
    long attemptSpacingNanos) {

  /** A synchronization that has not succeeded by then needs a longer round trip allowed. */
  public static final int MAX_ATTEMPTS = 10_000;

  /** Nobody is asked more often than this: 1 ms, so that a mistake does not become a flood. */
  public static final long MIN_INTERVAL_NANOS = 1_000_000L;

  /** Drift would have made any reading useless: 36 hours, as NTP's longest poll. */
  public static final long MAX_INTERVAL_NANOS = Duration.ofHours(36).toNanos();

  /**
   * A synchronization a second, the first 32 at eight a second; five attempts, a quarter of a
   * second apart.
   */
  public static final CristianSchedule DEFAULT =
      new CristianSchedule(1_000_000_000L, 125_000_000L, 32, 5, 250_000_000L);

  /**
   * Checks the ranges that the components state.
   *
   * @param intervalNanos as above; {@link #MIN_INTERVAL_NANOS} to {@link #MAX_INTERVAL_NANOS}
   * @param initialIntervalNanos as above; in the same range
   * @param initialReadings as above
   * @param attempts as above
   * @param attemptSpacingNanos as above; in the same range
   * @throws IllegalArgumentException if one is out of its range
   */
  public CristianSchedule {
    check("intervalNanos", intervalNanos);
    check("initialIntervalNanos", initialIntervalNanos);
    check("attemptSpacingNanos", attemptSpacingNanos);
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException("attempts is out of range: " + attempts);
    }
    if (initialReadings < 0) {
      throw new IllegalArgumentException("initialReadings is negative: " + initialReadings);
    }
  }

  /**
   * With another wait between synchronizations.
   *
   * @param interval the wait
   * @return a copy
   */
  public CristianSchedule withInterval(Duration interval) {
    return new CristianSchedule(
        interval.toNanos(), initialIntervalNanos, initialReadings, attempts, attemptSpacingNanos);
  }

  /**
   * With another beginning.
   *
   * @param interval the wait between the first synchronizations
   * @param readings how many are the first
   * @return a copy
   */
  public CristianSchedule withInitial(Duration interval, int readings) {
    return new CristianSchedule(
        intervalNanos, interval.toNanos(), readings, attempts, attemptSpacingNanos);
  }

  /**
   * With other attempts.
   *
   * @param number how many in one synchronization
   * @param spacing how far apart
   * @return a copy
   */
  public CristianSchedule withAttempts(int number, Duration spacing) {
    return new CristianSchedule(
        intervalNanos, initialIntervalNanos, initialReadings, number, spacing.toNanos());
  }

  private static void check(String name, long nanos) {
    if (nanos < MIN_INTERVAL_NANOS || nanos > MAX_INTERVAL_NANOS) {
      throw new IllegalArgumentException(name + " is out of range: " + nanos);
    }
  }
}
