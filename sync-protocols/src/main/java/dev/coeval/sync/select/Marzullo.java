package dev.coeval.sync.select;

import dev.coeval.sync.measure.OffsetBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What several sources say together when some of them may be false (Marzullo 1984; Marzullo and
 * Owicki 1983).
 *
 * <p><b>Idea.</b> Of {@code n} sources at most {@code f} are false, so at least {@code n - f}
 * intervals hold the truth: the truth is a point that at least {@code n - f} intervals cover.
 * Nobody knows which of those points it is, so the answer is the smallest interval that holds all
 * of them: the <em>hull</em>.
 *
 * <p><b>Why {@code f} is fixed.</b> RFC 5905 section 11.2.1 seeks the smallest {@code f} for which
 * any point is left. That gives a narrow interval and a false one: a liar who stands a little
 * beside the truth overlaps some honest intervals better than they overlap each other, and all
 * three of three may then meet where the truth is not. As a bound only a fixed {@code f} is sound;
 * the largest group that meets ({@link Agreement#agreeing}) is good enough for a likely point.
 *
 * <p>The hull is as wide as some interval at most if {@code f < n / 2}. Beyond that it stays sound
 * as long as {@code n > f}, but liars can stretch it as they like.
 *
 * <p>Pure functions; the work grows with the square of the number of intervals.
 */
public final class Marzullo {

  /** More sources are more work than worth; NTP's clients use some ten. */
  public static final int MAX_INTERVALS = 256;

  private Marzullo() {}

  /**
   * What the intervals agree on.
   *
   * @param hull the smallest interval that holds every point covered by {@code n - f} intervals;
   *     empty if there is no such point: then more than {@code f} are false
   * @param coverage how many intervals the best covered point has
   * @param agreeing the indices of the intervals that cover a best covered point, ascending
   * @param disagreeing the indices of the intervals that share no point with the hull, ascending:
   *     these are false if no more than {@code f} are; without a hull, all that are not agreeing
   */
  public record Agreement(
      OffsetBounds hull, int coverage, List<Integer> agreeing, List<Integer> disagreeing) {

    /**
     * Copies the lists.
     *
     * @param hull as above
     * @param coverage as above
     * @param agreeing as above
     * @param disagreeing as above
     */
    public Agreement {
      Objects.requireNonNull(hull, "hull");
      agreeing = List.copyOf(agreeing);
      disagreeing = List.copyOf(disagreeing);
    }
  }

  /**
   * What holds if at most {@code faults} intervals are false.
   *
   * @param intervals one for each source, all of one tick; an empty one covers nothing
   * @param faults how many may be false, 0 to the number of intervals - 1
   * @return the agreement
   * @throws IllegalArgumentException if there are none or too many intervals, if they are of
   *     different ticks, or if {@code faults} is out of its range
   */
  public static Agreement intersect(List<OffsetBounds> intervals, int faults) {
    check(intervals, faults);
    int needed = intervals.size() - faults;
    long tick = intervals.get(0).tickNanos();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    int best = 0;
    for (OffsetBounds interval : intervals) {
      // The lowest point of a region is some interval's low end, the highest some high end.
      int atLow = coverage(intervals, interval.lowNanos());
      best = Math.max(best, atLow);
      if (atLow >= needed) {
        low = Math.min(low, interval.lowNanos());
      }
      if (coverage(intervals, interval.highNanos()) >= needed) {
        high = Math.max(high, interval.highNanos());
      }
    }
    OffsetBounds hull = new OffsetBounds(tick, low, high);
    List<Integer> agreeing = agreeing(intervals, best);
    return new Agreement(hull, best, agreeing, disagreeing(intervals, hull, agreeing));
  }

  private static void check(List<OffsetBounds> intervals, int faults) {
    int n = intervals.size();
    if (n == 0 || n > MAX_INTERVALS) {
      throw new IllegalArgumentException("number of intervals is out of range: " + n);
    }
    if (faults < 0 || faults >= n) {
      throw new IllegalArgumentException("faults is out of range: " + faults + " of " + n);
    }
    for (OffsetBounds interval : intervals) {
      if (interval.tickNanos() != intervals.get(0).tickNanos()) {
        throw new IllegalArgumentException("intervals of different ticks");
      }
    }
  }

  private static int coverage(List<OffsetBounds> intervals, long point) {
    int count = 0;
    for (OffsetBounds interval : intervals) {
      if (covers(interval, point)) {
        count++;
      }
    }
    return count;
  }

  private static boolean covers(OffsetBounds interval, long point) {
    return interval.lowNanos() <= point && point <= interval.highNanos();
  }

  private static List<Integer> agreeing(List<OffsetBounds> intervals, int best) {
    List<Integer> agreeing = new ArrayList<>();
    for (int i = 0; best > 0 && i < intervals.size(); i++) {
      for (OffsetBounds other : intervals) {
        long point = other.lowNanos();
        if (covers(intervals.get(i), point) && coverage(intervals, point) == best) {
          agreeing.add(i);
          break;
        }
      }
    }
    return agreeing;
  }

  private static List<Integer> disagreeing(
      List<OffsetBounds> intervals, OffsetBounds hull, List<Integer> agreeing) {
    List<Integer> disagreeing = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      OffsetBounds interval = intervals.get(i);
      boolean agrees = hull.isEmpty() ? agreeing.contains(i) : !interval.intersect(hull).isEmpty();
      if (interval.isEmpty() || !agrees) {
        disagreeing.add(i);
      }
    }
    return disagreeing;
  }
}
