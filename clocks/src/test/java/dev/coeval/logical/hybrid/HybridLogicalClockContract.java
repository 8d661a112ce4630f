package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridLaws;
import java.time.Duration;
import java.time.InstantSource;

/** Our hybrid clock keeps the laws of hybrid clocks along any execution. */
final class HybridLogicalClockContract extends HybridLaws<HybridTimestamp> {

  @Override
  protected LogicalClock<HybridTimestamp> clock(InstantSource source, Duration maxOffset) {
    return HybridLogicalClock.of(source, maxOffset);
  }

  @Override
  protected long time(HybridTimestamp stamp) {
    return stamp.epochMillis();
  }

  @Override
  protected int counter(HybridTimestamp stamp) {
    return stamp.counter();
  }

  @Override
  protected int compare(HybridTimestamp first, HybridTimestamp second) {
    return first.compareTo(second);
  }
}
