package dev.coeval.sync.precision;

/**
 * By how much each clock can be ahead of each other one, in all runs that cannot be told apart.
 *
 * <p>Row p, column q: how far q can be ahead of p. Held for clocks that were moved near each other
 * by known whole numbers, along any messages: so numbers are of the size of delays, whatever the
 * clocks' origins.
 */
final class ShiftLimits {

  /** Beyond, no sum of a walk through all processes may be made: a day. */
  private static final long LARGEST_NANOS = 86_400_000_000_000L;

  private final long[] moved;
  private final long[][] limits;

  private ShiftLimits(long[] moved, long[][] limits) {
    this.moved = moved;
    this.limits = limits;
  }

  static ShiftLimits of(Execution execution) {
    long[] moved = nearEachOther(execution);
    int n = execution.processes();
    long[][] limits = new long[n][n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        long limit = p == q ? Execution.UNKNOWN : execution.limitNanos(p, q);
        boolean known = limit != Execution.UNKNOWN;
        limits[p][q] = known ? near(limit, Math.subtractExact(moved[q], moved[p])) : limit;
      }
      limits[p][p] = 0;
    }
    shortest(limits);
    return new ShiftLimits(moved, limits);
  }

  /** No clock can be ahead of itself or behind. */
  boolean isConsistent() {
    for (int p = 0; p < limits.length; p++) {
      if (limits[p][p] < 0) {
        return false;
      }
    }
    return true;
  }

  boolean isComplete() {
    for (long[] row : limits) {
      for (long limit : row) {
        if (limit == Execution.UNKNOWN) {
          return false;
        }
      }
    }
    return true;
  }

  long[][] all() {
    return limits;
  }

  long maxAhead(int of, int than) {
    return Math.addExact(limits[than][of], Math.subtractExact(moved[of], moved[than]));
  }

  /** Corrections of the moved clocks, as those of the clocks themselves. */
  long[] toLocal(long[] corrections) {
    long[] local = new long[corrections.length];
    for (int p = 0; p < local.length; p++) {
      local[p] = Math.subtractExact(corrections[p], moved[p]);
    }
    return local;
  }

  long widest(long[] corrections) {
    if (corrections.length != limits.length) {
      throw new IllegalArgumentException(
          "%d corrections of %d clocks".formatted(corrections.length, limits.length));
    }
    long widest = 0;
    for (int p = 0; p < limits.length; p++) {
      for (int q = 0; q < limits.length; q++) {
        long apart = Math.subtractExact(corrections[q], corrections[p]);
        long moves = Math.subtractExact(moved[q], moved[p]);
        widest = Math.max(widest, Math.addExact(limits[p][q], Math.addExact(apart, moves)));
      }
    }
    return widest;
  }

  /** A rough clock for each process: what its first message from one that has one says. */
  private static long[] nearEachOther(Execution execution) {
    int n = execution.processes();
    long[] moved = new long[n];
    boolean[] reached = new boolean[n];
    int[] queue = new int[n];
    for (int root = 0; root < n; root++) {
      int size = 0;
      if (!reached[root]) {
        reached[root] = true;
        queue[size++] = root;
      }
      for (int next = 0; next < size; next++) {
        int p = queue[next];
        for (int q = 0; q < n; q++) {
          long there = execution.leastNanos(p, q);
          long back = execution.leastNanos(q, p);
          boolean isNew = !reached[q] && (there != Execution.UNKNOWN || back != Execution.UNKNOWN);
          if (isNew) {
            long ahead = there != Execution.UNKNOWN ? there : -back;
            moved[q] = Math.addExact(moved[p], ahead);
            reached[q] = true;
            queue[size++] = q;
          }
        }
      }
    }
    return moved;
  }

  private static long near(long limit, long moves) {
    long near = Math.subtractExact(limit, moves);
    if (Math.abs((double) near) > LARGEST_NANOS) {
      throw new ArithmeticException("delays beyond all reason: " + near + " ns");
    }
    return near;
  }

  private static void shortest(long[][] limits) {
    int n = limits.length;
    for (int via = 0; via < n; via++) {
      for (int p = 0; p < n; p++) {
        long first = limits[p][via];
        if (first != Execution.UNKNOWN) {
          for (int q = 0; q < n; q++) {
            long second = limits[via][q];
            if (second != Execution.UNKNOWN) {
              limits[p][q] = Math.min(limits[p][q], first + second);
            }
          }
        }
        if (limits[p][p] < 0) {
          return; // a contradiction: sums would fall without end
        }
      }
    }
  }
}
