package dev.coeval.time;

/** Arithmetic of intervals, held at the ends of the range. */
final class Bounds {

  private Bounds() {}

  /** What held at a tick, some ticks later, by an oscillator that can be wrong. */
  static BoundedInstant widen(BoundedInstant bounds, long dt, double growth) {
    if (!bounds.isBounded()) {
      return BoundedInstant.UNBOUNDED;
    }
    long wider = growth == 0 ? 0 : (long) Math.ceil(Math.abs((double) dt) * growth) + 1;
    return new BoundedInstant(
        EpochNanos.addSaturated(
            bounds.earliestEpochNanos(), EpochNanos.subtractSaturated(dt, wider)),
        EpochNanos.addSaturated(bounds.latestEpochNanos(), EpochNanos.addSaturated(dt, wider)));
  }

  /** The same, later or earlier by so much. */
  static BoundedInstant shift(BoundedInstant bounds, long nanos) {
    return bounds.isBounded()
        ? new BoundedInstant(
            EpochNanos.addSaturated(bounds.earliestEpochNanos(), nanos),
            EpochNanos.addSaturated(bounds.latestEpochNanos(), nanos))
        : bounds;
  }

  /** All that either of two allows, and what lies between. */
  static BoundedInstant hull(BoundedInstant one, BoundedInstant other) {
    return new BoundedInstant(
        Math.min(one.earliestEpochNanos(), other.earliestEpochNanos()),
        Math.max(one.latestEpochNanos(), other.latestEpochNanos()));
  }
}
