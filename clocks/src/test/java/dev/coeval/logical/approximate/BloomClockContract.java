package dev.coeval.logical.approximate;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.ApproximateLaws;

/** Our Bloom clock keeps the laws of approximate clocks. */
final class BloomClockContract extends ApproximateLaws<BloomTimestamp> {

  private static final int CELLS = 8;

  @Override
  protected LogicalClock<BloomTimestamp> clock(String name) {
    return BloomClock.of(name, CELLS, 2);
  }

  @Override
  protected Answer relation(BloomTimestamp first, BloomTimestamp second) {
    return switch (first.relationTo(second)) {
      case PLAUSIBLY_BEFORE -> Answer.BEFORE;
      case PLAUSIBLY_AFTER -> Answer.AFTER;
      case PLAUSIBLY_EQUAL -> Answer.EQUAL;
      case CONCURRENT -> Answer.CONCURRENT;
    };
  }

  @Override
  protected double falseOrderProbability(BloomTimestamp first, BloomTimestamp second) {
    return first.falseOrderProbability(second);
  }

  @Override
  protected BloomTimestamp exhausted() {
    long[] cells = new long[CELLS];
    cells[3] = Long.MAX_VALUE;
    return BloomTimestamp.of(cells);
  }
}
