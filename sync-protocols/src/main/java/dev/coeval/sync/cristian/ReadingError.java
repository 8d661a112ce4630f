package dev.coeval.sync.cristian;

/**
 * How good a reading of a remote clock is, how to demand a better one, and how long it lasts: the
 * formulas of Cristian (1989), in whole nanoseconds, always rounded to the safe side. Pure
 * functions.
 *
 * <p>{@code rho} is the drift bound of the local oscillator, {@code 2D} the round trip by the local
 * clock, without the time that the server itself took, and {@code min} the least time that a
 * datagram takes one way. What the server says of its own error comes on top.
 */
public final class ReadingError {
  private static final long BILLION = 1_000_000_000L;

  private ReadingError() {}

  /**
   * The largest error of a reading, taken as the middle of its interval: {@code D (1 + 2 rho) -
   * min}, with {@code rho / (1 - rho)} for {@code rho}, as the paper neglects its square.
   *
   * @param roundTripNanos 2D, in nanoseconds; not negative
   * @param minOneWayNanos min, in nanoseconds; not negative
   * @param driftBoundPpb rho, in parts per billion; 0 to 100,000,000
   * @return nanoseconds, rounded up; negative if a round trip was shorter than twice the least
   */
  public static long ofRoundTrip(long roundTripNanos, long minOneWayNanos, long driftBoundPpb) {
    long drift = share(roundTripNanos, driftBoundPpb, BILLION - driftBoundPpb);
    return ceilDiv(roundTripNanos, 2) + drift - minOneWayNanos;
  }

  /**
   * The longest round trip that keeps a reading's error to a given one: {@code 2U = 2 (1 - 2 rho)
   * (error + min)}. Readings of a longer one are to be discarded.
   *
   * @param errorNanos the error wanted, in nanoseconds; not negative
   * @param minOneWayNanos min, in nanoseconds; not negative
   * @param driftBoundPpb rho, in parts per billion; 0 to 100,000,000
   * @return nanoseconds, rounded down
   * @throws ArithmeticException if the result is no {@code long}
   */
  public static long maxRoundTripNanos(long errorNanos, long minOneWayNanos, long driftBoundPpb) {
    long half = Math.addExact(errorNanos, minOneWayNanos);
    long twice = Math.multiplyExact(2, half);
    return twice - share(twice, 2 * driftBoundPpb, BILLION);
  }

  /**
   * How long a reading keeps an error below a target while nothing new is heard: {@code (target -
   * error) / rho}, by local ticks.
   *
   * @param targetNanos the error that must not be exceeded, in nanoseconds; not negative
   * @param errorNanos the error now, in nanoseconds; not negative
   * @param driftBoundPpb rho, in parts per billion; 0 to 100,000,000
   * @return nanoseconds, rounded down; 0 if the target is exceeded already, {@link Long#MAX_VALUE}
   *     for ever
   */
  public static long validForNanos(long targetNanos, long errorNanos, long driftBoundPpb) {
    long room = targetNanos - errorNanos - 1; // the last one for what rounding adds
    if (room <= 0) {
      return 0;
    }
    long whole = driftBoundPpb == 0 ? Long.MAX_VALUE : room / driftBoundPpb;
    if (whole >= Long.MAX_VALUE / BILLION) {
      return Long.MAX_VALUE;
    }
    // (1 - rho) / rho: dt local ticks may have been as much as dt / (1 - rho) true nanoseconds
    long ticksPerError = BILLION - driftBoundPpb;
    return whole * ticksPerError + room % driftBoundPpb * ticksPerError / driftBoundPpb;
  }

  /** {@code nanos * part / whole}, rounded up, without overflow on the way. */
  private static long share(long nanos, long part, long whole) {
    long much = Math.multiplyExact(nanos / whole, part);
    return Math.addExact(much, ceilDiv(nanos % whole * part, whole));
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
