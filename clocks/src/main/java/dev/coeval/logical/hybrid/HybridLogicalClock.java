package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

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
 *   <li>A received stamp never takes the clock further than {@code pt} plus the maximum offset.
 * </ul>
 *
 * <p><strong>Known attack.</strong> One node whose clock is wrong, or that lies, sends a time far
 * in the future, and all others follow, to the end of the range. So a stamp from further ahead than
 * the maximum offset is rejected and leaves the clock as it was. The offset must be at least the
 * largest true difference between two wall clocks, or good nodes will reject each other. A
 * rejection says that one of the two clocks is wrong, not which.
 *
 * <p><strong>Ends of time.</strong> A physical time outside 1970 to 6429 is taken as the nearer
 * end. After {@link HybridTimestamp#MAX} a call throws {@link ArithmeticException}; nothing ever
 * wraps around.
 *
 * <p><strong>Restart.</strong> If the wall clock may have been set back while the process was down,
 * save a stamp at least as large as every one issued and continue with {@link #resumeAbove}.
 *
 * <p>Lock-free and thread-safe, given that the source is: the state is one {@code long}, moved by
 * compare-and-set.
 *
 * <p>Source: S. Kulkarni, M. Demirbas, D. Madappa, B. Avva, M. Leone, "Logical physical clocks and
 * consistent snapshots in globally distributed databases", OPODIS 2014, figure 5 and section 3.
 */
public final class HybridLogicalClock implements LogicalClock<HybridTimestamp> {

  /**
   * A maximum offset for nodes kept together by NTP: 500 ms, far above the error of a healthy NTP
   * client and still far below what a person would call a wrong time.
   */
  public static final Duration DEFAULT_MAX_OFFSET = Duration.ofMillis(500);

  private final InstantSource source;
  private final long maxOffsetMillis;
  private final AtomicLong latest;

  private HybridLogicalClock(InstantSource source, Duration maxOffset, HybridTimestamp mark) {
    this.source = Objects.requireNonNull(source, "source");
    if (maxOffset.isNegative()) {
      throw new IllegalArgumentException("maximum offset is negative: " + maxOffset);
    }
    this.maxOffsetMillis = saturatedMillis(maxOffset);
    this.latest = new AtomicLong(mark.packed());
  }

  /**
   * A clock with no past.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be, in whole milliseconds
   *     (a fraction is dropped)
   * @return the clock
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridLogicalClock of(InstantSource source, Duration maxOffset) {
    return new HybridLogicalClock(source, maxOffset, HybridTimestamp.MIN);
  }

  /**
   * The clock of a process that starts again.
   *
   * @param source physical time, read once for every event; may err, step and freeze
   * @param maxOffset how far ahead of physical time a received stamp may be, in whole milliseconds
   *     (a fraction is dropped)
   * @param highWaterMark a stamp at least as large as every one the process ever issued
   * @return a clock whose stamps are all after the mark
   * @throws IllegalArgumentException if the offset is negative
   */
  public static HybridLogicalClock resumeAbove(
      InstantSource source, Duration maxOffset, HybridTimestamp highWaterMark) {
    return new HybridLogicalClock(source, maxOffset, highWaterMark);
  }

  private static long saturatedMillis(Duration offset) {
    return offset.toSeconds() >= HybridTimestamp.MAX_EPOCH_MILLIS / 1000
        ? HybridTimestamp.MAX_EPOCH_MILLIS
        : offset.toMillis();
  }

  @Override
  public HybridTimestamp tick() {
    return advancePast(HybridTimestamp.MIN, physicalMillis());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted ({@link Reason#TOO_FAR_AHEAD}) is a stamp whose successor has a time after
   * physical time plus the maximum offset, or no successor at all.
   */
  @Override
  public HybridTimestamp receive(HybridTimestamp remote) {
    long physical = physicalMillis();
    if (!admits(remote, physical)) {
      throw rejected(remote, physical);
    }
    return advancePast(remote, physical);
  }

  /**
   * Stamps the receipt of a message, or says that its stamp is not admitted. This is {@link
   * #receive} for those who expect bad stamps and would rather not pay for an exception.
   *
   * @param remote the stamp that the message carries
   * @return what {@code receive} returns; empty where it throws {@link StampRejectedException}, and
   *     the clock is then unchanged
   * @throws ArithmeticException if no greater stamp exists; the clock is then unchanged
   */
  public Optional<HybridTimestamp> tryReceive(HybridTimestamp remote) {
    long physical = physicalMillis();
    return admits(remote, physical) ? Optional.of(advancePast(remote, physical)) : Optional.empty();
  }

  @Override
  public HybridTimestamp latest() {
    return HybridTimestamp.ofPacked(latest.get());
  }

  /** Whether the stamp after the remote one is still within the limit. */
  private boolean admits(HybridTimestamp remote, long physical) {
    return remote.packed() < HybridTimestamp.pack(limit(physical), HybridTimestamp.MAX_COUNTER);
  }

  /** The largest time that a received stamp may lead to; saturated, so never wrapped. */
  private long limit(long physical) {
    return Math.min(physical + maxOffsetMillis, HybridTimestamp.MAX_EPOCH_MILLIS);
  }

  private StampRejectedException rejected(HybridTimestamp remote, long physical) {
    return new StampRejectedException(
        Reason.TOO_FAR_AHEAD,
        remote
            + " is "
            + (remote.epochMillis() - physical)
            + " ms ahead of physical time; the maximum is "
            + maxOffsetMillis
            + " ms");
  }

  /** Moves to the first stamp after our own and the remote one that is not before physical time. */
  private HybridTimestamp advancePast(HybridTimestamp remote, long physical) {
    long now = HybridTimestamp.pack(physical, 0);
    while (true) {
      long local = latest.get();
      long greatest = Math.max(local, remote.packed());
      if (greatest == Long.MAX_VALUE) {
        throw new ArithmeticException("the clock is at the largest stamp");
      }
      long next = Math.max(now, greatest + 1);
      if (latest.compareAndSet(local, next)) {
        return HybridTimestamp.ofPacked(next);
      }
    }
  }

  /** Physical time in milliseconds, brought into the range of a stamp. */
  private long physicalMillis() {
    long millis;
    try {
      millis = source.millis();
    } catch (ArithmeticException beyondLong) {
      millis = source.instant().getEpochSecond() < 0 ? 0 : HybridTimestamp.MAX_EPOCH_MILLIS;
    }
    return Math.max(0, Math.min(millis, HybridTimestamp.MAX_EPOCH_MILLIS));
  }

  /**
   * The clock as text, for people.
   *
   * @return the class and the latest stamp
   */
  @Override
  public String toString() {
    return "HybridLogicalClock[" + latest() + "]";
  }
}
