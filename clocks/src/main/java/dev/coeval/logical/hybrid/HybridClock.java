package dev.coeval.logical.hybrid;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all hybrid clocks do, whatever the unit of their time: admission of foreign stamps, and
 * snapshots.
 *
 * <p><strong>Problem.</strong> A clock that follows the largest time heard of can be led anywhere:
 * one node whose wall clock is wrong, or that lies, sends a time far in the future, and all others
 * follow, to the end of the range.
 *
 * <p><strong>Idea.</strong> Two honest nodes cannot be further apart than the sum of their errors.
 * A stamp from further ahead ({@link MaxOffset}) proves that one of the two clocks is wrong, and is
 * treated by the {@link AdmissionPolicy} chosen. Steps of a receipt:
 *
 * <ol>
 *   <li>Read physical time, once. A stamp that is not ahead of it is admitted at once.
 *   <li>Otherwise ask for the maximum offset. A stamp is within it if its successor is, as that is
 *       what the clock may have to give.
 *   <li>Otherwise tell the listener who sent what, and reject, clamp, or accept.
 *   <li>Move to the first stamp after our own and the admitted one that is not before physical
 *       time.
 * </ol>
 *
 * <p><strong>Known attack.</strong> A node that stays just within the maximum offset can lead the
 * others by that much and no more. A node that floods with stamps from too far ahead costs each
 * receiver one reading of the clock and one report; it cannot stop them ({@link #tryReceive} does
 * without the exception).
 *
 * <p><strong>Snapshots.</strong> The events with stamps up to {@code t} are a consistent cut: with
 * an event they hold all that happened before it. At a node the cut is complete once no later event
 * can get a stamp up to {@code t}; {@link #closeUpTo} makes it so without waiting for the wall
 * clock. (Under {@link AdmissionPolicy#CLAMP} neither holds for clamped messages.)
 *
 * <p>Lock-free and thread-safe, given that the source and the maximum offset are.
 *
 * <p>Source: S. Kulkarni, M. Demirbas, D. Madappa, B. Avva, M. Leone, "Logical physical clocks and
 * consistent snapshots in globally distributed databases", OPODIS 2014, sections 3 to 5.
 *
 * @param <T> the stamp
 */
public abstract sealed class HybridClock<T extends HybridStamp<T>> implements LogicalClock<T>
    permits HybridLogicalClock, HybridNanoClock {

  /**
   * A maximum offset for nodes kept together by NTP: 500 ms, far above the error of a healthy NTP
   * client and still far below what a person would call a wrong time.
   */
  public static final Duration DEFAULT_MAX_OFFSET = Duration.ofMillis(500);

  private static final String UNNAMED = "an unnamed sender";

  final InstantSource source;
  private final MaxOffset maxOffset;
  private final AdmissionPolicy policy;
  private final Consumer<? super AdmissionReport<T>> listener;

  HybridClock(HybridClockBuilder<T, ?> chosen) {
    this.source = chosen.source;
    this.maxOffset = chosen.maxOffset;
    this.policy = chosen.policy;
    this.listener = chosen.listener;
  }

  /** Physical time in the unit of the stamps, brought into their range. */
  abstract long physicalTime();

  /** Whether the stamp after this one has a time up to the limit. */
  abstract boolean leadsWithin(T stamp, long limit);

  /** The stamp of a time, with counter 0. */
  abstract T stampAt(long time);

  /** Moves to the first stamp after our own and the remote one that is not before physical time. */
  abstract T advancePast(T remote, long physical);

  /** Moves to a stamp, unless already past it. */
  abstract void raiseTo(T floor);

  /** The largest time of a stamp. */
  abstract long lastTime();

  /** The unit of the stamps' time. */
  abstract long nanosPerUnit();

  /**
   * {@inheritDoc}
   *
   * <p>Under {@link AdmissionPolicy#CLAMP} the stamp returned is not after a stamp that was
   * clamped.
   */
  @Override
  public final T receive(T remote) {
    return receive(remote, UNNAMED);
  }

  /**
   * Stamps the receipt of a message whose sender is known: as {@link #receive(HybridStamp)}, and a
   * report or rejection names the sender.
   *
   * @param remote the stamp that the message carries
   * @param sender who sent it: what the message came from, not what it claims to come from
   * @return a stamp after {@code remote}, unless it was clamped, and after every earlier stamp of
   *     this clock
   * @throws StampRejectedException if the clock does not admit {@code remote}: with {@link
   *     Reason#TOO_FAR_AHEAD} by the policy, with {@link Reason#COUNTER_EXHAUSTED} because no
   *     greater stamp exists; the clock is then unchanged
   * @throws ArithmeticException if no stamp after our own exists; the clock is then unchanged
   */
  public final T receive(T remote, String sender) {
    long physical = physicalTime();
    AdmissionReport<T> report = objection(remote, physical, sender);
    if (report == null) {
      return advancePast(remote, physical);
    }
    if (report.admittedAs().isEmpty()) {
      throw rejected(remote, report.ahead() + " ahead, from " + sender, report.maxOffset());
    }
    return advancePast(report.admittedAs().get(), physical);
  }

  /**
   * Stamps the receipt of a message, or says that its stamp is not admitted. This is {@link
   * #receive(HybridStamp)} for those who expect bad stamps and would rather not pay for an
   * exception.
   *
   * @param remote the stamp that the message carries
   * @return what {@code receive} returns; empty where it throws {@link StampRejectedException}, and
   *     the clock is then unchanged
   * @throws ArithmeticException if no stamp after our own exists; the clock is then unchanged
   */
  public final Optional<T> tryReceive(T remote) {
    return tryReceive(remote, UNNAMED);
  }

  /**
   * As {@link #tryReceive(HybridStamp)}, and a report names the sender.
   *
   * @param remote the stamp that the message carries
   * @param sender who sent it
   * @return what {@code receive} returns; empty where it throws {@link StampRejectedException}, and
   *     the clock is then unchanged
   * @throws ArithmeticException if no stamp after our own exists; the clock is then unchanged
   */
  public final Optional<T> tryReceive(T remote, String sender) {
    long physical = physicalTime();
    AdmissionReport<T> report = objection(remote, physical, sender);
    return report == null
        ? Optional.of(advancePast(remote, physical))
        : report.admittedAs().map(admitted -> advancePast(admitted, physical));
  }

  /**
   * Completes the snapshot at a stamp on this node: when this returns, every event that has or will
   * get a stamp up to the limit has it already. When all nodes have done so, the events up to the
   * limit are a consistent cut, and it will not change any more.
   *
   * <p>It is no event: no stamp is given, and nothing is sent. A limit in the past costs one read.
   *
   * @param limit the last stamp of the snapshot
   * @throws StampRejectedException if the limit is further ahead of physical time than the maximum
   *     offset, whatever the policy; the clock is then unchanged
   */
  public final void closeUpTo(T limit) {
    if (latest().compareTo(limit) >= 0) {
      return;
    }
    long physical = physicalTime();
    if (!leadsWithin(limit, physical)) {
      long offset = offsetNanos();
      if (!leadsWithin(limit, limit(physical, offset))) {
        throw rejected(limit, "a snapshot " + ahead(limit, physical), Duration.ofNanos(offset));
      }
    }
    raiseTo(limit);
  }

  /** What there is to say against a stamp, said to the listener already; null if nothing. */
  private @Nullable AdmissionReport<T> objection(T remote, long physical, String sender) {
    Objects.requireNonNull(sender, "sender");
    if (leadsWithin(remote, physical)) {
      return null;
    }
    long offset = offsetNanos();
    long limit = limit(physical, offset);
    if (leadsWithin(remote, limit)) {
      return null;
    }
    AdmissionReport<T> report =
        new AdmissionReport<>(
            remote,
            sender,
            ahead(remote, physical),
            Duration.ofNanos(offset),
            admittedAs(remote, limit));
    listener.accept(report);
    return report;
  }

  private Optional<T> admittedAs(T remote, long limit) {
    return switch (policy) {
      case REJECT -> Optional.empty();
      case CLAMP -> Optional.of(stampAt(limit));
      case ACCEPT_AND_REPORT ->
          leadsWithin(remote, lastTime()) ? Optional.of(remote) : Optional.empty();
    };
  }

  private long offsetNanos() {
    return Math.max(0, maxOffset.nanos());
  }

  /** The largest time that a received stamp may lead to; saturated, so never wrapped. */
  private long limit(long physical, long offsetNanos) {
    if (offsetNanos == Long.MAX_VALUE) {
      return lastTime();
    }
    long units = offsetNanos / nanosPerUnit() + (offsetNanos % nanosPerUnit() == 0 ? 0 : 1);
    return units < lastTime() - physical ? physical + units : lastTime();
  }

  private Duration ahead(T stamp, long physical) {
    return Duration.between(stampAt(physical).toInstant(), stamp.toInstant());
  }

  private StampRejectedException rejected(T stamp, String what, Duration most) {
    return new StampRejectedException(
        leadsWithin(stamp, lastTime()) ? Reason.TOO_FAR_AHEAD : Reason.COUNTER_EXHAUSTED,
        stamp + " is " + what + "; the maximum is " + most + " ahead of physical time");
  }

  /**
   * The clock as text, for people.
   *
   * @return the class and the latest stamp
   */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + latest() + "]";
  }
}
