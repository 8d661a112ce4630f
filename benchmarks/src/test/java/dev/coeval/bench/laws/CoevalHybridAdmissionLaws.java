package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.laws.HybridAdmissionLaws;
import java.time.Duration;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Our hybrid clock in the suite of hybrid clocks under attack. */
@AddLifecycleHook(LawRecorder.class)
final class CoevalHybridAdmissionLaws extends HybridAdmissionLaws<HybridTimestamp> {

  CoevalHybridAdmissionLaws() {}

  @Override
  protected LogicalClock<HybridTimestamp> clock(
      InstantSource source, Duration maxOffset, HybridTimestamp highWaterMark) {
    return HybridLogicalClock.resumeAbove(source, maxOffset, highWaterMark);
  }

  @Override
  protected HybridTimestamp stamp(long epochMillis, int counter) {
    return HybridTimestamp.of(epochMillis, counter);
  }

  @Override
  protected long epochMillis(HybridTimestamp stamp) {
    return stamp.epochMillis();
  }

  @Override
  protected int counter(HybridTimestamp stamp) {
    return stamp.counter();
  }

  @Override
  protected long packed(HybridTimestamp stamp) {
    return stamp.packed();
  }

  @Override
  protected HybridTimestamp unpacked(long packed) {
    return HybridTimestamp.ofPacked(packed);
  }

  @Override
  protected int compare(HybridTimestamp first, HybridTimestamp second) {
    return first.compareTo(second);
  }
}
