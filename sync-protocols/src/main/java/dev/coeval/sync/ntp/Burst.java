package dev.coeval.sync.ntp;

import java.time.Duration;

/**
 * Several requests in a row, instead of one.
 *
 * @param requests how many at the most, 0 to {@link #MAX_REQUESTS}; 0 and 1 mean no burst
 * @param goodWanted after so many exchanges that brought time it is over, 0 to {@code requests}
 * @param intervalNanos from one request to the next, within the limits of {@link NtpPolling}
 */
public record Burst(int requests, int goodWanted, long intervalNanos) {

  /** More tells a filter of eight stages nothing new, unless it is to fill longer windows. */
  public static final int MAX_REQUESTS = 64;

  /** RFC 5905 section 13.1, BTIME: requests of a burst are 2 s apart. */
  public static final long DEFAULT_INTERVAL_NANOS = 2_000_000_000L;

  /** No burst. */
  public static final Burst NONE = new Burst(0, 0, DEFAULT_INTERVAL_NANOS);

  /** At the start: up to eight requests 2 s apart, until four have brought time. */
  public static final Burst INITIAL = new Burst(8, 4, DEFAULT_INTERVAL_NANOS);

  /**
   * Checks the ranges.
   *
   * @param requests as above
   * @param goodWanted as above
   * @param intervalNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public Burst {
    if (requests < 0 || requests > MAX_REQUESTS) {
      throw new IllegalArgumentException("burst is out of range: " + requests);
    }
    if (goodWanted < 0 || goodWanted > requests) {
      throw new IllegalArgumentException(
          "goodWanted is out of range: " + goodWanted + " of " + requests);
    }
    NtpPolling.requireInterval("intervalNanos", intervalNanos);
  }

  /**
   * A burst of which every request is sent, whatever comes of them.
   *
   * @param requests how many
   * @param interval between them
   * @return the burst
   * @throws IllegalArgumentException if one is out of its range
   */
  public static Burst of(int requests, Duration interval) {
    return new Burst(requests, requests, interval.toNanos());
  }

  /**
   * The same that is over sooner.
   *
   * @param good after how many exchanges that brought time
   * @return a copy
   * @throws IllegalArgumentException if it is out of its range
   */
  public Burst untilGood(int good) {
    return new Burst(requests, good, intervalNanos);
  }

  /** Whether it is more than one request. */
  boolean isBurst() {
    return requests > 1;
  }
}
