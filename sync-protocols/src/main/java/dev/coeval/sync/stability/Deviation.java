package dev.coeval.sync.stability;

/**
 * What can be said of a clock's stability over a time tau, a whole multiple m of the interval.
 *
 * <p>Problem: the frequency of an oscillator has no mean to take a deviation about. Idea: take that
 * of differences between neighbouring averages over tau; a second difference of the phase. All are
 * in one pass over the phases, with no storage of their own but for {@link #MTIE}. Numbers of
 * sections are those of Riley, NIST Special Publication 1065 (2008).
 *
 * <p>What to beware of: a constant drift of the frequency D looks like a walk, {@code D * tau /
 * sqrt(2)}, except to the Hadamard deviations; gaps that were closed up look like steps.
 */
public enum Deviation {
  /** Allan's, of averages that do not overlap (5.2.2); a ratio. */
  ALLAN(2) {
    @Override
    double compute(double[] x, int m, double tau) {
      return allan(x, m, m, tau);
    }
  },
  /**
   * Allan's, of all averages there are, so with more confidence (5.2.4); a ratio. The usual one.
   */
  OVERLAPPING_ALLAN(2) {
    @Override
    double compute(double[] x, int m, double tau) {
      return allan(x, m, 1, tau);
    }
  },
  /** The modified Allan deviation, that tells white from flicker phase noise (5.2.5); a ratio. */
  MODIFIED_ALLAN(3) {
    @Override
    double compute(double[] x, int m, double tau) {
      return modified(x, m, tau);
    }

    @Override
    int least(int m) {
      return 3 * m;
    }
  },
  /** The time deviation, tau / sqrt(3) of the modified Allan deviation (5.2.6); seconds. */
  TIME(3) {
    @Override
    double compute(double[] x, int m, double tau) {
      return tau / Math.sqrt(3) * modified(x, m, tau);
    }

    @Override
    int least(int m) {
      return 3 * m;
    }
  },
  /** Hadamard's, of averages that do not overlap, blind to a constant drift (5.2.9); a ratio. */
  HADAMARD(3) {
    @Override
    double compute(double[] x, int m, double tau) {
      return hadamard(x, m, m, tau);
    }
  },
  /** Hadamard's, of all averages there are (5.2.10); a ratio. */
  OVERLAPPING_HADAMARD(3) {
    @Override
    double compute(double[] x, int m, double tau) {
      return hadamard(x, m, 1, tau);
    }
  },
  /**
   * The maximum time interval error: the most that the phase changes within tau (5.2.15); seconds.
   */
  MTIE(1) {
    @Override
    double compute(double[] x, int m, double tau) {
      return SlidingSpan.largest(x, m + 1);
    }
  };

  private final int differences;

  Deviation(int differences) {
    this.differences = differences;
  }

  /**
   * Computes it.
   *
   * @param samples of the clock
   * @param factor m: tau is so many intervals; positive
   * @return the deviation over tau
   * @throws IllegalArgumentException if there are too few samples for that factor
   */
  public double of(ClockSamples samples, int factor) {
    int most = largestFactor(samples.size());
    if (factor < 1 || factor > most) {
      throw new IllegalArgumentException(
          "%s of %d samples is there for factors 1 to %d, not %d"
              .formatted(this, samples.size(), most, factor));
    }
    return compute(samples.phase(), factor, factor * samples.tau0Seconds());
  }

  /**
   * The largest factor that it can be computed for.
   *
   * @param phases how many of them there are
   * @return 0 if there are too few for any
   */
  public int largestFactor(int phases) {
    int m = Math.max(0, phases - 1) / differences;
    return m == 0 || least(m + 1) > phases ? m : m + 1;
  }

  /** How many phases a factor takes. */
  int least(int m) {
    return differences * m + 1;
  }

  abstract double compute(double[] x, int m, double tau);

  private static double allan(double[] x, int m, int stride, double tau) {
    double squares = 0;
    int count = 0;
    for (int i = 0; i + 2 * m < x.length; i += stride) {
      double difference = x[i + 2 * m] - 2 * x[i + m] + x[i];
      squares += difference * difference;
      count++;
    }
    return Math.sqrt(squares / (2.0 * count)) / tau;
  }

  private static double hadamard(double[] x, int m, int stride, double tau) {
    double squares = 0;
    int count = 0;
    for (int i = 0; i + 3 * m < x.length; i += stride) {
      double difference = x[i + 3 * m] - 3 * x[i + 2 * m] + 3 * x[i + m] - x[i];
      squares += difference * difference;
      count++;
    }
    return Math.sqrt(squares / (6.0 * count)) / tau;
  }

  /** The inner sum over m second differences slides along. */
  private static double modified(double[] x, int m, double tau) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
      sum += x[i + 2 * m] - 2 * x[i + m] + x[i];
    }
    double squares = sum * sum;
    int count = 1;
    for (int j = 1; j + 3 * m <= x.length; j++) {
      sum += x[j + 3 * m - 1] - 3 * x[j + 2 * m - 1] + 3 * x[j + m - 1] - x[j - 1];
      squares += sum * sum;
      count++;
    }
    return Math.sqrt(squares / (2.0 * count)) / (m * tau);
  }
}
