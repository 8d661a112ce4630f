package dev.coeval.sync.discipline;

import java.util.Arrays;

/**
 * By how much a source's last samples were off from where they were expected: the median of the
 * last few, as a standard deviation. So a step now and then, which is no jitter, does not count,
 * and a source that steps more often than not does, though each step makes its past void.
 */
final class RecentJitter {
  private static final int HELD = 8;

  /** The standard deviation of a normal distribution over the median of its absolute values. */
  private static final double SPREAD = 1.4826;

  private final double[] offs = new double[HELD];
  private long seen;

  void add(double offNanos) {
    offs[(int) (seen % HELD)] = Math.abs(offNanos);
    seen++;
  }

  void clear() {
    seen = 0;
  }

  /** In nanoseconds; 0 while there are fewer than two. */
  long nanos() {
    int n = (int) Math.min(seen, HELD);
    if (n < 2) {
      return 0;
    }
    double[] sorted = Arrays.copyOf(offs, n);
    Arrays.sort(sorted);
    return (long) (SPREAD * sorted[(n - 1) / 2]);
  }
}
