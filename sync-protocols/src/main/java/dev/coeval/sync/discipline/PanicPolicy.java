package dev.coeval.sync.discipline;

/**
 * What to do when the sources suddenly tell a time far from what they told before, as chrony's
 * {@code maxchange} and RFC 5905's PANICT have it.
 *
 * @param limitNanos a change above this is one too many, in nanoseconds; positive
 * @param updates so many updates at the start may change the time by any amount; not negative
 * @param ignored so many changes above the limit are ignored, and {@link Ensemble#isPanicked()}
 *     holds from the next one on; not negative
 */
public record PanicPolicy(long limitNanos, long updates, int ignored) {

  /** Every change is believed: the clock's own policy says how it is followed. */
  public static final PanicPolicy NONE = new PanicPolicy(Long.MAX_VALUE, 0, 0);

  /**
   * Checks the ranges that the components state.
   *
   * @param limitNanos as above
   * @param updates as above
   * @param ignored as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public PanicPolicy {
    if (limitNanos < 1 || updates < 0 || ignored < 0) {
      throw new IllegalArgumentException(
          "out of range: limitNanos %d, updates %d, ignored %d"
              .formatted(limitNanos, updates, ignored));
    }
  }
}
