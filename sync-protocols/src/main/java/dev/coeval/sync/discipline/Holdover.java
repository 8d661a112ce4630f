package dev.coeval.sync.discipline;

import dev.coeval.time.DisciplinedClock;

/**
 * What is assumed of the local oscillator between exchanges, beyond its drift bound: what the
 * characterised bound stands on ({@link dev.coeval.time.LearnedDrift}), and for how long anything
 * stands.
 *
 * @param wander by how much the oscillator's frequency walks in a second at most, as the deviation
 *     of a random walk, in seconds a second; not negative. Where an estimator learns a larger one,
 *     that counts
 * @param confidence how likely the characterised bound shall hold at a given time; above 0, below 1
 * @param maxSilenceNanos after so long without a majority of sources nothing that was known is
 *     trusted any more, in nanoseconds; positive
 */
public record Holdover(double wander, double confidence, long maxSilenceNanos) {

  /** What chrony's simulations call a less stable clock: 10 ppb a second. */
  public static final double DEFAULT_WANDER = 1e-8;

  /** That of three standard deviations. */
  public static final double DEFAULT_CONFIDENCE = 0.9973;

  /** 10 ppb a second, three standard deviations, and NTP's longest poll: 2^17 s, 36 hours. */
  public static final Holdover DEFAULT =
      new Holdover(DEFAULT_WANDER, DEFAULT_CONFIDENCE, DisciplinedClock.MAX_AGE_NANOS);

  private static final double MAX_WANDER = 1e-3;

  /**
   * Checks the ranges that the components state.
   *
   * @param wander as above; at most 0.001
   * @param confidence as above
   * @param maxSilenceNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public Holdover {
    if (!(wander >= 0 && wander <= MAX_WANDER)) {
      throw new IllegalArgumentException("wander is out of range: " + wander);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence is out of range: " + confidence);
    }
    if (maxSilenceNanos <= 0) {
      throw new IllegalArgumentException("maxSilenceNanos is not positive: " + maxSilenceNanos);
    }
  }

  /**
   * With another oscillator.
   *
   * @param other by how much its frequency walks in a second at most
   * @return a copy
   */
  public Holdover withWander(double other) {
    return new Holdover(other, confidence, maxSilenceNanos);
  }

  /**
   * With another confidence.
   *
   * @param other how likely the characterised bound shall hold
   * @return a copy
   */
  public Holdover withConfidence(double other) {
    return new Holdover(wander, other, maxSilenceNanos);
  }

  /**
   * With more or less patience.
   *
   * @param nanos after how long a silence nothing is trusted any more
   * @return a copy
   */
  public Holdover withMaxSilenceNanos(long nanos) {
    return new Holdover(wander, confidence, nanos);
  }
}
