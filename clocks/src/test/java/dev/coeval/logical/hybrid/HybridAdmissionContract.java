package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridAdmissionLaws;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;

/** Our hybrid clock keeps the laws of hybrid clocks under attack. */
final class HybridAdmissionContract extends HybridAdmissionLaws<HybridTimestamp> {

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
