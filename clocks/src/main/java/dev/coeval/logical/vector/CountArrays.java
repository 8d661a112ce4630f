package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;

/**
 * The loops over counts, which is where the time goes.
 *
 * <p>A comparison first skips what is equal, many counts at a time. The first difference rules out
 * one direction, so that only the other has to be looked for in the rest, and the first count that
 * goes there ends the search.
 *
 * <p>Each loop takes a chunk, and as many counts of another array from a place on.
 */
final class CountArrays {

  private CountArrays() {}

  /** How the first counts stand to the second; both have the same length. */
  static CausalOrder relation(long[] first, long[] second) {
    return relation(first, 0, second);
  }

  /** How the counts from a place on stand to a chunk. */
  static CausalOrder relation(long[] counts, int from, long[] chunk) {
    int different = Arrays.mismatch(counts, from, from + chunk.length, chunk, 0, chunk.length);
    if (different < 0) {
      return CausalOrder.EQUAL;
    }
    int rest = different + 1;
    if (counts[from + different] < chunk[different]) {
      return noneGreater(counts, from, chunk, rest) ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
    }
    return noneLess(counts, from, chunk, rest) ? CausalOrder.AFTER : CausalOrder.CONCURRENT;
  }

  private static boolean noneGreater(long[] counts, int from, long[] chunk, int rest) {
    for (int i = rest; i < chunk.length; i++) {
      if (counts[from + i] > chunk[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean noneLess(long[] counts, int from, long[] chunk, int rest) {
    for (int i = rest; i < chunk.length; i++) {
      if (counts[from + i] < chunk[i]) {
        return false;
      }
    }
    return true;
  }

  /** The greater count at every place; both have the same length. */
  static long[] max(long[] first, long[] second) {
    long[] greater = new long[first.length];
    for (int i = 0; i < greater.length; i++) {
      greater[i] = max(first[i], second[i]);
    }
    return greater;
  }

  /** Raises the counts from a place on to those of a chunk where these are greater. */
  static void raise(long[] counts, int from, long[] chunk) {
    for (int i = 0; i < chunk.length; i++) {
      counts[from + i] = max(counts[from + i], chunk[i]);
    }
  }

  /**
   * The greater of two counts, in a form that is done for several at a time: counts are not
   * negative, so their difference does not overflow, and its sign is a mask.
   */
  private static long max(long first, long second) {
    long difference = first - second;
    return first - (difference & difference >> (Long.SIZE - 1));
  }
}
