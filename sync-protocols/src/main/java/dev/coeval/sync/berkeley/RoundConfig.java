package dev.coeval.sync.berkeley;

import java.time.Duration;

/**
 * How often clocks are read, and with how many exchanges.
 *
 * @param intervalNanos from the beginning of a round to the next, in nanoseconds; 1 ms to 1 h
 * @param exchangeTimeoutNanos how long to wait for an answer before asking again, in nanoseconds;
 *     positive, at most half the interval. A later answer is still used while the round lasts
 * @param repliesWanted how many answers of a member end its part of a round; at least 1
 * @param maxPolls how often a member is asked in a round at most; from {@code repliesWanted} to
 *     {@value #MAX_POLLS}
 * @param silentRounds after so many intervals without a poll, and a random part of one more, a
 *     member holds its coordinator for dead; 2 to 100
 */
public record RoundConfig(
    long intervalNanos,
    long exchangeTimeoutNanos,
    int repliesWanted,
    int maxPolls,
    int silentRounds) {

  /** More polls a round load the network and make nothing tighter. */
  public static final int MAX_POLLS = 16;

  static final long MAX_INTERVAL_NANOS = Duration.ofHours(1).toNanos();
  static final long MIN_INTERVAL_NANOS = Duration.ofMillis(1).toNanos();
  private static final int MAX_SILENT_ROUNDS = 100;

  /**
   * Checks the ranges that the components state.
   *
   * @param intervalNanos as above
   * @param exchangeTimeoutNanos as above
   * @param repliesWanted as above
   * @param maxPolls as above
   * @param silentRounds as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public RoundConfig {
    if (intervalNanos < MIN_INTERVAL_NANOS || intervalNanos > MAX_INTERVAL_NANOS) {
      throw new IllegalArgumentException("intervalNanos is out of range: " + intervalNanos);
    }
    if (exchangeTimeoutNanos < 1 || exchangeTimeoutNanos > intervalNanos / 2) {
      throw new IllegalArgumentException(
          "exchangeTimeoutNanos is out of range: " + exchangeTimeoutNanos);
    }
    if (repliesWanted < 1 || maxPolls < repliesWanted || maxPolls > MAX_POLLS) {
      throw new IllegalArgumentException(
          "repliesWanted and maxPolls are out of range: " + repliesWanted + ", " + maxPolls);
    }
    if (silentRounds < 2 || silentRounds > MAX_SILENT_ROUNDS) {
      throw new IllegalArgumentException("silentRounds is out of range: " + silentRounds);
    }
  }

  /**
   * Five answers wanted of at most ten polls, as in 4.4BSD's timed, which a fifth of the interval,
   * at most 100 ms, separates; three silent rounds.
   *
   * @param interval from round to round
   * @return the configuration
   */
  public static RoundConfig every(Duration interval) {
    long nanos = interval.toNanos();
    long timeout = Math.min(nanos / 5, Duration.ofMillis(100).toNanos());
    return new RoundConfig(nanos, timeout, 5, 10, 3);
  }
}
