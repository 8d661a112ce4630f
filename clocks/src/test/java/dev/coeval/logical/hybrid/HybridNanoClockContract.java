package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridLaws;
import java.time.Duration;
import java.time.InstantSource;

/** The clock of nanoseconds keeps the laws of hybrid clocks along any execution. */
final class HybridNanoClockContract extends HybridLaws<HybridNanoTimestamp> {

  @Override
  protected LogicalClock<HybridNanoTimestamp> clock(InstantSource source, Duration maxOffset) {
    return HybridNanoClock.of(source, maxOffset);
  }

  @Override
  protected long time(HybridNanoTimestamp stamp) {
    return stamp.epochNanos();
  }

  @Override
  protected int counter(HybridNanoTimestamp stamp) {
    return stamp.counter();
  }

  @Override
  protected int compare(HybridNanoTimestamp first, HybridNanoTimestamp second) {
    return first.compareTo(second);
  }

  @Override
  protected long unitNanos() {
    return 1;
  }

  @Override
  protected long lastTime() {
    return HybridNanoTimestamp.MAX_EPOCH_NANOS;
  }
}
