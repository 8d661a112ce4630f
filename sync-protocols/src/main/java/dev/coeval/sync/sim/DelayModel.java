package dev.coeval.sync.sim;

import java.time.Duration;
import java.util.Objects;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * How long a datagram takes one way: a least time that none goes below, and a random excess of a
 * given mean, independent for each datagram.
 *
 * <p>Queues give an excess that is about exponential over minutes; several hops a gamma of shape 2
 * or so; busy and self-similar traffic heavier tails, a Weibull of shape 0.4 to 0.7, a lognormal of
 * sigma 1, a Pareto of index 1.2 to 2.5. Whatever gathers datagrams into batches, interrupt
 * coalescing for one, adds something uniform. No estimator is best for all of them.
 *
 * @param minNanos the least time, in nanoseconds; not negative
 * @param meanExcessNanos the mean of what comes on top, in nanoseconds; not negative
 * @param excess the form of its distribution
 * @param shape the parameter of that form: the shape of a gamma or a Weibull, the sigma of a
 *     lognormal, the index of a Pareto (above 1, so that there is a mean); 1 where there is none
 */
public record DelayModel(long minNanos, double meanExcessNanos, Excess excess, double shape) {

  /** The forms of the excess over the least time. */
  public enum Excess {
    /** None: every datagram takes the least time. */
    NONE,
    /** Exponential. */
    EXPONENTIAL,
    /** Gamma. */
    GAMMA,
    /** Lognormal. */
    LOGNORMAL,
    /** Weibull. */
    WEIBULL,
    /** Pareto, moved to begin at 0. */
    PARETO,
    /** Uniform, from 0 to twice the mean. */
    UNIFORM
  }

  /** No datagram is under way for longer than this: a bound on what heavy tails may give. */
  public static final long MAX_DELAY_NANOS = Duration.ofDays(1).toNanos();

  /**
   * Checks the ranges that the components state.
   *
   * @param minNanos as above
   * @param meanExcessNanos as above
   * @param excess as above
   * @param shape as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public DelayModel {
    Objects.requireNonNull(excess, "excess");
    if (minNanos < 0 || minNanos > MAX_DELAY_NANOS) {
      throw new IllegalArgumentException("minNanos is out of range: " + minNanos);
    }
    if (!(meanExcessNanos >= 0) || meanExcessNanos > MAX_DELAY_NANOS) {
      throw new IllegalArgumentException("meanExcessNanos is out of range: " + meanExcessNanos);
    }
    double least = excess == Excess.PARETO ? 1 : 0;
    if (!(shape > least) || !Double.isFinite(shape)) {
      throw new IllegalArgumentException("shape is out of range: " + shape);
    }
  }

  /**
   * Always the same.
   *
   * @param delay how long
   * @return the model
   */
  public static DelayModel fixed(Duration delay) {
    return new DelayModel(delay.toNanos(), 0, Excess.NONE, 1);
  }

  /**
   * A least time and an exponential excess.
   *
   * @param min the least time
   * @param jitter the mean of the excess
   * @return the model
   */
  public static DelayModel exponential(Duration min, Duration jitter) {
    return new DelayModel(min.toNanos(), jitter.toNanos(), Excess.EXPONENTIAL, 1);
  }

  /**
   * A least time and a gamma excess.
   *
   * @param min the least time
   * @param jitter the mean of the excess
   * @param shape its shape; 2 for a few hops
   * @return the model
   */
  public static DelayModel gamma(Duration min, Duration jitter, double shape) {
    return new DelayModel(min.toNanos(), jitter.toNanos(), Excess.GAMMA, shape);
  }

  /**
   * A least time and a lognormal excess.
   *
   * @param min the least time
   * @param jitter the mean of the excess
   * @param sigma the deviation of its logarithm
   * @return the model
   */
  public static DelayModel lognormal(Duration min, Duration jitter, double sigma) {
    return new DelayModel(min.toNanos(), jitter.toNanos(), Excess.LOGNORMAL, sigma);
  }

  /**
   * A least time and a Weibull excess.
   *
   * @param min the least time
   * @param jitter the mean of the excess
   * @param shape its shape; below 1 the tail is heavier than an exponential one
   * @return the model
   */
  public static DelayModel weibull(Duration min, Duration jitter, double shape) {
    return new DelayModel(min.toNanos(), jitter.toNanos(), Excess.WEIBULL, shape);
  }

  /**
   * A least time and a Pareto excess.
   *
   * @param min the least time
   * @param jitter the mean of the excess
   * @param index the tail's index, above 1; the variance is infinite up to 2
   * @return the model
   */
  public static DelayModel pareto(Duration min, Duration jitter, double index) {
    return new DelayModel(min.toNanos(), jitter.toNanos(), Excess.PARETO, index);
  }

  /**
   * A least time and a uniform excess, as datagrams wait that are handed over in batches.
   *
   * @param min the least time
   * @param most the most that comes on top
   * @return the model
   */
  public static DelayModel uniform(Duration min, Duration most) {
    return new DelayModel(min.toNanos(), most.toNanos() / 2.0, Excess.UNIFORM, 1);
  }

  /**
   * The same form with another mean of the excess.
   *
   * @param factor what the mean is multiplied by; not negative
   * @return a copy
   */
  public DelayModel scaled(double factor) {
    return new DelayModel(minNanos, meanExcessNanos * factor, excess, shape);
  }

  /** Draws delays from a stream. */
  Sampler sampler(SeededStream stream) {
    if (excess == Excess.NONE || meanExcessNanos == 0) {
      return () -> minNanos;
    }
    if (excess == Excess.EXPONENTIAL) {
      return () -> delay(meanExcessNanos * stream.nextExponential());
    }
    double less = excess == Excess.PARETO ? paretoScale() : 0;
    RealDistribution distribution = distribution(stream);
    return () -> delay(distribution.sample() - less);
  }

  private long delay(double drawnNanos) {
    return minNanos + (long) Math.max(0, Math.min(drawnNanos, (double) MAX_DELAY_NANOS));
  }

  private double paretoScale() {
    return meanExcessNanos * (shape - 1); // the mean is scale * shape / (shape - 1)
  }

  private RealDistribution distribution(SeededStream stream) {
    return switch (excess) {
      case GAMMA -> new GammaDistribution(stream, shape, meanExcessNanos / shape);
      case LOGNORMAL ->
          new LogNormalDistribution(stream, Math.log(meanExcessNanos) - shape * shape / 2, shape);
      case WEIBULL ->
          new WeibullDistribution(stream, shape, meanExcessNanos / Gamma.gamma(1 + 1 / shape));
      case PARETO -> new ParetoDistribution(stream, paretoScale(), shape);
      case UNIFORM -> new UniformRealDistribution(stream, 0, 2 * meanExcessNanos);
      case NONE, EXPONENTIAL -> throw new AssertionError(excess);
    };
  }

  /** Gives one delay after another. */
  interface Sampler {
    long nextNanos();
  }
}
