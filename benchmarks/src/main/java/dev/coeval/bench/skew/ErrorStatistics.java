package dev.coeval.bench.skew;

import org.HdrHistogram.Histogram;

/** Errors of clocks, pooled: about zero, as an error's mean counts as error too. */
final class ErrorStatistics {
  private static final int DIGITS = 3;

  private final Histogram magnitudes = new Histogram(DIGITS); // grows as it has to
  private double sumOfSquares;
  private long maxNanos;

  /** An error, early ones negative; fractions of a nanosecond count in the mean square only. */
  void add(double errorNanos) {
    long magnitude = Math.round(Math.abs(errorNanos));
    magnitudes.recordValue(magnitude);
    sumOfSquares += errorNanos * errorNanos;
    maxNanos = Math.max(maxNanos, magnitude);
  }

  long samples() {
    return magnitudes.getTotalCount();
  }

  double rmsNanos() {
    return samples() == 0 ? 0 : Math.sqrt(sumOfSquares / samples());
  }

  long maxNanos() {
    return maxNanos;
  }

  /** To three digits, the upper end of what rounds to them. */
  long percentileNanos(double percentile) {
    return Math.min(maxNanos, magnitudes.getValueAtPercentile(percentile));
  }
}
