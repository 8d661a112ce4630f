package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.HybridAdmissionLaws;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The clock of nanoseconds keeps the laws of hybrid clocks under attack; its packed form is the
 * encoded one without the header.
 */
final class HybridNanoAdmissionContract extends HybridAdmissionLaws<HybridNanoTimestamp> {

  @Override
  protected LogicalClock<HybridNanoTimestamp> clock(
      InstantSource source, Duration maxOffset, HybridNanoTimestamp highWaterMark) {
    return HybridNanoClock.resumeAbove(source, maxOffset, highWaterMark);
  }

  @Override
  protected HybridNanoTimestamp stamp(long time, int counter) {
    return HybridNanoTimestamp.of(time, counter);
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
  protected BigInteger packed(HybridNanoTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(HybridNanoTimestampCodec.ENCODED_LENGTH);
    HybridNanoTimestampCodec.encode(stamp, buffer);
    return new BigInteger(1, buffer.array(), 1, buffer.capacity() - 1);
  }

  @Override
  protected HybridNanoTimestamp unpacked(BigInteger packed) {
    return HybridNanoTimestamp.of(
        packed.shiftRight(Integer.SIZE).longValueExact(),
        packed.and(BigInteger.valueOf(0xFFFF_FFFFL)).intValueExact());
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

  @Override
  protected int maxCounter() {
    return HybridNanoTimestamp.MAX_COUNTER;
  }

  @Override
  protected int counterBits() {
    return Integer.SIZE;
  }
}
