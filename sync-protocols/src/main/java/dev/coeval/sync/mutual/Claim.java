package dev.coeval.sync.mutual;

import dev.coeval.sync.measure.OffsetBounds;
import java.util.Arrays;

/**
 * What is certain of a group's honest clocks when up to f of all may be false.
 *
 * <p>Of each clock it is known that it is not below its low and not above its high; of those that
 * could not be read, or promise no pace, nothing: {@code ±} infinity. At most f of the lows are
 * lies, so of the f + 1 lowest ones one is honest, and fewer than f + 1 honest clocks have a low
 * below the (f + 1)-th of all: it is not above the (f + 1)-th lowest honest clock. The same holds
 * from above. With {@code n >= 3f + 1} there are at least {@code 2f + 1} honest clocks, so the two
 * limits enclose all honest clocks but their f lowest and f highest: the median of them always, and
 * with f = 0 every clock.
 */
final class Claim {
  private final long[] lows;
  private final long[] highs;
  private final int liars;
  private int size;

  Claim(int clocks, int liars) {
    this.lows = new long[clocks];
    this.highs = new long[clocks];
    this.liars = liars;
  }

  void clear() {
    size = 0;
  }

  void add(long low, long high) {
    lows[size] = low;
    highs[size] = high;
    size++;
  }

  /** A clock of which nothing is known. */
  void addUnknown() {
    add(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The limits at a tick, minus ticks; infinite on a side of which nothing is certain. */
  OffsetBounds at(long tick) {
    Arrays.sort(lows, 0, size);
    Arrays.sort(highs, 0, size);
    return new OffsetBounds(tick, lows[liars], highs[size - 1 - liars]);
  }
}
