package dev.coeval.logical.approximate;

/**
 * What an approximate stamp can say of two events. Only {@link #CONCURRENT} is certain; the others
 * exclude each other, but not that the events are concurrent.
 *
 * <p>This is not a {@link dev.coeval.logical.CausalOrder}, so that no code which takes an order for
 * certain can be given one of these.
 *
 * <p>Source: F. J. Torres-Rojas, M. Ahamad, Distributed Computing 12, 1999.
 */
public enum PlausibleOrder {
  /** The first happened before the second, or they are concurrent. */
  PLAUSIBLY_BEFORE,
  /** The second happened before the first, or they are concurrent. */
  PLAUSIBLY_AFTER,
  /** Both are the same event, or they are concurrent. */
  PLAUSIBLY_EQUAL,
  /** Neither happened before the other: certain. */
  CONCURRENT;

  static PlausibleOrder of(boolean beforeOrEqual, boolean afterOrEqual) {
    if (beforeOrEqual) {
      return afterOrEqual ? PLAUSIBLY_EQUAL : PLAUSIBLY_BEFORE;
    }
    return afterOrEqual ? PLAUSIBLY_AFTER : CONCURRENT;
  }

  /**
   * The same answer seen from the other side.
   *
   * @return the answer for (b, a) when this is the answer for (a, b)
   */
  public PlausibleOrder inverse() {
    return switch (this) {
      case PLAUSIBLY_BEFORE -> PLAUSIBLY_AFTER;
      case PLAUSIBLY_AFTER -> PLAUSIBLY_BEFORE;
      case PLAUSIBLY_EQUAL, CONCURRENT -> this;
    };
  }

  /**
   * What two answers about the same two events amount to. Where they differ each excludes what the
   * other holds possible, and only "concurrent" is left. So the result is wrong only where both
   * are.
   *
   * @param other what another clock says of the same events, in the same order
   * @return this if both say the same, else {@link #CONCURRENT}
   */
  public PlausibleOrder and(PlausibleOrder other) {
    return this == other ? this : CONCURRENT;
  }
}
