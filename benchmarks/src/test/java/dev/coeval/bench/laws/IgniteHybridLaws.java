package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridLaws;
import java.time.Duration;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Ignite's hybrid clock in the suite of hybrid clocks. */
@AddLifecycleHook(LawRecorder.class)
final class IgniteHybridLaws extends HybridLaws<IgniteStamp> {

  IgniteHybridLaws() {}

  @Override
  protected LogicalClock<IgniteStamp> clock(InstantSource source, Duration maxOffset) {
    return new IgniteClock(source, 0);
  }

  @Override
  protected long time(IgniteStamp stamp) {
    return stamp.epochMillis();
  }

  @Override
  protected int counter(IgniteStamp stamp) {
    return stamp.counter();
  }

  @Override
  protected int compare(IgniteStamp first, IgniteStamp second) {
    return first.compareTo(second);
  }
}
