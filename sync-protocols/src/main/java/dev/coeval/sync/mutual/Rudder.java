package dev.coeval.sync.mutual;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;

/**
 * Turns adjustments into corrections of the node's own clock, and keeps its pace.
 *
 * <p>Until it has settled, a clock may step (by its policy) and slew as fast as it can. It settles
 * when a correction is small and clocks are near, or after some rounds in any case, and from then
 * on is never steered off its oscillator's rate by more than {@link PaceConfig#maxSteerPpb()}: what
 * is too much for one round is left to the next.
 */
final class Rudder {
  private static final double PPB = 1e-9;

  /** Keeps the slew clear of its limit while the clock takes the correction over. */
  private static final double SLEW_SHARE = 0.9;

  /** Halving an hour's difference so often leaves milliseconds: what is left then is noise. */
  private static final int MAX_UNSETTLED_ROUNDS = 20;

  /** A clock that has nothing to correct while others are far has only met the middle of them. */
  private static final long NEAR = 2;

  private final PaceConfig pace;
  private boolean settled;
  private int unsettledRounds;

  Rudder(PaceConfig pace) {
    this.pace = pace;
  }

  boolean isSettled() {
    return settled;
  }

  /** The clock is not what it was: it may be set freely again. */
  void release() {
    settled = false;
    unsettledRounds = 0;
  }

  /** What of an adjustment is done in this round, in which clocks were so far apart. */
  Adjustment allow(Adjustment wanted, long spreadNanos) {
    double most = pace.maxSteerPpb() * PPB;
    double rate = Math.max(-most, Math.min(most, wanted.rate()));
    long limit = (long) ((most - Math.abs(rate)) * pace.slewNanos() * SLEW_SHARE);
    boolean isSmall = Math.abs(wanted.nanos()) <= limit && spreadNanos <= NEAR * limit;
    if (!settled) {
      settled = isSmall || ++unsettledRounds > MAX_UNSETTLED_ROUNDS;
    }
    long nanos = settled ? Math.max(-limit, Math.min(limit, wanted.nanos())) : wanted.nanos();
    return new Adjustment(nanos, rate);
  }

  /** The estimate that steers the clock so, from what its model shows at a tick. */
  static ClockEstimate estimate(
      ClockModel model, long tick, Adjustment done, long errorNanos, BoundedInstant bounds) {
    long target = model.epochNanosAt(tick) + done.nanos();
    return new ClockEstimate(tick, target, done.rate(), errorNanos, bounds);
  }
}
