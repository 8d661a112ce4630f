package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.laws.HybridAdmissionLaws;
import java.math.BigInteger;
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
  protected HybridTimestamp stamp(long time, int counter) {
    return HybridTimestamp.of(time, counter);
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
  protected BigInteger packed(HybridTimestamp stamp) {
    return BigInteger.valueOf(stamp.packed());
  }

  @Override
  protected HybridTimestamp unpacked(BigInteger packed) {
    return HybridTimestamp.ofPacked(packed.longValueExact());
  }

  @Override
  protected int compare(HybridTimestamp first, HybridTimestamp second) {
    return first.compareTo(second);
  }
}
