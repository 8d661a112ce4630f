package dev.coeval.sync.select;

import java.util.Objects;

/**
 * What a source tells, as selection sees it: all candidates' offsets are of one tick.
 *
 * @param offsetNanos theta, the source's time minus local ticks, in nanoseconds
 * @param distanceNanos lambda, the root distance: how far the offset can be from the truth for all
 *     that is known, in nanoseconds; 0 to {@link #MAX_DISTANCE_NANOS}
 * @param jitterNanos psi, how the offsets of this source scatter, in nanoseconds; not negative
 * @param stratum how many steps it is from a reference, 0 to 16
 * @param options what its owner says of it
 */
public record Candidate(
    long offsetNanos, long distanceNanos, long jitterNanos, int stratum, SourceOptions options) {

  /** So large that nothing is known, so small that no end of an interval overflows: 36 years. */
  public static final long MAX_DISTANCE_NANOS = 1L << 60;

  /**
   * Checks the ranges.
   *
   * @param offsetNanos as above
   * @param distanceNanos as above
   * @param jitterNanos as above
   * @param stratum as above
   * @param options as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public Candidate {
    Objects.requireNonNull(options, "options");
    if (distanceNanos < 0 || distanceNanos > MAX_DISTANCE_NANOS) {
      throw new IllegalArgumentException("distanceNanos is out of range: " + distanceNanos);
    }
    if (jitterNanos < 0 || stratum < 0) {
      throw new IllegalArgumentException("negative: " + jitterNanos + ", " + stratum);
    }
  }

  /** The low end of the correctness interval, theta - lambda. */
  long lowNanos() {
    return Math.subtractExact(offsetNanos, distanceNanos);
  }

  /** The high end of the correctness interval, theta + lambda. */
  long highNanos() {
    return Math.addExact(offsetNanos, distanceNanos);
  }

  /** RFC 5905 section 11.2.2: a stratum counts as much as MAXDIST, one second. */
  double meritNanos() {
    return stratum * 1e9 + distanceNanos;
  }
}
