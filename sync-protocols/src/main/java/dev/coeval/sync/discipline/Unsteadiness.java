package dev.coeval.sync.discipline;

/**
 * How far samples are from where the line before them was to be, beyond what noise explains: what
 * the oscillator did meanwhile, as a variance.
 *
 * <p>A line through noise knows its own error only if the oscillator is steady. What it says too
 * little is seen at the next sample: the square of the difference, less the variances of line and
 * sample, is what the oscillator added. Quick samples tell it best, so each weighs by the inverse
 * square of what it could hide.
 */
final class Unsteadiness {
  private static final double KEPT = 31.0 / 32;

  /** One standard deviation of the mean of squares of noise, over its mean. */
  private static final double CHANCE = Math.sqrt(2 * (1 - KEPT) / (1 + KEPT));

  private double weighted;
  private double expected;
  private double weights;

  /** Takes in a difference, and the variance that was expected of it. */
  void add(double offNanos, double expectedVariance) {
    double scale = expectedVariance + variance();
    double weight = 1 / Math.max(scale * scale, 1);
    expected = KEPT * expected + weight * expectedVariance;
    weighted = KEPT * weighted + weight * (offNanos * offNanos - expectedVariance);
    weights = KEPT * weights + weight;
  }

  /** In square nanoseconds, at least 0: what is above chance. */
  double variance() {
    return weights > 0 ? Math.max((weighted - CHANCE * expected) / weights, 0) : 0;
  }

  void clear() {
    weighted = 0;
    expected = 0;
    weights = 0;
  }
}
