package dev.coeval.bench.peers;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * How long a relay holds what goes one way, and how much of it is lost.
 *
 * @param leastNanos none is held for less
 * @param excess what comes on top
 * @param excessNanos the mean of an exponential excess, the scale of a Pareto one
 * @param loss the probability that a datagram is dropped
 */
record Way(long leastNanos, Excess excess, double excessNanos, double loss) {
  private static final double PARETO_INDEX = 1.2;
  private static final double MOST_NANOS = 1e9;

  /** The forms of the excess over the least time. */
  enum Excess {
    NONE,
    EXPONENTIAL,
    /** Of index 1.2, moved to begin at 0: a mean of five times the scale, no variance. */
    PARETO
  }

  static Way fixed(long nanos) {
    return new Way(nanos, Excess.NONE, 0, 0);
  }

  Way withLoss(double probability) {
    return new Way(leastNanos, excess, excessNanos, probability);
  }

  /** Draws from this; the same of the same seed. */
  Draws draws(long seed) {
    return new Draws(this, new Well19937c(seed));
  }

  /** One delay after another. Not thread-safe. */
  static final class Draws {
    private final Way way;
    private final RandomGenerator random;
    private final RealDistribution distribution;

    private Draws(Way way, RandomGenerator random) {
      this.way = way;
      this.random = random;
      double size = Math.max(1, way.excessNanos);
      this.distribution =
          way.excess == Excess.PARETO
              ? new ParetoDistribution(random, size, PARETO_INDEX)
              : new ExponentialDistribution(random, size);
    }

    long nextNanos() {
      return switch (way.excess) {
        case NONE -> way.leastNanos;
        case EXPONENTIAL -> way.leastNanos + capped(distribution.sample());
        case PARETO -> way.leastNanos + capped(distribution.sample() - way.excessNanos);
      };
    }

    boolean nextIsLost() {
      return way.loss > 0 && random.nextDouble() < way.loss;
    }

    private static long capped(double nanos) {
      return (long) Math.min(nanos, MOST_NANOS);
    }
  }
}
