package dev.coeval.sync.berkeley;

import java.time.Duration;

/**
 * Which clocks make the group's time, and how.
 *
 * @param gammaNanos clocks that take part are pairwise no further apart than this; a clock outside
 *     is held to be faulty. In nanoseconds, positive, at most a day
 * @param initialGammaNanos the same while no clock of the group has settled yet; at least {@code
 *     gammaNanos}, at most a day
 * @param combiner how the group's time is made of the clocks that take part
 * @param healOutliers whether a settled clock that is too far off is told its difference, so that
 *     it comes back; a joining one always is
 */
public record AgreementConfig(
    long gammaNanos, long initialGammaNanos, Combiner combiner, boolean healOutliers) {

  /** How the group's time is made of the clocks that take part. */
  public enum Combiner {
    /** The largest set of clocks pairwise within gamma, and its average (Gusella, Zatti 1989). */
    AVERAGE,
    /**
     * The median of all, then the median of those within gamma of it, as 4.4BSD's timed does since
     * clocks of one make share an error: the largest agreeing set would be the commonest make.
     */
    MEDIAN
  }

  private static final long MAX_GAMMA_NANOS = Duration.ofDays(1).toNanos();

  /**
   * Checks the ranges that the components state.
   *
   * @param gammaNanos as above
   * @param initialGammaNanos as above
   * @param combiner as above
   * @param healOutliers as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public AgreementConfig {
    if (gammaNanos < 1 || initialGammaNanos < gammaNanos || initialGammaNanos > MAX_GAMMA_NANOS) {
      throw new IllegalArgumentException(
          "gammaNanos and initialGammaNanos are out of range: "
              + gammaNanos
              + ", "
              + initialGammaNanos);
    }
  }

  /**
   * Gamma of 20 ms, within which timed is said to keep a network's clocks, and of 2 s at the start;
   * the average; outliers are healed.
   *
   * @return the configuration
   */
  public static AgreementConfig defaults() {
    return new AgreementConfig(
        Duration.ofMillis(20).toNanos(), Duration.ofSeconds(2).toNanos(), Combiner.AVERAGE, true);
  }

  /**
   * The same with another combiner.
   *
   * @param other the combiner
   * @return the configuration
   */
  public AgreementConfig with(Combiner other) {
    return new AgreementConfig(gammaNanos, initialGammaNanos, other, healOutliers);
  }
}
