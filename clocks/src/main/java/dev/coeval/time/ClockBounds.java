package dev.coeval.time;

/**
 * What is known of the true time from a tick on.
 *
 * @param guaranteed the interval that certainly holds it at the model's anchor
 * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion
 * @param characterisedTick the tick of the other interval, which ages from its estimate on: were it
 *     taken anew at each anchor, the random walk would begin anew too
 * @param characterised the interval that likely holds it
 */
record ClockBounds(
    BoundedInstant guaranteed,
    long driftBoundPpb,
    long characterisedTick,
    Characterised characterised) {
  private static final double PPB = 1e-9;

  static ClockBounds unknown(long driftBoundPpb) {
    return new ClockBounds(BoundedInstant.UNBOUNDED, driftBoundPpb, 0, Characterised.NONE);
  }

  /** By how much an end moves for each tick: see {@link ClockModel}. */
  double growth() {
    return driftBoundPpb * PPB / (1 - driftBoundPpb * PPB);
  }

  /** What is known so many ticks after the anchor, for an anchor there. */
  ClockBounds after(long ticks) {
    return with(Bounds.widen(guaranteed, ticks, growth()), characterised);
  }

  /** The same, later or earlier by so much. */
  ClockBounds shifted(long nanos) {
    return with(
        Bounds.shift(guaranteed, nanos),
        characterised.of(Bounds.shift(characterised.bounds(), nanos)));
  }

  /** What an estimate knows, so many ticks after it. */
  ClockBounds of(ClockEstimate estimate, long age) {
    return new ClockBounds(
        Bounds.widen(estimate.bounds(), age, growth()),
        driftBoundPpb,
        estimate.tickNanos(),
        estimate.bounds().isBounded() ? estimate.characterised() : Characterised.NONE);
  }

  /**
   * What is likely, within what is certain. If nothing is within, something was learned that is not
   * so, and the certain alone remains.
   */
  BoundedInstant likelyAt(long tick, BoundedInstant certain) {
    return characterised.after(tick - characterisedTick).intersection(certain).orElse(certain);
  }

  private ClockBounds with(BoundedInstant certain, Characterised likely) {
    return new ClockBounds(certain, driftBoundPpb, characterisedTick, likely);
  }
}
