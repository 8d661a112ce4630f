package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How far ahead of a node's physical time a received stamp may be.
 *
 * <p>What it has to be: let the physical time of the sender be within {@code e1} of the true time,
 * and ours within {@code e2}. The sender's was at most {@code truth + e1} when it gave the stamp,
 * and the truth is at most {@code ours + e2} when we receive it, so the stamp of an honest node is
 * at most {@code e1 + e2} ahead of us. (So is one that the sender has from a third node, with the
 * largest {@code e} of all it heard from for {@code e1}.) Anything less refuses good nodes,
 * anything more only gives a bad one more room.
 *
 * <p>A hybrid clock asks when a stamp is ahead of its physical time, and not otherwise: a local
 * event costs one reading of the wall clock and nothing more. Implementations are thread-safe.
 */
@FunctionalInterface
public interface MaxOffset {

  /**
   * The maximum now. The clock rounds it up to its unit of time, so that no honest stamp is refused
   * for the rounding.
   *
   * @return nanoseconds; negative counts as 0, {@link Long#MAX_VALUE} is no limit
   */
  long nanos();

  /**
   * The same for ever: a flag of the whole cluster, as CockroachDB has it.
   *
   * @param offset the maximum; one of more than 292 years is no limit
   * @return the maximum
   * @throws IllegalArgumentException if the offset is negative
   */
  static MaxOffset of(Duration offset) {
    long nanos = requireNanos(offset);
    return () -> nanos;
  }

  /**
   * Twice the live error of our own clock: for nodes whose clocks are kept alike.
   *
   * <p>A node that has just been synchronized expects as much of the others; where their errors
   * grow and shrink at different times, use {@link #live(LongSupplier, Duration)}.
   *
   * @param errorNanos how far our own physical time can be from the truth now, such as {@code
   *     source::errorNanos} of a bounded source. If it throws {@link IllegalStateException}, as a
   *     source that is not synchronized does, or gives {@link Long#MAX_VALUE}, no error is known:
   *     the maximum is then 0, so that nothing ahead of our physical time is admitted. A node that
   *     does not know the time must not let others tell it; its local events go on.
   * @return the maximum
   */
  static MaxOffset live(LongSupplier errorNanos) {
    Objects.requireNonNull(errorNanos, "errorNanos");
    return () -> {
      long own = knownNanos(errorNanos);
      return addSaturated(own, own);
    };
  }

  /**
   * The live error of our own clock, and the largest error with which another node still stamps.
   *
   * @param errorNanos how far our own physical time can be from the truth now; where it is not
   *     known, the maximum is 0 as in {@link #live(LongSupplier)}
   * @param othersError the largest error of any other node's physical time
   * @return the maximum
   * @throws IllegalArgumentException if the others' error is negative
   */
  static MaxOffset live(LongSupplier errorNanos, Duration othersError) {
    Objects.requireNonNull(errorNanos, "errorNanos");
    long others = requireNanos(othersError);
    return () -> {
      long own = knownNanos(errorNanos);
      return own < 0 ? 0 : addSaturated(own, others);
    };
  }

  /** The error, or a negative number if it is not known. */
  private static long knownNanos(LongSupplier errorNanos) {
    try {
      long nanos = errorNanos.getAsLong();
      return nanos == Long.MAX_VALUE ? -1 : nanos;
    } catch (IllegalStateException notSynchronized) {
      return -1;
    }
  }

  /** A known sum is never so large that it would count as no limit. */
  private static long addSaturated(long own, long others) {
    return own < 0 ? 0 : own < Long.MAX_VALUE - others ? own + others : Long.MAX_VALUE - 1;
  }

  private static long requireNanos(Duration offset) {
    if (offset.isNegative()) {
      throw new IllegalArgumentException("offset is negative: " + offset);
    }
    return offset.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L
        ? Long.MAX_VALUE
        : offset.toNanos();
  }
}
