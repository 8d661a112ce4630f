package dev.coeval.time;

/**
 * Where time stands at a tick, and how it goes on.
 *
 * @param tick the anchor, in local ticks
 * @param epochNanos the time there
 * @param frequency by how much time runs faster than ticks, in seconds a second
 * @param slew by how much faster still, until the slew is done
 * @param slewTicks how long that takes
 */
record ClockLine(long tick, long epochNanos, double frequency, double slew, long slewTicks) {

  /** From where time stands at a later tick to an offset from there, as gently as a policy says. */
  ClockLine slewing(
      long atTick, long standing, long offset, double newFrequency, SlewPolicy policy) {
    long interval = Math.max(atTick - tick, 0);
    double ticks = policy.ticksFor(offset, interval, Math.max(slewTicks - interval, 0));
    if (offset == 0 || ticks < 1) {
      return new ClockLine(atTick, standing, newFrequency, 0, 0);
    }
    long newTicks = (long) ticks; // held at 292 years, which does not make the slew faster
    double fastest = policy.fastest();
    double newSlew = Math.max(-fastest, Math.min(fastest, offset / (double) newTicks));
    return new ClockLine(atTick, standing, newFrequency, newSlew, newTicks);
  }

  /** The same, later or earlier by so much. */
  ClockLine shifted(long nanos) {
    return new ClockLine(
        tick, EpochNanos.addSaturated(epochNanos, nanos), frequency, slew, slewTicks);
  }
}
