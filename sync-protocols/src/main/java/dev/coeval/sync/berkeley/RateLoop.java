package dev.coeval.sync.berkeley;

/**
 * Learns by how much the group runs faster than this node's ticks.
 *
 * <p>What a difference holds beyond what was expected has grown since the last one; divided by that
 * time it is a noisy reading of the error of the rate. A scalar Kalman filter (Kalman 1960) weighs
 * it: much while the rate is hardly known, little where readings are noisy. All clocks of a round
 * learn from differences that add up to nothing and with much the same weights, so the group keeps
 * the mean rate of its oscillators; a slow leak towards no correction takes back what was learnt
 * from rounds that only a part of the group took part in.
 */
final class RateLoop {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What the rate of an oscillator against its group is thought to be at the start: 100 ppm. */
  private static final double FIRST_ERROR = 1e-4;

  /** How the rate wanders, mostly because the others learn: 1 ppm in a second. */
  private static final double WANDER = 1e-6;

  /** Surprises beyond three deviations are outliers, and count as three. */
  private static final double LARGEST_SURPRISE = 3;

  private static final double LEAK_SECONDS = 1_000;

  /** However long rounds are: what is forgotten in one must be little beside what is learnt. */
  private static final double LARGEST_LEAK = 0.02;

  private final double limit;
  private double frequency;
  private double variance = FIRST_ERROR * FIRST_ERROR;

  RateLoop(double limit) {
    this.limit = limit;
  }

  /** The rate correction, in seconds a second. */
  double frequency() {
    return frequency;
  }

  /**
   * Learns.
   *
   * @param surpriseNanos by how much the clock is further ahead than expected
   * @param errorNanos the likely error of a difference
   * @param elapsedNanos the time since the last difference; positive
   */
  void learn(long surpriseNanos, long errorNanos, long elapsedNanos) {
    double seconds = elapsedNanos / NANOS_PER_SECOND;
    double noise = errorNanos / (double) elapsedNanos;
    variance += WANDER * WANDER * seconds;
    double expected = variance + 2 * noise * noise; // both differences are noisy
    double gain = variance / expected;
    variance *= 1 - gain;
    double most = LARGEST_SURPRISE * Math.sqrt(expected);
    double error = Math.max(-most, Math.min(most, surpriseNanos / (double) elapsedNanos));
    double leaked = frequency * (1 - Math.min(LARGEST_LEAK, seconds / LEAK_SECONDS));
    double next = leaked - gain * error;
    frequency = Math.max(-limit, Math.min(limit, next));
  }
}
