package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetEstimate;

/** The last samples of a regression, oldest first, in arrays that are allocated once. */
final class SampleWindow {
  private static final double SECOND = 1e-9;

  private final long[] ticks;
  private final long[] offsets;
  private final double[] errors;
  private final double[] weights;
  private final double minError;
  private int size;
  private double asymmetry;
  private double least;

  SampleWindow(int capacity, long minErrorNanos) {
    this.ticks = new long[capacity];
    this.offsets = new long[capacity];
    this.errors = new double[capacity];
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
    errors[size] = error;
    weights[size] = 1 / (error * error);
    size++;
  }

  void dropOldest() {
    size--;
    System.arraycopy(ticks, 1, ticks, 0, size);
    System.arraycopy(offsets, 1, offsets, 0, size);
    System.arraycopy(errors, 1, errors, 0, size);
    System.arraycopy(weights, 1, weights, 0, size);
  }

  void clear() {
    size = 0;
    asymmetry = 0;
  }

  void shift(long nanos) {
    for (int i = 0; i < size; i++) {
      offsets[i] += nanos;
    }
  }

  /** From now on offsets are less what they are said to grow with their errors. */
  void setAsymmetry(double coefficient) {
    asymmetry = coefficient;
    least = size == 0 ? 0 : errors[0];
    for (int i = 1; i < size; i++) {
      least = Math.min(least, errors[i]);
    }
  }

  /** What an offset of such an error is too large by, in nanoseconds. */
  double bias(double errorNanos) {
    return asymmetry == 0 ? 0 : asymmetry * (Math.max(minError, errorNanos) - least);
  }

  double error(int i) {
    return errors[i];
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

  /** By how much the offset, less its bias, is above the last one's as it is, in nanoseconds. */
  double offset(int i) {
    return offsets[i] - offsets[size - 1] - bias(errors[i]);
  }

  double weight(int i) {
    return weights[i];
  }
}
