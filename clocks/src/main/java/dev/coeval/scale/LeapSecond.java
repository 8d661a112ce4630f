package dev.coeval.scale;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * One leap second: a second inserted before an instant, or the second before it left out.
 *
 * <p><b>When it happens.</b> Before an inserted second, 23:59:60, POSIX time stands at {@code L},
 * {@link #epochNanos()}, and then counts the last second of the day again: from {@code L - 1 s}. A
 * second is left out by going on from {@code L - 1 s}, the end of 23:59:58, at {@code L}. So does
 * the kernel of Linux, and so do clocks here that step.
 *
 * <p><b>For those who collect samples of other clocks</b> across a leap: keep none whose stamps are
 * {@linkplain #isNear near} it (the stamps of the inserted second have two meanings, and servers
 * are not exact about when they step), and after it shift what was sampled before by {@code
 * -shiftNanos()}, or else keep all in unbroken time and convert at the end with {@link
 * #utcNanosOf}. Both give the same.
 *
 * <p>Immutable and thread-safe.
 *
 * @param epochSecond the first second after it, the start of a UTC day, in seconds since
 *     1970-01-01T00:00:00Z; within 9.2 · 10⁹ of it (the years 1678 to 2261)
 * @param seconds 1 for an inserted second, -1 for one left out
 */
public record LeapSecond(long epochSecond, int seconds) {

  /** The range of {@code epochSecond}: what a {@code long} of nanoseconds holds, and some room. */
  public static final long MAX_EPOCH_SECOND = 9_200_000_000L;

  private static final long SECOND = 1_000_000_000L;

  /**
   * Checks the ranges that the components state.
   *
   * @param epochSecond as above
   * @param seconds as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LeapSecond {
    if (Math.abs(epochSecond) > MAX_EPOCH_SECOND || epochSecond == Long.MIN_VALUE) {
      throw new IllegalArgumentException("epochSecond is out of range: " + epochSecond);
    }
    if (seconds != 1 && seconds != -1) {
      throw new IllegalArgumentException("seconds must be 1 or -1: " + seconds);
    }
  }

  /**
   * A second inserted before an instant.
   *
   * @param after the first instant after it, as 2017-01-01T00:00:00Z; its fraction is left out
   * @return the leap second
   * @throws IllegalArgumentException if the instant is outside the years 1678 to 2261
   */
  public static LeapSecond inserted(Instant after) {
    return new LeapSecond(after.getEpochSecond(), 1);
  }

  /**
   * The second before an instant left out.
   *
   * @param after the first instant after it; its fraction is left out
   * @return the leap second
   * @throws IllegalArgumentException if the instant is outside the years 1678 to 2261
   */
  public static LeapSecond deleted(Instant after) {
    return new LeapSecond(after.getEpochSecond(), -1);
  }

  /**
   * The leap second that the leap indicator of an NTP packet announces: at the end of the current
   * month (RFC 5905, section 7.3).
   *
   * @param epochNanos a time of that month, in nanoseconds since the Unix epoch
   * @param seconds 1 for an inserted second, -1 for one left out
   * @return the leap second
   * @throws IllegalArgumentException if {@code seconds} is neither, or the month does not end
   *     within the years 1678 to 2261
   */
  public static LeapSecond atEndOfMonth(long epochNanos, int seconds) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochNanos, TimeUnit.DAYS.toNanos(1)));
    LocalDate next = day.withDayOfMonth(1).plusMonths(1);
    return new LeapSecond(next.atStartOfDay().toEpochSecond(ZoneOffset.UTC), seconds);
  }

  /**
   * The first instant after it.
   *
   * @return the start of a UTC day
   */
  public Instant instant() {
    return Instant.ofEpochSecond(epochSecond);
  }

  /**
   * The first instant after it, as a number.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long epochNanos() {
    return epochSecond * SECOND;
  }

  /**
   * When it takes effect, in unbroken time: the POSIX time up to which nothing is different.
   *
   * @return {@link #epochNanos()}, less a second if one is left out
   */
  public long unbrokenNanos() {
    return epochNanos() + Math.min(0, shiftNanos());
  }

  /**
   * By how much POSIX time is behind unbroken time after it.
   *
   * @return a second for an inserted one, minus a second for one left out; nanoseconds
   */
  public long shiftNanos() {
    return seconds * SECOND;
  }

  /**
   * What POSIX time is at a moment of unbroken time: it steps at the leap.
   *
   * @param unbrokenNanos a time, counted on through the leap, in nanoseconds since the Unix epoch
   * @return nanoseconds since the Unix epoch, held at the ends of the range
   */
  public long utcNanosOf(long unbrokenNanos) {
    return unbrokenNanos < unbrokenNanos()
        ? unbrokenNanos
        : Saturated.subtract(unbrokenNanos, shiftNanos());
  }

  /**
   * What UTC is at a moment of unbroken time.
   *
   * @param unbrokenNanos a time, counted on through the leap, in nanoseconds since the Unix epoch
   * @return the moment in UTC
   */
  public UtcTime utcOf(long unbrokenNanos) {
    long utc = utcNanosOf(unbrokenNanos);
    return new UtcTime(utc, seconds > 0 && unbrokenNanos >= unbrokenNanos() && utc < epochNanos());
  }

  /**
   * The moment of unbroken time at which UTC says so: the inverse of {@link #utcOf}. Times within a
   * second that was left out never were; they are counted on from before it.
   *
   * @param utc a moment in UTC
   * @return nanoseconds since the Unix epoch, counted on through the leap, held at the ends of the
   *     range
   */
  public long unbrokenNanosOf(UtcTime utc) {
    boolean repeated = utc.inLeap() && utc.epochNanos() >= epochNanos() - SECOND;
    return utc.epochNanos() >= epochNanos() || (repeated && seconds > 0)
        ? Saturated.add(utc.epochNanos(), shiftNanos())
        : utc.epochNanos();
  }

  /**
   * Whether a time lies so close to the leap that a stamp of another clock may mean either side.
   *
   * @param epochNanos a POSIX or unbroken time, in nanoseconds since the Unix epoch
   * @param withinNanos how close; not negative
   * @return true if it is not further than that from {@link #epochNanos()}
   */
  public boolean isNear(long epochNanos, long withinNanos) {
    long distance = Saturated.subtract(epochNanos, epochNanos());
    return -withinNanos <= distance && distance <= withinNanos;
  }
}
