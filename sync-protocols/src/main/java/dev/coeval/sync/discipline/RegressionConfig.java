package dev.coeval.sync.discipline;

import dev.coeval.time.ClockModel;

/**
 * How a {@link RegressionDiscipline} fits.
 *
 * @param window how many samples are fitted at most, 2 to {@link #MAX_WINDOW}
 * @param maxFrequency the largest frequency believed, in seconds a second; above 0, at most {@link
 *     ClockModel#MAX_FREQUENCY}
 * @param expectedFrequencyError by how much an oscillator is off before anything is known of it
 *     (one standard deviation), in seconds a second; above 0
 * @param minErrorNanos no sample is believed to be better than this, in nanoseconds; above 0
 */
public record RegressionConfig(
    int window, double maxFrequency, double expectedFrequencyError, long minErrorNanos) {

  /** A fit over more samples than this is over times in which no oscillator stays the same. */
  public static final int MAX_WINDOW = 1024;

  /** What NTP holds to be the worst oscillator (RFC 5905 section 11.3, MAXFREQ): 500 ppm. */
  public static final double DEFAULT_MAX_FREQUENCY = 500e-6;

  /**
   * 64 samples, at most 500 ppm, 100 ppm expected of a quartz nobody has measured, and 20 ns, which
   * is the resolution of the usual tick source.
   */
  public static final RegressionConfig DEFAULT =
      new RegressionConfig(64, DEFAULT_MAX_FREQUENCY, 100e-6, 20);

  /**
   * Checks the ranges that the components state.
   *
   * @param window as above
   * @param maxFrequency as above
   * @param expectedFrequencyError as above
   * @param minErrorNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public RegressionConfig {
    if (window < 2 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("window is out of range: " + window);
    }
    if (!(maxFrequency > 0 && maxFrequency <= ClockModel.MAX_FREQUENCY)) {
      throw new IllegalArgumentException("maxFrequency is out of range: " + maxFrequency);
    }
    if (!(expectedFrequencyError > 0 && expectedFrequencyError <= 1)) {
      throw new IllegalArgumentException(
          "expectedFrequencyError is out of range: " + expectedFrequencyError);
    }
    if (minErrorNanos < 1) {
      throw new IllegalArgumentException("minErrorNanos is out of range: " + minErrorNanos);
    }
  }
}
