package dev.coeval.time;

import java.util.Objects;

/**
 * A bound that rests on what was learned of the local oscillator, beside the guaranteed one, which
 * rests on its drift bound alone.
 *
 * <p>It is made of the same readings: no part of a round trip is left out because it is unlikely.
 * Only the time since each reading is judged by the learned drift. So it is never narrower than
 * half the asymmetry that could be there.
 *
 * @param bounds the interval that holds the true time at the estimate's tick, as likely as the
 *     drift says
 * @param drift how it ages from then on
 */
public record Characterised(BoundedInstant bounds, LearnedDrift drift) {

  /** Nothing is known beyond the drift bound: the guaranteed interval is all there is. */
  public static final Characterised NONE =
      new Characterised(BoundedInstant.UNBOUNDED, new LearnedDrift(0, 0, 0, 1, 1));

  /**
   * Checks that nothing is missing.
   *
   * @param bounds as above
   * @param drift as above
   */
  public Characterised {
    Objects.requireNonNull(bounds, "bounds");
    Objects.requireNonNull(drift, "drift");
  }

  /**
   * Whether anything is known beyond the drift bound.
   *
   * @return false for {@link #NONE}
   */
  public boolean isKnown() {
    return bounds.isBounded();
  }

  /** The same of another interval. */
  Characterised of(BoundedInstant other) {
    return isKnown() ? new Characterised(other, drift) : this;
  }

  /** The interval so many ticks after the estimate. */
  BoundedInstant after(long ticks) {
    if (!isKnown()) {
      return BoundedInstant.UNBOUNDED;
    }
    long gone = EpochNanos.addSaturated(ticks, drift.gainNanosAfter(ticks));
    long wider = drift.errorNanosAfter(ticks);
    return new BoundedInstant(
        EpochNanos.addSaturated(
            bounds.earliestEpochNanos(), EpochNanos.subtractSaturated(gone, wider)),
        EpochNanos.addSaturated(bounds.latestEpochNanos(), EpochNanos.addSaturated(gone, wider)));
  }
}
