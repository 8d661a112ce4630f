package dev.coeval.sync.berkeley;

/**
 * A clock as its coordinator sees it at one moment, relative to the coordinator's own.
 *
 * @param index the member's place in the coordinator's list, {@link #OWN} for its own clock
 * @param nanos that clock minus the coordinator's, the most likely value
 * @param lowNanos certainly not less than this
 * @param highNanos certainly not more than this
 * @param likelyErrorNanos one standard deviation of {@code nanos}
 * @param pace how fast that clock can go
 */
record ClockSeen(
    int index, long nanos, long lowNanos, long highNanos, long likelyErrorNanos, Pace pace) {
  static final int OWN = -1;

  /** A time is read off a line by cutting fractions of a nanosecond. */
  static final long ROUNDING_NANOS = 2;

  /**
   * How fast a clock can go.
   *
   * @param boundPpb by how much its rate can differ from true time's
   * @param settled whether it promises to keep to that
   */
  record Pace(long boundPpb, boolean settled) {}

  static ClockSeen own(Pace pace) {
    return new ClockSeen(OWN, 0, -ROUNDING_NANOS, ROUNDING_NANOS, 0, pace);
  }

  boolean isOwn() {
    return index == OWN;
  }

  boolean isSettled() {
    return pace.settled();
  }

  long errorNanos() {
    return Math.max(highNanos - nanos, nanos - lowNanos);
  }
}
