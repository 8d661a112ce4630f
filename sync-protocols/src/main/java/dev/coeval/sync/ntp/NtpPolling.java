package dev.coeval.sync.ntp;

import java.time.Duration;

/**
 * How often a client asks each of its servers.
 *
 * <p>It begins with a burst, so that its filters fill, and goes on at the shortest interval, which
 * doubles up to the longest while the exchanges succeed and agree.
 *
 * @param minNanos the shortest interval after the burst, in nanoseconds
 * @param maxNanos the longest interval
 * @param burst how many requests the first burst has, 0 to {@link #MAX_BURST}
 * @param burstIntervalNanos the interval within the burst
 * @param timeoutNanos after how long an unanswered request counts as lost; a request is also lost
 *     when the next one is due
 */
public record NtpPolling(
    long minNanos, long maxNanos, int burst, long burstIntervalNanos, long timeoutNanos) {

  /** A shorter interval is a flood: 1 ms. */
  public static final long MIN_NANOS = 1_000_000L;

  /** RFC 5905 figure 6, MAXPOLL: 2¹⁷ s, 36 hours. */
  public static final long MAX_NANOS = Duration.ofSeconds(1 << 17).toNanos();

  /** More tells a filter of eight stages nothing new, unless it is to fill longer windows. */
  public static final int MAX_BURST = 64;

  /**
   * Checks the ranges.
   *
   * @param minNanos as above
   * @param maxNanos as above
   * @param burst as above
   * @param burstIntervalNanos as above
   * @param timeoutNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public NtpPolling {
    requireInterval("minNanos", minNanos);
    requireInterval("maxNanos", maxNanos);
    requireInterval("burstIntervalNanos", burstIntervalNanos);
    requireInterval("timeoutNanos", timeoutNanos);
    if (minNanos > maxNanos) {
      throw new IllegalArgumentException("minNanos " + minNanos + " > maxNanos " + maxNanos);
    }
    if (burst < 0 || burst > MAX_BURST) {
      throw new IllegalArgumentException("burst is out of range: " + burst);
    }
  }

  /**
   * For servers on the Internet: eight requests 2 s apart, then every 64 to 1024 s (RFC 5905
   * sections 7.3 and 13.1).
   *
   * @return the polling
   */
  public static NtpPolling defaults() {
    return new NtpPolling(
        Duration.ofSeconds(64).toNanos(),
        Duration.ofSeconds(1024).toNanos(),
        8,
        Duration.ofSeconds(2).toNanos(),
        Duration.ofSeconds(1).toNanos());
  }

  /**
   * At one fixed interval, for servers of one's own.
   *
   * @param interval between requests, which is also the longest time to wait for a reply
   * @return the polling
   * @throws IllegalArgumentException if it is out of range
   */
  public static NtpPolling every(Duration interval) {
    long nanos = interval.toNanos();
    return new NtpPolling(nanos, nanos, 0, nanos, nanos);
  }

  /**
   * With another burst at the start.
   *
   * @param requests how many requests
   * @param interval between them
   * @return the polling
   * @throws IllegalArgumentException if one is out of range
   */
  public NtpPolling withBurst(int requests, Duration interval) {
    return new NtpPolling(minNanos, maxNanos, requests, interval.toNanos(), timeoutNanos);
  }

  /**
   * With another patience.
   *
   * @param timeout after how long an unanswered request counts as lost
   * @return the polling
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpPolling withTimeout(Duration timeout) {
    return new NtpPolling(minNanos, maxNanos, burst, burstIntervalNanos, timeout.toNanos());
  }

  static void requireInterval(String name, long nanos) {
    if (nanos < MIN_NANOS || nanos > MAX_NANOS) {
      throw new IllegalArgumentException(name + " is out of range: " + nanos);
    }
  }
}
