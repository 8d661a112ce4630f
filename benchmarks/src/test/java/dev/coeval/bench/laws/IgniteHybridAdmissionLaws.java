package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridAdmissionLaws;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Ignite's hybrid clock in the suite of hybrid clocks under attack. */
@AddLifecycleHook(LawRecorder.class)
final class IgniteHybridAdmissionLaws extends HybridAdmissionLaws<IgniteStamp> {

  IgniteHybridAdmissionLaws() {}

  @Override
  protected LogicalClock<IgniteStamp> clock(
      InstantSource source, Duration maxOffset, IgniteStamp highWaterMark) {
    return new IgniteClock(source, highWaterMark.packed());
  }

  @Override
  protected IgniteStamp stamp(long time, int counter) {
    return IgniteStamp.of(time, counter);
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
  protected BigInteger packed(IgniteStamp stamp) {
    return BigInteger.valueOf(stamp.packed());
  }

  @Override
  protected IgniteStamp unpacked(BigInteger packed) {
    return new IgniteStamp(packed.longValueExact());
  }

  @Override
  protected int compare(IgniteStamp first, IgniteStamp second) {
    return first.compareTo(second);
  }
}
