package dev.coeval.sync.precision;

import java.util.Arrays;

/**
 * The largest mean weight of a cycle, an exact fraction (Karp 1978), and potentials that even it
 * out.
 *
 * <p>Weights are at most a day and processes at most 512, so that sums over walks, and these times
 * their length, stay within a long.
 *
 * @param sum the sum of weights around the cycle
 * @param length the number of its edges, or a multiple of it that goes with the sum
 */
record CycleMean(long sum, int length) {

  /** Of a complete graph; a vertex alone is a cycle too, with the weight that it has to itself. */
  static CycleMean of(long[][] weights) {
    int n = weights.length;
    long[][] heaviest = heaviestWalks(weights);
    CycleMean best = null;
    for (int v = 0; v < n; v++) {
      CycleMean least = null;
      for (int k = 0; k < n; k++) {
        if (heaviest[k][v] != Long.MIN_VALUE) {
          CycleMean mean = new CycleMean(heaviest[n][v] - heaviest[k][v], n - k);
          least = least == null || mean.isLessThan(least) ? mean : least;
        }
      }
      best = best == null || (least != null && best.isLessThan(least)) ? least : best;
    }
    return best == null ? new CycleMean(0, 1) : best;
  }

  double value() {
    return (double) sum / length;
  }

  /**
   * For each vertex a number, such that no edge's weight and the difference of its ends' numbers,
   * last minus first, is above this mean by more than a rounding.
   */
  long[] corrections(long[][] weights) {
    int n = weights.length;
    long[] scaled = new long[n]; // in units of 1 / length
    boolean changed = true;
    for (int round = 0; changed && round <= n; round++) {
      changed = false;
      for (int p = 0; p < n; p++) {
        for (int q = 0; q < n; q++) {
          long through = Math.addExact(scaled[p], sum - Math.multiplyExact(weights[p][q], length));
          if (through < scaled[q]) {
            scaled[q] = through;
            changed = true;
          }
        }
      }
    }
    long[] corrections = new long[n];
    Arrays.setAll(corrections, p -> Math.floorDiv(scaled[p], length));
    return corrections;
  }

  private boolean isLessThan(CycleMean other) {
    return Math.multiplyExact(sum, other.length) < Math.multiplyExact(other.sum, length);
  }

  /** By number of edges, the heaviest walk from the first vertex to each. */
  private static long[][] heaviestWalks(long[][] weights) {
    int n = weights.length;
    long[][] heaviest = new long[n + 1][n];
    Arrays.fill(heaviest[0], Long.MIN_VALUE);
    heaviest[0][0] = 0;
    for (int k = 1; k <= n; k++) {
      Arrays.fill(heaviest[k], Long.MIN_VALUE);
      for (int p = 0; p < n; p++) {
        long before = heaviest[k - 1][p];
        if (before != Long.MIN_VALUE) {
          for (int q = 0; q < n; q++) {
            heaviest[k][q] = Math.max(heaviest[k][q], before + weights[p][q]);
          }
        }
      }
    }
    return heaviest;
  }
}
