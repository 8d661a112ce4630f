package dev.coeval.sync.cristian;

import java.time.Duration;

/**
 * What a {@link CristianClient} demands of a reading, and of itself.
 *
 * @param maxRoundTripNanos 2U: a reading whose round trip took longer is not accepted and the
 *     server is asked again. The server's own processing time does not count. See {@link
 *     ReadingError#maxRoundTripNanos} for the one that a wanted error needs. No reply is waited for
 *     longer than from one attempt to the next, whatever is allowed here
 * @param maxServerErrorNanos a server that says it may be further off than this is not accepted
 * @param targetErrorNanos the bound that must not be exceeded while the servers answer: it is
 *     resynchronized in time to keep it. 0 for none: then the interval alone counts
 */
public record CristianLimits(
    long maxRoundTripNanos, long maxServerErrorNanos, long targetErrorNanos) {

  /** One hour: far above any network's, and small enough that no sum of stamps overflows. */
  public static final long MAX_NANOS = Duration.ofHours(1).toNanos();

  /** Round trips up to a quarter of a second, servers within a second, no target. */
  public static final CristianLimits DEFAULT = new CristianLimits(250_000_000L, 1_000_000_000L, 0);

  /**
   * Checks the ranges that the components state.
   *
   * @param maxRoundTripNanos as above; 1 to {@link #MAX_NANOS}
   * @param maxServerErrorNanos as above; 0 to {@link #MAX_NANOS}
   * @param targetErrorNanos as above; 0 to {@link #MAX_NANOS}
   * @throws IllegalArgumentException if one is out of its range
   */
  public CristianLimits {
    check("maxRoundTripNanos", maxRoundTripNanos, 1);
    check("maxServerErrorNanos", maxServerErrorNanos, 0);
    check("targetErrorNanos", targetErrorNanos, 0);
  }

  /**
   * With another longest round trip.
   *
   * @param roundTrip the longest that is accepted
   * @return a copy
   */
  public CristianLimits withMaxRoundTrip(Duration roundTrip) {
    return new CristianLimits(roundTrip.toNanos(), maxServerErrorNanos, targetErrorNanos);
  }

  /**
   * With another limit for servers.
   *
   * @param error the largest error of its own that a server may have
   * @return a copy
   */
  public CristianLimits withMaxServerError(Duration error) {
    return new CristianLimits(maxRoundTripNanos, error.toNanos(), targetErrorNanos);
  }

  /**
   * With a bound to keep.
   *
   * @param error the bound that must not be exceeded while the servers answer; zero for none
   * @return a copy
   */
  public CristianLimits withTargetError(Duration error) {
    return new CristianLimits(maxRoundTripNanos, maxServerErrorNanos, error.toNanos());
  }

  private static void check(String name, long nanos, long least) {
    if (nanos < least || nanos > MAX_NANOS) {
      throw new IllegalArgumentException(name + " is out of range: " + nanos);
    }
  }
}
