package dev.coeval.logical;

/**
 * How two events, or two stamps, stand to each other in the happened-before relation.
 *
 * <p>This is a partial order: two events need not be ordered at all. So it has a fourth answer that
 * {@link java.util.Comparator} lacks.
 *
 * <p>Source: L. Lamport, "Time, clocks, and the ordering of events in a distributed system",
 * Communications of the ACM 21(7), 1978.
 */
public enum CausalOrder {
  /** The first happened before the second: it can have influenced it. */
  BEFORE,
  /** The second happened before the first. */
  AFTER,
  /** Both are the same event, or have the same causal past. */
  EQUAL,
  /** Neither happened before the other: neither can have influenced the other. */
  CONCURRENT;

  /**
   * The order that two one-sided answers amount to.
   *
   * @param beforeOrEqual whether the first is before or equal to the second
   * @param afterOrEqual whether the first is after or equal to the second
   * @return the one order for which both answers are right
   */
  public static CausalOrder of(boolean beforeOrEqual, boolean afterOrEqual) {
    if (beforeOrEqual) {
      return afterOrEqual ? EQUAL : BEFORE;
    }
    return afterOrEqual ? AFTER : CONCURRENT;
  }

  /**
   * The same relation seen from the other side.
   *
   * @return the order of (b, a) when this is the order of (a, b)
   */
  public CausalOrder inverse() {
    return switch (this) {
      case BEFORE -> AFTER;
      case AFTER -> BEFORE;
      case EQUAL, CONCURRENT -> this;
    };
  }

  /**
   * Whether the first is in the causal past of the second, itself included.
   *
   * @return true for {@link #BEFORE} and {@link #EQUAL}
   */
  public boolean isBeforeOrEqual() {
    return this == BEFORE || this == EQUAL;
  }

  /**
   * Whether the second is in the causal past of the first, itself included.
   *
   * @return true for {@link #AFTER} and {@link #EQUAL}
   */
  public boolean isAfterOrEqual() {
    return this == AFTER || this == EQUAL;
  }

  /**
   * Whether the two can be put in an order at all.
   *
   * @return false for {@link #CONCURRENT} only
   */
  public boolean isOrdered() {
    return this != CONCURRENT;
  }
}
