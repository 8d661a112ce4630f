package dev.coeval.sync.ntp;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a source is asked.
 *
 * <p>It begins with a burst, so that its filters fill, and goes on at the shortest interval, which
 * doubles up to the longest while the exchanges succeed and agree. Each poll may be a burst by
 * itself. Up to 2 % are added to an interval at random, so that neither the servers' load nor the
 * requests of one client have a rhythm.
 *
 * @param minNanos the shortest interval after the burst, in nanoseconds
 * @param maxNanos the longest interval
 * @param initial the burst at the start, and when the source answers again after a silence
 * @param each the burst at every poll after that
 * @param agreements after so many samples that agree with the clock the interval doubles, 1 to 64;
 *     a sample that does not agree takes two back, and when as many are lacking it halves
 * @param timeoutNanos after how long an unanswered request counts as lost; a request is also lost
 *     when the next one is due
 */
public record NtpPolling(
    long minNanos, long maxNanos, Burst initial, Burst each, int agreements, long timeoutNanos) {

  /** A shorter interval is a flood: 1 ms. */
  public static final long MIN_NANOS = 1_000_000L;

  /** RFC 5905 figure 6, MAXPOLL: 2¹⁷ s, 36 hours. */
  public static final long MAX_NANOS = Duration.ofSeconds(1 << 17).toNanos();

  /** Of exchanges; RFC 5905 section 11.3 asks for five or so of what its clock filter lets pass. */
  public static final int DEFAULT_AGREEMENTS = 16;

  private static final int MAX_AGREEMENTS = 64;
  private static final int MIN_EXPONENT = -9;
  private static final int MAX_EXPONENT = 17;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Checks the ranges.
   *
   * @param minNanos as above
   * @param maxNanos as above
   * @param initial as above
   * @param each as above
   * @param agreements as above
   * @param timeoutNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public NtpPolling {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(each, "each");
    requireInterval("minNanos", minNanos);
    requireInterval("maxNanos", maxNanos);
    requireInterval("timeoutNanos", timeoutNanos);
    if (agreements < 1 || agreements > MAX_AGREEMENTS) {
      throw new IllegalArgumentException("agreements is out of range: " + agreements);
    }
    if (minNanos > maxNanos) {
      throw new IllegalArgumentException("minNanos " + minNanos + " > maxNanos " + maxNanos);
    }
  }

  /**
   * For servers on the Internet: at first up to eight requests 2 s apart, then every 64 to 1024 s
   * (RFC 5905 sections 7.3 and 13.1).
   *
   * @return the polling
   */
  public static NtpPolling defaults() {
    return exponents(6, 10).withInitial(Burst.of(8, Duration.ofSeconds(2)));
  }

  /**
   * Between two powers of two, without any burst.
   *
   * @param min log₂ of the shortest interval in seconds, -9 to 17
   * @param max log₂ of the longest
   * @return the polling
   * @throws IllegalArgumentException if one is out of range
   */
  public static NtpPolling exponents(int min, int max) {
    long patience = Duration.ofSeconds(4).toNanos();
    return new NtpPolling(
        power(min), power(max), Burst.NONE, Burst.NONE, DEFAULT_AGREEMENTS, patience);
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
    return new NtpPolling(nanos, nanos, Burst.NONE, Burst.NONE, DEFAULT_AGREEMENTS, nanos);
  }

  /**
   * With another burst at the start, of which every request is sent.
   *
   * @param requests how many requests
   * @param interval between them
   * @return the polling
   * @throws IllegalArgumentException if one is out of range
   */
  public NtpPolling withBurst(int requests, Duration interval) {
    return withInitial(Burst.of(requests, interval));
  }

  /**
   * With another burst at the start.
   *
   * @param burst the burst
   * @return the polling
   */
  public NtpPolling withInitial(Burst burst) {
    return new NtpPolling(minNanos, maxNanos, burst, each, agreements, timeoutNanos);
  }

  /**
   * With another burst at every poll.
   *
   * @param burst the burst
   * @return the polling
   */
  public NtpPolling withEach(Burst burst) {
    return new NtpPolling(minNanos, maxNanos, initial, burst, agreements, timeoutNanos);
  }

  /**
   * With samples of another number to lengthen the interval: few, where requests are dear.
   *
   * @param samples how many must agree with the clock
   * @return the polling
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpPolling withAgreements(int samples) {
    return new NtpPolling(minNanos, maxNanos, initial, each, samples, timeoutNanos);
  }

  /**
   * With another patience.
   *
   * @param timeout after how long an unanswered request counts as lost
   * @return the polling
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpPolling withTimeout(Duration timeout) {
    return new NtpPolling(minNanos, maxNanos, initial, each, agreements, timeout.toNanos());
  }

  /** The power of two that an interval is nearest to, as packets tell it (RFC 5905 7.3). */
  static int exponent(long nanos) {
    return (int) Math.round(Math.log(nanos / NANOS_PER_SECOND) / Math.log(2));
  }

  static void requireInterval(String name, long nanos) {
    if (nanos < MIN_NANOS || nanos > MAX_NANOS) {
      throw new IllegalArgumentException(name + " is out of range: " + nanos);
    }
  }

  private static long power(int exponent) {
    if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
      throw new IllegalArgumentException("exponent is out of range: " + exponent);
    }
    return (long) Math.scalb(NANOS_PER_SECOND, exponent);
  }
}
