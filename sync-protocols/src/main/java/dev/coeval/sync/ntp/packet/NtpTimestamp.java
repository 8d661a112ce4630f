package dev.coeval.sync.ntp.packet;

/**
 * NTP's 64-bit timestamp (RFC 5905 section 6): unsigned seconds since 1900 in the upper 32 bits,
 * their fraction in units of 2⁻³² s (233 ps) in the lower, held in a {@code long}.
 *
 * <p>The seconds wrap every 136 years: era 0 ends on 2036-02-07T06:28:16Z. Of the times that a
 * timestamp may mean, the one that is nearest to a <em>pivot</em> is taken, so that it is right
 * whenever the pivot is less than 68 years off, in whatever era.
 *
 * <p>A time in nanoseconds is rounded to the nearest unit and comes back unchanged. Pure functions;
 * thread-safe.
 */
public final class NtpTimestamp {

  /** The value that means "not known". */
  public static final long NONE = 0;

  /** From 1900-01-01 to 1970-01-01, in seconds. */
  private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION_BITS = 32;
  private static final long FRACTION_MASK = 0xFFFF_FFFFL;
  private static final long HALF = 1L << (FRACTION_BITS - 1);

  private NtpTimestamp() {}

  /**
   * The timestamp of a time.
   *
   * @param epochNanos nanoseconds since the Unix epoch
   * @return the timestamp, rounded to the nearest 2⁻³² s; its era is lost
   */
  public static long ofEpochNanos(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + UNIX_EPOCH_SECONDS;
    long nanos = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    long fraction = ((nanos << FRACTION_BITS) + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
    return (seconds << FRACTION_BITS) + fraction;
  }

  /**
   * The time of a timestamp.
   *
   * @param timestamp an NTP timestamp
   * @param pivotEpochNanos a time less than 68 years from the one that is meant, in nanoseconds
   *     since the Unix epoch
   * @return nanoseconds since the Unix epoch, rounded to the nearest
   * @throws ArithmeticException if the time is outside the years 1677 to 2262; never for a pivot
   *     within 2⁶² ns (146 years) of the Unix epoch
   */
  public static long toEpochNanos(long timestamp, long pivotEpochNanos) {
    long pivot = Math.floorDiv(pivotEpochNanos, NANOS_PER_SECOND) + UNIX_EPOCH_SECONDS;
    int sinceP = (int) (timestamp >>> FRACTION_BITS) - (int) pivot; // wraps: the nearest era
    long seconds = pivot + sinceP - UNIX_EPOCH_SECONDS;
    long fraction = timestamp & FRACTION_MASK;
    long nanos = (fraction * NANOS_PER_SECOND + HALF) >>> FRACTION_BITS;
    return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
  }

  /**
   * Whether a timestamp is before another that is less than 68 years away.
   *
   * @param timestamp an NTP timestamp
   * @param other another
   * @return true if it is earlier
   */
  public static boolean isBefore(long timestamp, long other) {
    return timestamp - other < 0; // wraps, as the eras do
  }
}
