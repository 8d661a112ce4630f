package dev.coeval.sync.estimate;

/**
 * How fast a frequency walks, as the slopes of windows that do not overlap differ.
 *
 * <p><b>Idea.</b> If a frequency walks at random, by {@code w sqrt(t)} in {@code t} seconds, the
 * slopes of two lines, each through {@code L} seconds and their ends {@code D} apart, differ by a
 * variance of {@code w² (D - 0.26 L)}, beside what noise makes of each. What is left when that
 * noise is taken away tells {@code w²}; one difference tells little, so the last ten or so are
 * summed.
 *
 * <p><b>What it does to a line</b> of least squares through {@code L} seconds, in variances and
 * covariance at its end: {@code w² L³ / 110} of the offset, {@code w² L / 2.7} of the slope, {@code
 * w² L² / 19} of both. These follow from integrating a random walk, and were checked by summing
 * 4,000 of them.
 *
 * <p>Slopes are in nanoseconds a second, and so is {@code w} per root second.
 */
final class LearnedWander {
  private static final double OVERLAP = 0.263;
  private static final double OFFSET = 1 / 110.0;
  private static final double BOTH = 1 / 19.4;
  private static final double SLOPE = 1 / 2.67;

  /** How much of what was learned stays at each difference. */
  private static final double MEMORY = 0.9;

  /** The deviations beyond which changes are more than noise. */
  private static final double SURE = 3;

  private static final double SECOND = 1e-9;

  private boolean hasReference;
  private long referenceTick;
  private double referenceSlope;
  private double referenceVariance;
  private double sum;
  private double information;
  private double surprise;
  private double noiseInformation;

  /** A line through a window of so many seconds that ends at this tick. */
  void observe(long tick, double slope, double variance, double span) {
    if (hasReference) {
      double between = (tick - referenceTick) * SECOND;
      if (between < span) {
        return;
      }
      double change = slope - referenceSlope;
      learn(change * change, variance + referenceVariance, between - OVERLAP * span);
    }
    hasReference = true;
    referenceTick = tick;
    referenceSlope = slope;
    referenceVariance = variance;
  }

  /** Weighs a squared change by how well it could tell wander from its noise. */
  private void learn(double change, double noise, double walked) {
    double expected = noise + square() * walked;
    double weight = 1 / (expected * expected);
    sum = MEMORY * sum + weight * walked * (change - noise);
    information = MEMORY * information + weight * walked * walked;
    double bare = walked / noise;
    surprise = MEMORY * surprise + (change / noise - 1) * bare;
    noiseInformation = MEMORY * noiseInformation + bare * bare;
  }

  /** The slopes from now on have nothing to do with those before. */
  void interrupt() {
    hasReference = false;
  }

  /** {@code w²}; 0 while nothing but noise is seen. */
  double square() {
    boolean isSeen = surprise > SURE * Math.sqrt(2 * noiseInformation);
    return isSeen ? Math.max(sum / information, 0) : 0;
  }

  double offsetVariance(double span) {
    return square() * span * span * span * OFFSET;
  }

  double covariance(double span) {
    return square() * span * span * BOTH;
  }

  double slopeVariance(double span) {
    return square() * span * SLOPE;
  }
}
