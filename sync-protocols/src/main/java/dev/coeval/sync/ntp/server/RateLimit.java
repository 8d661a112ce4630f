package dev.coeval.sync.ntp.server;

/**
 * How often one client is answered: a token bucket, with a leak.
 *
 * <p><b>The bucket.</b> A client gathers credit as time passes, up to {@link #burst} replies; a
 * reply costs 2^{@link #intervalExponent} seconds of it. One who asks no more often than that is
 * always answered. One who is new has a full bucket.
 *
 * <p><b>The leak.</b> Source addresses can be forged, so somebody else can empty a client's bucket
 * by asking in its name. A reply to one in 2^{@link #leakExponent} of the requests that are over
 * the limit, chosen at random, lets the client through often enough to stay synchronized (Malhotra
 * et al., "Attacking the Network Time Protocol", NDSS 2016, section V, is the attack; chrony's
 * {@code ratelimit} has the remedy and the same numbers). Such a reply empties the bucket.
 *
 * <p><b>The kiss.</b> One in 2^{@link #kissExponent} of the requests that are left gets a
 * kiss-o'-death RATE (RFC 5905 section 7.4) which a client that behaves answers by asking less
 * often.
 *
 * @param intervalExponent log₂ of the seconds that one reply costs, -19 to 12
 * @param burst how many replies can be had at once after a silence, 1 to 255
 * @param leakExponent 1 to 16, or {@link #NEVER}
 * @param kissExponent 0 to 16 (0: all of them), or {@link #NEVER}
 */
public record RateLimit(int intervalExponent, int burst, int leakExponent, int kissExponent) {

  /** No request over the limit gets such a reply. */
  public static final int NEVER = -1;

  /** Every request is answered. */
  public static final RateLimit NONE = new RateLimit(0, 0, NEVER, NEVER);

  /**
   * A reply per 8 s, 8 at once, a quarter leaks, as chrony has it; of the rest a quarter is kissed.
   */
  public static final RateLimit DEFAULT = new RateLimit(3, 8, 2, 2);

  private static final int MIN_INTERVAL = -19;
  private static final int MAX_INTERVAL = 12;
  private static final int MAX_BURST = 255;
  private static final int MAX_EXPONENT = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @param intervalExponent as above
   * @param burst as above
   * @param leakExponent as above
   * @param kissExponent as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public RateLimit {
    if (intervalExponent < MIN_INTERVAL || intervalExponent > MAX_INTERVAL) {
      throw new IllegalArgumentException("intervalExponent is out of range: " + intervalExponent);
    }
    if (burst < 0 || burst > MAX_BURST) { // 0 is NONE's
      throw new IllegalArgumentException("burst is out of range: " + burst);
    }
    if (leakExponent != NEVER && (leakExponent < 1 || leakExponent > MAX_EXPONENT)) {
      throw new IllegalArgumentException("leakExponent is out of range: " + leakExponent);
    }
    if (kissExponent < NEVER || kissExponent > MAX_EXPONENT) {
      throw new IllegalArgumentException("kissExponent is out of range: " + kissExponent);
    }
  }

  /**
   * Whether there is a limit.
   *
   * @return false for {@link #NONE}
   */
  public boolean isLimited() {
    return burst > 0;
  }

  /** What a reply costs, in nanoseconds of credit; at least 1907. */
  long costNanos() {
    return intervalExponent >= 0
        ? NANOS_PER_SECOND << intervalExponent
        : NANOS_PER_SECOND >> -intervalExponent;
  }

  /** What a full bucket holds, in nanoseconds of credit; at most 12 days. */
  long capacityNanos() {
    return burst * costNanos();
  }
}
