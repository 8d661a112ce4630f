package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;

/**
 * The loops over counts, which is where the time goes.
 *
 * <p>Counts are never negative, so the difference of two does not overflow, and its sign says which
 * is smaller without a branch. A comparison first skips what is equal; the first difference rules
 * out one direction, so that only the other has to be looked for in the rest. It looks at a block
 * of differences before it asks whether one was found: often enough to stop early, seldom enough to
 * keep the loop tight.
 */
final class Blocks {

  private static final int BLOCK = 16;

  private Blocks() {}

  /** How the first counts stand to the second; both have the same length. */
  static CausalOrder relation(long[] first, long[] second) {
    int different = Arrays.mismatch(first, second);
    if (different < 0) {
      return CausalOrder.EQUAL;
    }
    if (first[different] < second[different]) {
      return atMost(first, second, different + 1) ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
    }
    return atMost(second, first, different + 1) ? CausalOrder.AFTER : CausalOrder.CONCURRENT;
  }

  /** Whether no count from a place on is greater than the one in the other array. */
  static boolean atMost(long[] low, long[] high, int from) {
    int i = from;
    for (; i + BLOCK <= low.length; i += BLOCK) {
      if (differences(low, high, i) < 0) {
        return false;
      }
    }
    long rest = 0;
    for (; i < low.length; i++) {
      rest |= high[i] - low[i];
    }
    return rest >= 0;
  }

  /** Negative if within the block that begins here some count is greater than its limit. */
  private static long differences(long[] low, long[] high, int from) {
    long even = 0;
    long odd = 0;
    for (int i = from; i < from + BLOCK; i += 4) {
      even |= (high[i] - low[i]) | (high[i + 1] - low[i + 1]);
      odd |= (high[i + 2] - low[i + 2]) | (high[i + 3] - low[i + 3]);
    }
    return even | odd;
  }

  /** The greater count at every place. */
  static long[] max(long[] first, long[] second) {
    long[] greater = new long[first.length];
    for (int i = 0; i < greater.length; i++) {
      greater[i] = Math.max(first[i], second[i]);
    }
    return greater;
  }
}
