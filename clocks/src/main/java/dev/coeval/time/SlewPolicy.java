package dev.coeval.time;

import java.time.Duration;

/**
 * How an offset is taken up without a step: by making the clock run a little faster or slower for a
 * while.
 *
 * <p>The while follows the interval between updates, of which it is an eighth: a clock that is
 * corrected several times a second gets its corrections at once, one that is corrected every minute
 * gets them so gently that its rate is hardly disturbed, and either is done long before the next
 * one comes. An update that comes while an offset is being taken up does not hurry what is left.
 *
 * @param maxPpb the largest slew, in parts per billion of the rate; 1 to {@link
 *     SteeringPolicy#MAX_SLEW_LIMIT_PPB}
 * @param leastNanos an offset is spread over at least this time, in nanoseconds; not negative
 * @param mostNanos an offset is spread over at most this time, unless the largest slew makes it
 *     longer, in nanoseconds; at least {@code leastNanos}
 */
public record SlewPolicy(long maxPpb, long leastNanos, long mostNanos) {

  /** One twelfth, two seconds, and 256 s. */
  public static final SlewPolicy DEFAULT =
      new SlewPolicy(
          SteeringPolicy.DEFAULT_MAX_SLEW_PPB,
          Duration.ofSeconds(2).toNanos(),
          Duration.ofSeconds(256).toNanos());

  private static final int SHARE = 8;
  private static final double PPB = 1e-9;

  /**
   * Checks the ranges that the components state.
   *
   * @param maxPpb as above
   * @param leastNanos as above
   * @param mostNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public SlewPolicy {
    if (maxPpb < 1 || maxPpb > SteeringPolicy.MAX_SLEW_LIMIT_PPB) {
      throw new IllegalArgumentException("maxPpb is out of range: " + maxPpb);
    }
    if (leastNanos < 0 || mostNanos < leastNanos) {
      throw new IllegalArgumentException(
          "leastNanos or mostNanos is out of range: " + leastNanos + ", " + mostNanos);
    }
  }

  /**
   * Over a fixed time, whatever the interval between updates.
   *
   * @param maxPpb the largest slew, in parts per billion of the rate
   * @param nanos the time, in nanoseconds
   * @return the policy
   */
  public static SlewPolicy over(long maxPpb, long nanos) {
    return new SlewPolicy(maxPpb, nanos, nanos);
  }

  /** The largest slew, in seconds a second. */
  double fastest() {
    return maxPpb * PPB;
  }

  /**
   * The ticks over which an offset is spread.
   *
   * @param intervalNanos since the update before
   * @param leftNanos what is left of the time over which that one is spread
   */
  double ticksFor(long offsetNanos, long intervalNanos, long leftNanos) {
    long wanted = Math.max(intervalNanos / SHARE, leftNanos);
    long spread = Math.max(leastNanos, Math.min(mostNanos, wanted));
    return Math.max((double) spread, Math.ceil(Math.abs((double) offsetNanos) / fastest()));
  }
}
