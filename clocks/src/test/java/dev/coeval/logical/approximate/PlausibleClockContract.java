package dev.coeval.logical.approximate;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.ApproximateLaws;

/** Our R-entries clock keeps the laws of approximate clocks. */
final class PlausibleClockContract extends ApproximateLaws<PlausibleTimestamp> {

  private static final int ENTRIES = 4;

  @Override
  protected LogicalClock<PlausibleTimestamp> clock(String name) {
    return PlausibleClock.of(name, ENTRIES);
  }

  @Override
  protected Answer relation(PlausibleTimestamp first, PlausibleTimestamp second) {
    return switch (first.relationTo(second)) {
      case PLAUSIBLY_BEFORE -> Answer.BEFORE;
      case PLAUSIBLY_AFTER -> Answer.AFTER;
      case PLAUSIBLY_EQUAL -> Answer.EQUAL;
      case CONCURRENT -> Answer.CONCURRENT;
    };
  }

  @Override
  protected double falseOrderProbability(PlausibleTimestamp first, PlausibleTimestamp second) {
    return first.falseOrderProbability(second);
  }

  @Override
  protected PlausibleTimestamp exhausted() {
    long[] counts = new long[ENTRIES];
    counts[3] = Long.MAX_VALUE;
    return PlausibleTimestamp.of(1, counts);
  }
}
