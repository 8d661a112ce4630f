package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.laws.HybridLaws;
import java.time.Duration;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Our hybrid clock in the suite of hybrid clocks. */
@AddLifecycleHook(LawRecorder.class)
final class CoevalHybridLaws extends HybridLaws<HybridTimestamp> {

  CoevalHybridLaws() {}

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
