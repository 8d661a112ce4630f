package dev.coeval.sync.discipline;

/**
 * A weighted least-squares line through a window of samples, with an expectation of its slope that
 * counts as one more observation (a ridge, or a Gaussian prior).
 *
 * <p>The expectation is what tames the start: one sample gives exactly the expected slope, a few
 * noisy ones hardly move it, and a window full of samples leaves nothing of it.
 *
 * @param tickNanos where the line is anchored
 * @param offsetNanos the anchor's offset
 * @param intercept by how much the line is above the anchor's offset there, in nanoseconds
 * @param slope in nanoseconds a second
 * @param interceptVariance in square nanoseconds
 * @param covariance of intercept and slope
 * @param slopeVariance in square nanoseconds a square second
 */
record FittedLine(
    long tickNanos,
    long offsetNanos,
    double intercept,
    double slope,
    double interceptVariance,
    double covariance,
    double slopeVariance) {
  private static final double SECOND = 1e-9;
  private static final int FREE_OF_DOUBT = 3;

  /** Fits a window that is not empty. Slopes and their errors are in nanoseconds a second. */
  static FittedLine through(
      SampleWindow window, double expectedSlope, double expectedError, double maxSlope) {
    double w = 0;
    double wt = 0;
    double wy = 0;
    double wtt = 1 / (expectedError * expectedError);
    double wty = expectedSlope * wtt;
    for (int i = 0; i < window.size(); i++) {
      double weight = window.weight(i);
      double t = window.seconds(i);
      w += weight;
      wt += weight * t;
      wy += weight * window.offset(i);
      wtt += weight * t * t;
      wty += weight * t * window.offset(i);
    }
    // At least this by Cauchy and Schwarz; rounding can fall below it, down to no line at all.
    double least = w / (expectedError * expectedError);
    double determinant = Math.max(least, w * wtt - wt * wt);
    double slope = Math.max(-maxSlope, Math.min(maxSlope, (w * wty - wt * wy) / determinant));
    double intercept = (wy - slope * wt) / w;
    double scale = scatter(window, intercept, slope) / determinant;
    return new FittedLine(
        window.lastTick(),
        window.lastOffset(),
        intercept,
        slope,
        wtt * scale,
        -wt * scale,
        w * scale);
  }

  /** How much wider the samples scatter than they claim, as a factor of their variance. */
  private static double scatter(SampleWindow window, double intercept, double slope) {
    int freedom = window.size() - 2;
    if (freedom < FREE_OF_DOUBT) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i < window.size(); i++) {
      double residual = window.offset(i) - intercept - slope * window.seconds(i);
      sum += window.weight(i) * residual * residual;
    }
    return Math.max(1, sum / freedom);
  }

  /** The same line so much higher. */
  FittedLine shifted(long nanos) {
    return new FittedLine(
        tickNanos,
        offsetNanos + nanos,
        intercept,
        slope,
        interceptVariance,
        covariance,
        slopeVariance);
  }

  /** The line's offset at a tick. */
  long offsetAt(long tick) {
    return offsetNanos + Math.round(intercept + slope * (tick - tickNanos) * SECOND);
  }

  /** The standard deviation of the line's offset at a tick, in nanoseconds. */
  double errorAt(long tick) {
    double t = (tick - tickNanos) * SECOND;
    double variance = interceptVariance + 2 * t * covariance + t * t * slopeVariance;
    return Math.sqrt(Math.max(variance, 0));
  }

  double residual(SampleWindow window, int i) {
    return window.offset(i) - intercept - slope * window.seconds(i);
  }
}
