package dev.coeval.sync.stability;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The kinds of noise that clocks have, by the power of the Fourier frequency that their spectrum
 * goes with, and how sure an overlapping Allan deviation is under each.
 *
 * <p>An estimate of a variance from samples that hang together is spread like a chi-squared
 * distribution with fewer degrees of freedom than there are samples. How many they are worth
 * depends on the noise (Howe, Allan and Barnes 1981; Riley, NIST SP 1065, 5.4.1).
 */
public enum PowerLaw {
  /** White phase noise: stamps that jitter. */
  WHITE_PM(-1) {
    @Override
    double edf(double n, double m) {
      return (n + 1) * (n - 2 * m) / (2 * (n - m));
    }
  },
  /** Flicker phase noise. */
  FLICKER_PM(-1) {
    @Override
    double edf(double n, double m) {
      double product = Math.log((n - 1) / (2 * m)) * Math.log((2 * m + 1) * (n - 1) / 4);
      return Math.exp(Math.sqrt(Math.max(0, product)));
    }
  },
  /** White frequency noise: a phase that walks. */
  WHITE_FM(-0.5) {
    @Override
    double edf(double n, double m) {
      return (3 * (n - 1) / (2 * m) - 2 * (n - 2) / n) * (4 * m * m) / (4 * m * m + 5);
    }
  },
  /** Flicker frequency noise: the floor of every oscillator. */
  FLICKER_FM(0) {
    @Override
    double edf(double n, double m) {
      return m == 1 ? 2 * (n - 2) / (2.3 * n - 4.9) * (n - 2) : 5 * n * n / (4 * m * (n + 3 * m));
    }
  },
  /** A frequency that walks: {@code sigma = w * sqrt(tau / 3)} for steps of w each second. */
  RANDOM_WALK_FM(0.5) {
    @Override
    double edf(double n, double m) {
      double squares = (n - 1) * (n - 1) - 3 * m * (n - 1) + 4 * m * m;
      return (n - 2) / m * squares / ((n - 3) * (n - 3));
    }
  };

  private final double slope;

  PowerLaw(double slope) {
    this.slope = slope;
  }

  /**
   * The slope of the Allan deviation over tau, both on log axes.
   *
   * @return from -1 to 1/2
   */
  public double slope() {
    return slope;
  }

  /**
   * How many independent samples an overlapping Allan deviation is worth under this noise.
   *
   * @param phases how many there are
   * @param factor how many intervals are averaged over
   * @return the equivalent degrees of freedom, at least 1
   * @throws IllegalArgumentException if there are too few phases for that factor
   */
  public double degreesOfFreedom(int phases, int factor) {
    int most = Deviation.OVERLAPPING_ALLAN.largestFactor(phases);
    if (factor < 1 || factor > most) {
      throw new IllegalArgumentException(
          phases + " samples are enough for factors 1 to " + most + ", not " + factor);
    }
    return phases <= 3 ? 1 : Math.max(1, Math.min(edf(phases, factor), phases - 2 * factor));
  }

  /**
   * Between which limits the true Allan deviation lies.
   *
   * @param samples of the clock
   * @param factor how many intervals are averaged over
   * @param confidence how likely it does, between 0 and 1: 0.683, say
   * @return the limits, about the overlapping Allan deviation
   * @throws IllegalArgumentException if there are too few samples for that factor, or the
   *     confidence is out of range
   */
  public Interval interval(ClockSamples samples, int factor, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence is out of range: " + confidence);
    }
    double value = Deviation.OVERLAPPING_ALLAN.of(samples, factor);
    double edf = degreesOfFreedom(samples.size(), factor);
    ChiSquaredDistribution spread = new ChiSquaredDistribution(null, edf);
    double beyond = (1 - confidence) / 2;
    return new Interval(
        value * Math.sqrt(edf / spread.inverseCumulativeProbability(1 - beyond)),
        value,
        value * Math.sqrt(edf / spread.inverseCumulativeProbability(beyond)));
  }

  /**
   * A deviation and its limits.
   *
   * @param low the lower limit
   * @param value what was measured
   * @param high the upper limit
   */
  public record Interval(double low, double value, double high) {}

  abstract double edf(double n, double m);
}
