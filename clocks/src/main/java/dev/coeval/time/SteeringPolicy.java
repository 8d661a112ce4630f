package dev.coeval.time;

import java.time.Duration;
import java.util.Objects;

/**
 * How a clock is brought to an estimate: how fast it may be slewed, how gently, and when it may be
 * stepped.
 *
 * @param maxSlewPpb the largest slew, in parts per billion of the rate; 1 to {@link
 *     #MAX_SLEW_LIMIT_PPB}
 * @param slewNanos an offset is spread over at least this time, in nanoseconds, unless the largest
 *     slew makes it longer; not negative
 * @param step when to step instead
 */
public record SteeringPolicy(long maxSlewPpb, long slewNanos, StepPolicy step) {

  /** No slew may be faster than this: a third, so that a clock always moves forward. */
  public static final long MAX_SLEW_LIMIT_PPB = 333_333_333L;

  /** One twelfth, the largest slew that chrony allows itself on Linux. */
  public static final long DEFAULT_MAX_SLEW_PPB = 83_333_333L;

  /**
   * Checks the ranges that the components state.
   *
   * @param maxSlewPpb as above
   * @param slewNanos as above
   * @param step as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public SteeringPolicy {
    Objects.requireNonNull(step, "step");
    if (maxSlewPpb < 1 || maxSlewPpb > MAX_SLEW_LIMIT_PPB) {
      throw new IllegalArgumentException("maxSlewPpb is out of range: " + maxSlewPpb);
    }
    if (slewNanos < 0) {
      throw new IllegalArgumentException("slewNanos is negative: " + slewNanos);
    }
  }

  /**
   * Slews of at most a twelfth, spread over at least half a second, and steps as given.
   *
   * @param step when to step
   * @return the policy
   */
  public static SteeringPolicy with(StepPolicy step) {
    return new SteeringPolicy(DEFAULT_MAX_SLEW_PPB, Duration.ofMillis(500).toNanos(), step);
  }
}
