package dev.coeval.sync.discipline;

/**
 * By how much a source's last samples were off from where they were expected: the root mean square
 * of the last few, the largest left out. So a single step, which is no jitter, does not count, and
 * a source that steps again and again does, though each step makes its past void.
 */
final class RecentJitter {
  private static final int HELD = 4;

  private final double[] squares = new double[HELD];
  private long seen;

  void add(double offNanos) {
    squares[(int) (seen % HELD)] = offNanos * offNanos;
    seen++;
  }

  void clear() {
    seen = 0;
  }

  /** In nanoseconds; 0 while there are fewer than two. */
  long nanos() {
    int n = (int) Math.min(seen, HELD);
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      sum += squares[i];
      largest = Math.max(largest, squares[i]);
    }
    return n < 2 ? 0 : (long) Math.sqrt(Math.max(sum - largest, 0) / (n - 1));
  }
}
