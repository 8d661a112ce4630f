package dev.coeval.logical.treeclock;

import java.util.OptionalLong;

/** Our tree clock keeps the laws among few threads, where it is a vector. */
final class FlatTreeClockContract extends TreeClockSuite {

  @Override
  protected TreeClock owned(int thread, int threads) {
    return TreeClock.of(thread, threads);
  }

  @Override
  protected TreeClock blank(int threads) {
    return TreeClock.blank(threads);
  }

  /** A vector touches everything. */
  @Override
  protected OptionalLong touched(TreeClock clock) {
    return OptionalLong.empty();
  }
}
