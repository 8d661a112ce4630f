package dev.coeval.bench.lab;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The seeds from one to another.
 *
 * @param first the first
 * @param last the last, not below it
 */
record Seeds(long first, long last) {
  private static final int MAX = 100_000;

  Seeds {
    if (last < first || last - first >= MAX) {
      throw new IllegalArgumentException("not seeds: " + first + "-" + last);
    }
  }

  /** As in {@code 1-100} or {@code 7}. */
  static Seeds parse(String text) {
    String[] ends = text.split("-", 2);
    try {
      long first = Long.parseLong(ends[0]);
      return new Seeds(first, ends.length > 1 ? Long.parseLong(ends[1]) : first);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not seeds: " + text, e);
    }
  }

  int count() {
    return (int) (last - first + 1);
  }

  /** The first of them. */
  Seeds atMost(int count) {
    return new Seeds(first, Math.min(last, first + count - 1));
  }

  List<Long> all() {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Override
  public String toString() {
    return first == last ? "" + first : first + "-" + last;
  }
}
