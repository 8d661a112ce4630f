package dev.coeval.sync.precision;

/**
 * What is known beforehand of the delays between two processes, in both directions.
 *
 * <p>The theory knows no drift. Where clocks part by up to {@code d} while the execution lasts, say
 * {@link #widened} by it.
 *
 * @param leastNanos no message takes less, in nanoseconds; not negative, unless it was widened
 * @param mostNanos no message takes longer, in nanoseconds; {@link #NO_LIMIT} if nobody knows
 * @param asymmetryNanos of two messages in opposite directions none takes longer than the other by
 *     more than this, in nanoseconds; {@link #NO_LIMIT} if nobody knows
 */
public record LinkAssumption(long leastNanos, long mostNanos, long asymmetryNanos) {

  /** Nothing is known of this. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /** That no message arrives before it was sent: holds of every link. */
  public static final LinkAssumption NONE = new LinkAssumption(0, NO_LIMIT, NO_LIMIT);

  /**
   * Checks the ranges that the components state.
   *
   * @param leastNanos as above
   * @param mostNanos as above
   * @param asymmetryNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LinkAssumption {
    if (mostNanos < leastNanos || asymmetryNanos < 0) {
      throw new IllegalArgumentException(
          "out of range: at least %d, at most %d, asymmetry %d"
              .formatted(leastNanos, mostNanos, asymmetryNanos));
    }
  }

  /**
   * A least delay, and no more.
   *
   * @param leastNanos in nanoseconds
   * @return the assumption
   */
  public static LinkAssumption atLeast(long leastNanos) {
    return new LinkAssumption(leastNanos, NO_LIMIT, NO_LIMIT);
  }

  /**
   * A least and a greatest delay.
   *
   * @param leastNanos in nanoseconds
   * @param mostNanos in nanoseconds
   * @return the assumption
   */
  public static LinkAssumption between(long leastNanos, long mostNanos) {
    return new LinkAssumption(leastNanos, mostNanos, NO_LIMIT);
  }

  /**
   * The same, with a limit on the difference of the two directions.
   *
   * @param nanos in nanoseconds
   * @return a copy
   */
  public LinkAssumption withAsymmetry(long nanos) {
    return new LinkAssumption(leastNanos, mostNanos, nanos);
  }

  /**
   * The same for clocks that part a little during the execution.
   *
   * @param nanos by how much two clocks part at most, in nanoseconds; not negative
   * @return a copy
   */
  public LinkAssumption widened(long nanos) {
    return new LinkAssumption(
        Math.subtractExact(leastNanos, nanos),
        mostNanos == NO_LIMIT ? NO_LIMIT : Math.addExact(mostNanos, nanos),
        asymmetryNanos == NO_LIMIT ? NO_LIMIT : Math.addExact(asymmetryNanos, 2 * nanos));
  }
}
