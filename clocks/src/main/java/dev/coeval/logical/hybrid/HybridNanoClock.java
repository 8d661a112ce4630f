package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A hybrid logical clock of nanoseconds: {@link HybridLogicalClock} with a finer time and a stamp
 * of 96 bits.
 *
 * <p><strong>Problem.</strong> In stamps of milliseconds all but a few events share their time, so
 * the stamp tells nothing of the time between them; and other systems' stamps of microseconds or
 * nanoseconds do not fit.
 *
 * <p><strong>Idea.</strong> The same rule on the pair (nanoseconds, counter): the first stamp after
 * our own and the remote one, or physical time with counter 0 if that is greater. What holds is
 * what holds there, with nanoseconds for milliseconds. The counter spills into the next nanosecond
 * after 2<sup>31</sup> events: never, in practice.
 *
 * <p><strong>Known attack.</strong> Stamps from the future; see {@link HybridClock}.
 *
 * <p><strong>Ends of time.</strong> A physical time outside 1970 to 2262 is taken as the nearer
 * end. After {@link HybridNanoTimestamp#MAX} a call throws {@link ArithmeticException}.
 *
 * <p>Lock-free and thread-safe, given that the source is: the state is the latest stamp, replaced
 * by compare-and-set.
 *
 * <p>Source: Kulkarni et al., OPODIS 2014, figure 5.
 */
public final class HybridNanoClock extends HybridClock<HybridNanoTimestamp> {

  private final AtomicReference<HybridNanoTimestamp> state;

  private HybridNanoClock(HybridClockBuilder<HybridNanoTimestamp, HybridNanoClock> chosen) {
    super(chosen);
    this.state = new AtomicReference<>(chosen.highWaterMark);
  }

  /**
   * A clock with no past, that rejects stamps from too far ahead.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be
   * @return the clock
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridNanoClock of(InstantSource source, Duration maxOffset) {
    return builder(source).maxOffset(maxOffset).build();
  }

  /**
   * The clock of a process that starts again, that rejects stamps from too far ahead.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be
   * @param highWaterMark a stamp at least as large as every one the process ever issued
   * @return a clock whose stamps are all after the mark
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridNanoClock resumeAbove(
      InstantSource source, Duration maxOffset, HybridNanoTimestamp highWaterMark) {
    return builder(source).maxOffset(maxOffset).resumeAbove(highWaterMark).build();
  }

  /**
   * A clock of which more is to be chosen.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @return a builder
   */
  public static HybridClockBuilder<HybridNanoTimestamp, HybridNanoClock> builder(
      InstantSource source) {
    return new HybridClockBuilder<>(source, HybridNanoTimestamp.MIN, HybridNanoClock::new);
  }

  @Override
  public HybridNanoTimestamp tick() {
    return advancePast(HybridNanoTimestamp.MIN, physicalTime());
  }

  @Override
  public HybridNanoTimestamp latest() {
    return Objects.requireNonNull(state.get());
  }

  @Override
  HybridNanoTimestamp advancePast(HybridNanoTimestamp remote, long physical) {
    while (true) {
      HybridNanoTimestamp local = latest();
      HybridNanoTimestamp greatest = local.isBefore(remote) ? remote : local;
      HybridNanoTimestamp next =
          greatest.epochNanos() < physical ? stampAt(physical) : greatest.next();
      if (state.compareAndSet(local, next)) {
        return next;
      }
    }
  }

  @Override
  void raiseTo(HybridNanoTimestamp floor) {
    state.accumulateAndGet(floor, (local, other) -> local.isBefore(other) ? other : local);
  }

  @Override
  boolean leadsWithin(HybridNanoTimestamp stamp, long limit) {
    return stamp.epochNanos() < limit
        || (stamp.epochNanos() == limit && stamp.counter() < HybridNanoTimestamp.MAX_COUNTER);
  }

  @Override
  HybridNanoTimestamp stampAt(long time) {
    return HybridNanoTimestamp.of(time, 0);
  }

  @Override
  long lastTime() {
    return HybridNanoTimestamp.MAX_EPOCH_NANOS;
  }

  @Override
  long nanosPerUnit() {
    return 1;
  }

  @Override
  long physicalTime() {
    Instant now = source.instant();
    if (now.getEpochSecond() < 0) {
      return 0;
    }
    try {
      return HybridNanoTimestamp.epochNanosOf(now);
    } catch (ArithmeticException beyondLong) {
      return HybridNanoTimestamp.MAX_EPOCH_NANOS;
    }
  }
}
