package dev.coeval.sync.sim;

import java.util.Arrays;

/**
 * One clock's error at whole true seconds, and the statistics that chrony's simulation tests take
 * of such a series: sync time, and the largest and the root mean square error of time and
 * frequency.
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class SkewSeries {
  private static final int COLUMNS = 4;
  private static final int ERROR = 0;
  private static final int RATE = 1;
  private static final int LOW = 2;
  private static final int HIGH = 3;
  private static final int INITIAL = 256;

  private long firstSecond;
  private double[] values = new double[INITIAL * COLUMNS];
  private int size;

  SkewSeries() {}

  /**
   * Limits that make a clock count as synchronized.
   *
   * @param errorNanos the largest error of time
   * @param rateError the largest error of frequency, in seconds a second
   */
  public record Limits(double errorNanos, double rateError) {

    /** 1 ms and 500 ppm: what chrony's simulation tests ask for by default. */
    public static final Limits DEFAULT = new Limits(1e6, 500e-6);
  }

  /**
   * The statistics of a series from a second on.
   *
   * @param samples how many there are
   * @param maxErrorNanos the largest error of time, in nanoseconds
   * @param rmsErrorNanos the root of the mean square error of time, about zero, in nanoseconds
   * @param maxRateError the largest error of frequency, in seconds a second
   * @param rmsRateError the root of the mean square error of frequency, in seconds a second
   */
  public record Statistics(
      int samples,
      double maxErrorNanos,
      double rmsErrorNanos,
      double maxRateError,
      double rmsRateError) {}

  /**
   * How many samples there are.
   *
   * @return at least 0
   */
  public int size() {
    return size;
  }

  /**
   * When a sample was taken.
   *
   * @param index of the sample, from 0
   * @return whole seconds of true time since the start of the simulation
   */
  public long second(int index) {
    return firstSecond + index;
  }

  /**
   * The error: the clock's time minus the truth.
   *
   * @param index of the sample, from 0
   * @return nanoseconds; not a number while the node was dead or asleep
   */
  public double errorNanos(int index) {
    return value(index, ERROR);
  }

  /**
   * The error of the clock's rate, its oscillator's and all steering, slewing included.
   *
   * @param index of the sample, from 0
   * @return seconds a second; not a number while the node was dead or asleep
   */
  public double rateError(int index) {
    return value(index, RATE);
  }

  /**
   * The early end of the claimed interval, minus what it should hold: not above zero unless
   * violated.
   *
   * @param index of the sample, from 0
   * @return nanoseconds; minus infinity if none was claimed
   */
  public double lowNanos(int index) {
    return value(index, LOW);
  }

  /**
   * The late end of the claimed interval, minus what it should hold: not below zero unless
   * violated.
   *
   * @param index of the sample, from 0
   * @return nanoseconds; infinity if none was claimed
   */
  public double highNanos(int index) {
    return value(index, HIGH);
  }

  /**
   * The second from which on the clock kept its limits to the end: one more than the last second at
   * which it did not.
   *
   * @param limits of time and frequency
   * @return seconds since the start of the simulation; 0 if it always kept them
   */
  public long syncSeconds(Limits limits) {
    for (int i = size - 1; i >= 0; i--) {
      if (Math.abs(errorNanos(i)) > limits.errorNanos
          || Math.abs(rateError(i)) > limits.rateError) {
        return second(i) + 1;
      }
    }
    return 0;
  }

  /**
   * The statistics of all samples after a second.
   *
   * @param second whole seconds since the start of the simulation; -1 for all samples
   * @return over the seconds after it, gaps left out
   */
  public Statistics after(long second) {
    int samples = 0;
    double maxError = 0;
    double maxRate = 0;
    double errors = 0;
    double rates = 0;
    for (int i = (int) Math.max(0, second + 1 - firstSecond); i < size; i++) {
      double error = errorNanos(i);
      double rate = rateError(i);
      if (Double.isNaN(error)) {
        continue;
      }
      samples++;
      maxError = Math.max(maxError, Math.abs(error));
      maxRate = Math.max(maxRate, Math.abs(rate));
      errors += error * error;
      rates += rate * rate;
    }
    double count = Math.max(1, samples);
    return new Statistics(
        samples, maxError, Math.sqrt(errors / count), maxRate, Math.sqrt(rates / count));
  }

  void beginAt(long second) {
    if (size == 0) {
      firstSecond = second;
    }
  }

  void add(double errorNanos, double rateError, double lowNanos, double highNanos) {
    if ((size + 1) * COLUMNS > values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    int at = size++ * COLUMNS;
    values[at + ERROR] = errorNanos;
    values[at + RATE] = rateError;
    values[at + LOW] = lowNanos;
    values[at + HIGH] = highNanos;
  }

  void addGap() {
    add(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  private double value(int index, int column) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return values[index * COLUMNS + column];
  }
}
