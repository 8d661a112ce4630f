package dev.coeval.time;

/**
 * One paired reading of the local tick source and the local wall clock.
 *
 * <p>The wall clock was read at a tick in {@code [tickNanos, tickNanos + spanNanos]}, so {@code
 * spanNanos} bounds the error of the pairing.
 *
 * @param tickNanos local ticks, in nanoseconds from an origin of the host's own; never decreasing
 * @param wallEpochNanos what the wall clock said, in nanoseconds since the Unix epoch; may be
 *     stepped by others at any time
 * @param spanNanos how long reading the wall clock took, in ticks; at least 0
 */
public record ClockReading(long tickNanos, long wallEpochNanos, long spanNanos) {

  /**
   * Checks the ranges that the components state.
   *
   * @param tickNanos as above
   * @param wallEpochNanos as above
   * @param spanNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public ClockReading {
    if (spanNanos < 0) {
      throw new IllegalArgumentException("spanNanos is negative: " + spanNanos);
    }
  }
}
