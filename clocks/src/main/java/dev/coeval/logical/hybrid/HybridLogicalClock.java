package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A hybrid logical clock: a Lamport clock that follows the wall clock.
 *
 * <p><strong>Problem.</strong> Stamps of the wall clock can put an effect before its cause; stamps
 * of a logical clock tell nobody what time it was.
 *
 * <p><strong>Idea.</strong> Keep the largest physical time heard of, and count the events that
 * share it. The paper spells this out in four cases for the pair (time, counter). In the packed
 * form of {@link HybridTimestamp} the counter's carry goes into the time, the pair is one number,
 * and the four cases are one line:
 *
 * <pre>
 *   state = max(physical time with counter 0, max(state, remote) + 1)
 * </pre>
 *
 * <p><strong>What holds.</strong> Let {@code pt} be the node's physical time at an event and {@code
 * l} the time part of its stamp.
 *
 * <ul>
 *   <li>Every stamp is greater than all that happened before it, whatever the wall clocks do: steps
 *       back, freezes, jumps.
 *   <li>{@code l >= pt}; and if all wall clocks agree within {@code eps}, {@code l <= pt + eps}.
 *   <li>When more than 65,535 events share one time, the counter spills into the next millisecond.
 *       The bound then becomes {@code eps + k / 65,536} ms for {@code k} events in the causal past
 *       since that time: 65 events a microsecond are needed to run ahead of real time at all.
 *   <li>A received stamp never takes the clock further than {@code pt} plus the maximum offset,
 *       unless the {@link AdmissionPolicy} says so.
 * </ul>
 *
 * <p><strong>Known attack.</strong> Stamps from the future; see {@link HybridClock}.
 *
 * <p><strong>Ends of time.</strong> A physical time outside 1970 to 6429 is taken as the nearer
 * end. After {@link HybridTimestamp#MAX} a call throws {@link ArithmeticException}; nothing ever
 * wraps around.
 *
 * <p><strong>Restart.</strong> If the wall clock may have been set back while the process was down,
 * save a stamp at least as large as every one issued and continue with {@link #resumeAbove}.
 *
 * <p>Lock-free and thread-safe, given that the source is. The state is one {@code long} on a cache
 * line of its own. An event of a new millisecond moves it by compare-and-set, every other event by
 * an atomic increment, which cannot fail and so costs two threads no retry.
 *
 * <p>Source: S. Kulkarni, M. Demirbas, D. Madappa, B. Avva, M. Leone, "Logical physical clocks and
 * consistent snapshots in globally distributed databases", OPODIS 2014, figure 5 and section 3.
 */
public final class HybridLogicalClock extends HybridClock<HybridTimestamp> {

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Where the state is, with 128 bytes of nothing on each side: two lines, fetched as a pair. */
  private static final int STATE = 16;

  private static final int PADDED_LENGTH = 33;

  /**
   * The state of the largest stamp. Calls after it may take the state further, which means the same
   * to everybody; it would take 2<sup>63</sup> of them to wrap around.
   */
  private static final long END = stateOf(Long.MAX_VALUE);

  private final AtomicLongArray state = new AtomicLongArray(PADDED_LENGTH);

  private HybridLogicalClock(HybridClockBuilder<HybridTimestamp, HybridLogicalClock> chosen) {
    super(chosen);
    state.set(STATE, stateOf(chosen.highWaterMark.packed()));
  }

  /**
   * A clock with no past, that rejects stamps from too far ahead.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be, rounded up to whole
   *     milliseconds
   * @return the clock
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridLogicalClock of(InstantSource source, Duration maxOffset) {
    return builder(source).maxOffset(maxOffset).build();
  }

  /**
   * The clock of a process that starts again, that rejects stamps from too far ahead.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be, rounded up to whole
   *     milliseconds
   * @param highWaterMark a stamp at least as large as every one the process ever issued
   * @return a clock whose stamps are all after the mark
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridLogicalClock resumeAbove(
      InstantSource source, Duration maxOffset, HybridTimestamp highWaterMark) {
    return builder(source).maxOffset(maxOffset).resumeAbove(highWaterMark).build();
  }

  /**
   * A clock of which more is to be chosen.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @return a builder
   */
  public static HybridClockBuilder<HybridTimestamp, HybridLogicalClock> builder(
      InstantSource source) {
    return new HybridClockBuilder<>(source, HybridTimestamp.MIN, HybridLogicalClock::new);
  }

  @Override
  public HybridTimestamp tick() {
    return advancePast(HybridTimestamp.MIN, physicalTime());
  }

  @Override
  public HybridTimestamp latest() {
    return stampOf(Math.min(state.get(STATE), END));
  }

  @Override
  HybridTimestamp advancePast(HybridTimestamp remote, long physical) {
    long now = stateOf(HybridTimestamp.pack(physical, 0));
    long received = stateOf(remote.packed());
    long floor = Math.max(now, received);
    while (true) {
      long local = state.get(STATE);
      if (local >= floor) {
        long next = state.incrementAndGet(STATE); // of whatever is there now: no less than local
        if (next > END) {
          throw new ArithmeticException("the clock is at the largest stamp");
        }
        return stampOf(next);
      }
      long next = Math.max(now, received + 1); // the last stamp is never admitted
      if (state.compareAndSet(STATE, local, next)) {
        return stampOf(next);
      }
    }
  }

  @Override
  void raiseTo(HybridTimestamp floor) {
    state.accumulateAndGet(STATE, stateOf(floor.packed()), Math::max);
  }

  /** The state of a packed stamp: the same order, from the least {@code long} up. */
  private static long stateOf(long packed) {
    return packed ^ Long.MIN_VALUE;
  }

  private static HybridTimestamp stampOf(long state) {
    return HybridTimestamp.ofPacked(state ^ Long.MIN_VALUE);
  }

  @Override
  boolean leadsWithin(HybridTimestamp stamp, long limit) {
    return stamp.packed() < HybridTimestamp.pack(limit, HybridTimestamp.MAX_COUNTER);
  }

  @Override
  HybridTimestamp stampAt(long time) {
    return HybridTimestamp.of(time, 0);
  }

  @Override
  long lastTime() {
    return HybridTimestamp.MAX_EPOCH_MILLIS;
  }

  @Override
  long nanosPerUnit() {
    return NANOS_PER_MILLI;
  }

  @Override
  long physicalTime() {
    long millis;
    try {
      millis = source.millis();
    } catch (ArithmeticException beyondLong) {
      millis = source.instant().getEpochSecond() < 0 ? 0 : HybridTimestamp.MAX_EPOCH_MILLIS;
    }
    return Math.max(0, Math.min(millis, HybridTimestamp.MAX_EPOCH_MILLIS));
  }
}
