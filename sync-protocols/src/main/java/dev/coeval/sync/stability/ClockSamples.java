package dev.coeval.sync.stability;

import java.util.ArrayList;
import java.util.List;

/**
 * A clock's error at even intervals, without gaps. Immutable; thread-safe.
 *
 * <p>Phase is the clock's time minus the reference's, in seconds; frequency is its growth over an
 * interval, in seconds a second. The second is the difference of the first, so n frequencies are n
 * + 1 phases.
 */
public final class ClockSamples {
  private final double[] phase;
  private final double tau0;

  private ClockSamples(double[] phase, double tau0Seconds) {
    if (!(tau0Seconds > 0) || !Double.isFinite(tau0Seconds)) {
      throw new IllegalArgumentException("the interval must be positive: " + tau0Seconds);
    }
    this.phase = phase;
    this.tau0 = tau0Seconds;
  }

  /**
   * Of phases.
   *
   * @param phaseSeconds one at each interval; copied
   * @param tau0Seconds the interval
   * @return the samples
   * @throws IllegalArgumentException if one is not finite, as at a gap, or the interval is not
   *     positive
   */
  public static ClockSamples ofPhase(double[] phaseSeconds, double tau0Seconds) {
    requireNoGap(phaseSeconds);
    return new ClockSamples(phaseSeconds.clone(), tau0Seconds);
  }

  /**
   * Of frequencies, each the mean over its interval.
   *
   * @param frequencies in seconds a second
   * @param tau0Seconds the interval
   * @return the samples, one phase more than frequencies
   * @throws IllegalArgumentException if one is not finite, as at a gap, or the interval is not
   *     positive
   */
  public static ClockSamples ofFrequency(double[] frequencies, double tau0Seconds) {
    requireNoGap(frequencies);
    double[] phase = new double[frequencies.length + 1];
    for (int i = 0; i < frequencies.length; i++) {
      phase[i + 1] = phase[i] + frequencies[i] * tau0Seconds;
    }
    return new ClockSamples(phase, tau0Seconds);
  }

  private static void requireNoGap(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "sample " + i + " is " + values[i] + ": samples are without gaps");
      }
    }
  }

  /**
   * How many phases there are.
   *
   * @return at least 0
   */
  public int size() {
    return phase.length;
  }

  /**
   * The interval of the samples.
   *
   * @return seconds, positive
   */
  public double tau0Seconds() {
    return tau0;
  }

  /**
   * A deviation over averaging times that double from the interval on, as far as there is data.
   *
   * @param deviation what to compute
   * @return a point for each factor 1, 2, 4 and so on; empty if there is too little data for any
   */
  public List<Point> octaves(Deviation deviation) {
    List<Point> points = new ArrayList<>();
    for (int m = 1; m <= deviation.largestFactor(size()); m *= 2) {
      points.add(new Point(m, m * tau0, deviation.of(this, m)));
    }
    return points;
  }

  /**
   * A point of a curve.
   *
   * @param factor how many intervals are averaged over
   * @param tauSeconds how long that is
   * @param value the deviation there: a ratio, or seconds
   */
  public record Point(int factor, double tauSeconds, double value) {}

  /** The phases themselves, for those who leave them as they are. */
  double[] phase() {
    return phase;
  }
}
