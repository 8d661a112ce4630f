package dev.coeval.sync.ntp;

/**
 * How long until the next request to one server.
 *
 * <p>A burst first. Then the shortest interval, doubled when {@link #LIMIT} samples more have
 * agreed with the clock than have not, halved when as many more have not (the counter of RFC 5905
 * section 11.3, in steps of one). A lost exchange goes back to the shortest interval, so that an
 * outage is noticed and its end too; a server that stays silent is asked less and less often. A
 * server that says RATE is never again asked as often as it was then.
 */
final class PollInterval {

  /** So many samples must speak for another interval; RFC 5905's 30 grows by the exponent. */
  static final int LIMIT = 8;

  /** However short the intervals configured, RATE may lengthen them up to NTP's usual maximum. */
  private static final long MAX_RATE_NANOS = 1_024_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_EXPONENT = 17;

  private final NtpPolling polling;
  private long floorNanos;
  private long nanos;
  private int burstLeft;
  private int count;

  PollInterval(NtpPolling polling) {
    this.polling = polling;
    this.floorNanos = polling.minNanos();
    this.nanos = floorNanos;
    this.burstLeft = polling.initial().requests();
  }

  /** The interval after the request that is being sent. */
  long afterRequest() {
    if (burstLeft > 0) {
      burstLeft--;
    }
    return current();
  }

  long timeoutNanos() {
    return polling.timeoutNanos();
  }

  /** The interval in force. */
  long current() {
    return burstLeft > 0 ? polling.initial().intervalNanos() : nanos;
  }

  /** A sample came out of the filter: whether the clock, as it was before, agrees with it. */
  void sample(boolean agrees) {
    count += agrees ? 1 : -2;
    if (count >= LIMIT) {
      count = 0;
      nanos = Math.min(longest(), nanos * 2);
    } else if (count <= -LIMIT) {
      count = 0;
      nanos = Math.max(floorNanos, nanos / 2);
    }
  }

  /** An exchange was lost: so many in a row by now, of those that may be before the server is. */
  void missed(int misses, int allowed) {
    count = 0;
    nanos = misses <= allowed ? floorNanos : Math.min(longest(), nanos * 2);
  }

  /** The server wants fewer requests, and says how many (RFC 5905 section 7.4). */
  void rate(int exponent) {
    long asked = exponent < 0 ? 0 : NANOS_PER_SECOND << Math.min(exponent, MAX_EXPONENT);
    long limit = Math.max(longest(), MAX_RATE_NANOS);
    burstLeft = 0;
    count = 0;
    nanos = Math.min(limit, Math.max(asked, nanos * 2));
    floorNanos = nanos;
  }

  private long longest() {
    return Math.max(floorNanos, polling.maxNanos());
  }
}
