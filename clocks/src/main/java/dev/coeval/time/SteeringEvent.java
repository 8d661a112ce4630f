package dev.coeval.time;

/**
 * After what an update brings a clock to an estimate: each may have its own rule for steps ({@link
 * SteeringPolicy}).
 */
public enum SteeringEvent {
  /** Nothing is known yet: the clock stands where the wall clock was when it was made. */
  START,
  /** An update like any other. */
  RUNNING,
  /**
   * The host was suspended: ticks stood still, so the clock is behind by as much as nobody knows.
   * Or the wall clock was stepped, which looks the same.
   */
  RESUME,
  /** The sources tell another time than before. */
  SOURCE_STEP,
}
