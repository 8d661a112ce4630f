package dev.coeval.logical.treeclock;

import java.util.OptionalLong;

/** Our tree clock keeps the laws while clocks around it give their trees up and grow new ones. */
final class AdaptiveTreeClockContract extends TreeClockSuite {

  @Override
  protected TreeClock owned(int thread, int threads) {
    return new TreeClock(thread, threads, new TreeWorth(1, 2, 2), true);
  }

  @Override
  protected TreeClock blank(int threads) {
    return new TreeClock(Links.NOBODY, threads, new TreeWorth(1, 2, 2), true);
  }

  /** A vector touches everything. */
  @Override
  protected OptionalLong touched(TreeClock clock) {
    return OptionalLong.empty();
  }
}
