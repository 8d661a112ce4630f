package dev.coeval.logical.treeclock;

/** Our tree clock keeps the laws while it is a tree, whatever that costs. */
final class TreeClockContract extends TreeClockSuite {

  @Override
  protected TreeClock owned(int thread, int threads) {
    return new TreeClock(thread, threads, TreeWorth.always(), true);
  }

  @Override
  protected TreeClock blank(int threads) {
    return new TreeClock(Links.NOBODY, threads, TreeWorth.always(), true);
  }
}
