package dev.coeval.sync.ntp;

import java.util.random.RandomGenerator;

/**
 * How long until the next request to one source.
 *
 * <p>A burst first. Then the shortest interval, doubled when as many samples more have agreed with
 * the clock than have not as {@link NtpPolling#agreements} says, halved when as many more have not
 * (the counter of RFC 5905 section 11.3, in steps of one). A poll that brings nothing goes back to
 * the shortest interval, so that an outage is noticed and its end too; a source that stays silent
 * is asked less and less often. A source that says RATE is never again asked as often as it was
 * then.
 *
 * <p>A poll may itself be a burst, over as soon as enough of its requests have brought time.
 */
final class PollSchedule {

  /** RFC 5905 section 13: intervals are made a little uneven; chrony adds up to 2 %. */
  private static final double SPACING = 0.02;

  /** After a RATE so many intervals pass before the next request, as chrony has it. */
  private static final int LEFT_OUT = 5;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_EXPONENT = 17;

  private final NtpPolling polling;
  private final RandomGenerator random;
  private long floorNanos;
  private long nanos;
  private Burst burst;
  private boolean isInitial;
  private int requestsLeft;
  private int good;
  private int count;

  PollSchedule(NtpPolling polling, RandomGenerator random) {
    this.polling = polling;
    this.random = random;
    this.floorNanos = polling.minNanos();
    this.nanos = floorNanos;
    this.burst = polling.each();
    restart();
  }

  /** Begins with the first burst again: after a silence, or a suspension of the host. */
  void restart() {
    if (polling.initial().isBurst()) {
      begin(polling.initial());
      isInitial = true;
    }
  }

  /** The interval after the request that is being sent. */
  long afterRequest() {
    if (requestsLeft == 0) {
      isInitial = false;
      begin(polling.each());
    }
    requestsLeft--;
    return untilNext();
  }

  /** The interval in force, from the last request on. */
  long untilNext() {
    return requestsLeft > 0 ? burst.intervalNanos() : spaced(nanos);
  }

  /** The interval between polls. */
  long currentNanos() {
    return nanos;
  }

  /** log₂ of the interval in seconds, as a packet tells it. */
  int exponent() {
    return NtpPolling.exponent(nanos);
  }

  long timeoutNanos() {
    return polling.timeoutNanos();
  }

  /** An exchange brought time; true if no more requests of this burst are wanted. */
  boolean good() {
    good++;
    if (requestsLeft > 0 && good >= burst.goodWanted()) {
      requestsLeft = 0;
      return true;
    }
    return false;
  }

  /**
   * A request brought no time; true if the poll that it belongs to has failed by it. In the first
   * burst each request counts, so that a dead source is known soon.
   */
  boolean lost() {
    return isInitial || (requestsLeft == 0 && good == 0);
  }

  /** A sample came out of the filter: whether the clock, as it was before, agrees with it. */
  void sample(boolean agrees) {
    count += agrees ? 1 : -2;
    if (count >= polling.agreements()) {
      count = 0;
      nanos = Math.min(polling.maxNanos(), nanos * 2);
    } else if (count <= -polling.agreements()) {
      count = 0;
      nanos = Math.max(floorNanos, nanos / 2);
    }
  }

  /** The clock has to be found anew: back to the shortest interval. */
  void shortest() {
    count = 0;
    nanos = floorNanos;
  }

  /** A poll has failed: so many in a row by now, of those that may before the source is lost. */
  void missed(int misses, int allowed) {
    count = 0;
    nanos = misses <= allowed ? floorNanos : Math.min(polling.maxNanos(), nanos * 2);
  }

  /**
   * The source wants fewer requests (RFC 5905 section 7.4): the next ones are left out, and the
   * interval is doubled, or made as long as the source says, up to the longest that the owner
   * wants.
   *
   * @param exponent log₂ of the interval that it asks for, in seconds
   * @return for how long not to ask at all
   */
  long rate(int exponent) {
    long asked = exponent < 0 ? 0 : NANOS_PER_SECOND << Math.min(exponent, MAX_EXPONENT);
    requestsLeft = 0;
    isInitial = false;
    count = 0;
    nanos = Math.min(polling.maxNanos(), Math.max(asked, nanos * 2));
    floorNanos = nanos;
    return LEFT_OUT * spaced(nanos);
  }

  private void begin(Burst next) {
    burst = next;
    requestsLeft = Math.max(1, next.requests());
    good = 0;
  }

  private long spaced(long interval) {
    return interval + (long) (interval * SPACING * random.nextDouble());
  }
}
