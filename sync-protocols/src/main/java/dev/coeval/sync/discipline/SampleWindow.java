package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetEstimate;

/** The last samples of a regression, oldest first, in arrays that are allocated once. */
final class SampleWindow {
  private static final double SECOND = 1e-9;

  private final long[] ticks;
  private final long[] offsets;
  private final double[] weights;
  private final double minError;
  private int size;

  SampleWindow(int capacity, long minErrorNanos) {
    this.ticks = new long[capacity];
    this.offsets = new long[capacity];
    this.weights = new double[capacity];
    this.minError = minErrorNanos;
  }

  void add(OffsetEstimate sample) {
    if (size == ticks.length) {
      dropOldest();
    }
    double error = Math.max(minError, (double) sample.errorNanos());
    ticks[size] = sample.tickNanos();
    offsets[size] = sample.offsetNanos();
    weights[size] = 1 / (error * error);
    size++;
  }

  void dropOldest() {
    size--;
    System.arraycopy(ticks, 1, ticks, 0, size);
    System.arraycopy(offsets, 1, offsets, 0, size);
    System.arraycopy(weights, 1, weights, 0, size);
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  long lastTick() {
    return ticks[size - 1];
  }

  long lastOffset() {
    return offsets[size - 1];
  }

  /** How long before the last sample, in seconds, at most 0 where samples come in order. */
  double seconds(int i) {
    return (ticks[i] - ticks[size - 1]) * SECOND;
  }

  /** By how much the offset is above the last one's, in nanoseconds. */
  double offset(int i) {
    return offsets[i] - offsets[size - 1];
  }

  double weight(int i) {
    return weights[i];
  }
}
