package dev.coeval.logical.approximate;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A fixed number of counts that are zero or more: what both kinds of stamp are made of. */
final class Entries {

  /** The most entries of a stamp: as many as a vector timestamp may have, so no reason for more. */
  static final int MAX = 1 << 16;

  private static final char SEPARATOR = '.';

  private Entries() {}

  static int requireSize(int size) {
    if (size < 1 || size > MAX) {
      throw new IllegalArgumentException("the number of entries is not in 1.." + MAX + ": " + size);
    }
    return size;
  }

  /** A copy, if it may be the entries of a stamp. */
  static long[] copyOf(long[] counts) {
    requireSize(counts.length);
    long[] copy = counts.clone();
    for (long count : copy) {
      if (count < 0) {
        throw new IllegalArgumentException("a count is negative: " + count);
      }
    }
    return copy;
  }

  static void requireSameSize(long[] first, long[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "stamps of " + first.length + " and " + second.length + " entries do not compare");
    }
  }

  /** What a clock asks of a stamp before it takes it in. */
  static void requireAdmitted(long[] local, long[] remote) {
    if (local.length != remote.length) {
      throw new StampRejectedException(
          StampRejectedException.Reason.OTHER_SIZE,
          remote.length + " entries, where this clock has " + local.length);
    }
    for (long count : remote) {
      if (count == Long.MAX_VALUE) {
        throw new StampRejectedException(
            StampRejectedException.Reason.COUNTER_EXHAUSTED, "an entry cannot be counted further");
      }
    }
  }

  static boolean isBelowOrEqual(long[] first, long[] second) {
    boolean below = true;
    for (int i = 0; i < first.length; i++) {
      below &= first[i] <= second[i];
    }
    return below;
  }

  static long[] max(long[] first, long[] second) {
    long[] greater = new long[first.length];
    for (int i = 0; i < greater.length; i++) {
      greater[i] = Math.max(first[i], second[i]);
    }
    return greater;
  }

  /**
   * How likely it is that counts are nowhere above limits when they are shuffled. The greatest
   * count fits wherever a limit is as great; the next one fits there and maybe elsewhere, but for
   * the place that is taken; and so on.
   */
  static double belowWhenShuffled(long[] counts, long[] limits) {
    long[] sorted = sorted(counts);
    long[] sortedLimits = sorted(limits);
    int size = sorted.length;
    double probability = 1;
    int places = 0;
    for (int taken = 0; taken < size; taken++) {
      long count = sorted[size - 1 - taken];
      while (places < size && sortedLimits[size - 1 - places] >= count) {
        places++;
      }
      probability *= (double) Math.max(0, places - taken) / (size - taken);
    }
    return probability;
  }

  /** How likely it is that counts are others exactly when they are shuffled. */
  static double equalWhenShuffled(long[] counts, long[] others) {
    long[] sorted = sorted(counts);
    if (!Arrays.equals(sorted, sorted(others))) {
      return 0;
    }
    double probability = 1;
    int alike = 0;
    for (int i = 0; i < sorted.length; i++) {
      alike = i > 0 && sorted[i] == sorted[i - 1] ? alike + 1 : 1;
      probability *= (double) alike / (i + 1);
    }
    return probability;
  }

  private static long[] sorted(long[] counts) {
    long[] sorted = counts.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static int encodedLength(long[] counts) {
    int length = StampOutput.varintLength(counts.length);
    for (long count : counts) {
      length += StampOutput.varintLength(count);
    }
    return length;
  }

  static void encode(long[] counts, ByteBuffer buffer) {
    StampOutput.varint(counts.length, buffer);
    for (long count : counts) {
      StampOutput.varint(count, buffer);
    }
  }

  static long[] decode(ByteBuffer buffer) {
    int size = StampInput.count(MAX, 1, buffer);
    if (size == 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a stamp with no entries");
    }
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      counts[i] = StampInput.varint(buffer);
    }
    return counts;
  }

  static String text(long[] counts) {
    StringBuilder text = new StringBuilder();
    for (long count : counts) {
      text.append(text.length() == 0 ? "" : SEPARATOR).append(count);
    }
    return text.toString();
  }

  /** The counts in the text; an IllegalArgumentException if it cannot be what was written. */
  static long[] parse(String text) {
    long size = 1 + text.chars().filter(unit -> unit == SEPARATOR).count();
    long[] counts = new long[requireSize((int) Math.min(size, Integer.MAX_VALUE))];
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      int end = i == counts.length - 1 ? text.length() : text.indexOf(SEPARATOR, start);
      counts[i] = Long.parseLong(text, start, end, 10);
      start = end + 1;
    }
    return counts;
  }
}
