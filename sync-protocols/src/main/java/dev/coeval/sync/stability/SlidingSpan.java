package dev.coeval.sync.stability;

/**
 * The largest of a window's maximum minus its minimum, over all windows: two queues of candidates
 * that are pushed out by better ones, so that each value goes in and out once.
 */
final class SlidingSpan {
  private final double[] values;
  private final boolean isMaximum;
  private final int[] queue;
  private int head;
  private int tail;

  private SlidingSpan(double[] values, boolean isMaximum) {
    this.values = values;
    this.isMaximum = isMaximum;
    this.queue = new int[values.length];
  }

  static double largest(double[] values, int window) {
    SlidingSpan high = new SlidingSpan(values, true);
    SlidingSpan low = new SlidingSpan(values, false);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, high.next(i, window) - low.next(i, window));
    }
    return largest;
  }

  /** The extreme of the window that ends at an index. */
  private double next(int index, int window) {
    while (tail > head && !isBetter(queue[tail - 1], index)) {
      tail--;
    }
    queue[tail++] = index;
    if (queue[head] <= index - window) {
      head++;
    }
    return values[queue[head]];
  }

  private boolean isBetter(int one, int other) {
    return isMaximum ? values[one] > values[other] : values[one] < values[other];
  }
}
