package dev.coeval.sync.filter;

/**
 * What the excess of a round trip over the least one says about an offset's error.
 *
 * <p>If the excess {@code s} is split between the two ways in any proportion, the error of the
 * offset lies in {@code [-s/2, s/2]}; for exponential queueing it is uniform there, so that its
 * standard deviation is {@code s / sqrt(12)}.
 */
final class ExcessDelay {

  /** The width of a uniform distribution over its standard deviation. */
  static final double SPREAD = Math.sqrt(12);

  private static final int LEARNED = 40;

  private ExcessDelay() {}

  /**
   * The part of a least round trip that must still be taken for excess, as the least one is known
   * from a few exchanges only: it halves with each.
   */
  static double ofUnlearned(double leastDelayNanos, int exchanges) {
    return exchanges > LEARNED ? 0 : leastDelayNanos / (1L << (exchanges - 1));
  }
}
