package dev.coeval.sync.ntp.packet;

/**
 * NTP's 32-bit short format (RFC 5905 section 6): unsigned seconds in the upper 16 bits, their
 * fraction in units of 2⁻¹⁶ s (15.3 µs) in the lower, held in an {@code int}.
 *
 * <p>Delays and dispersions bound an error, so both ways are rounded up: what is said on the wire
 * is never less than what was meant. Pure functions; thread-safe.
 */
public final class NtpShort {

  /** The largest value, a little less than 65,536 s. */
  public static final int MAX = -1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION_BITS = 16;
  private static final long MASK = 0xFFFF_FFFFL;
  private static final long MAX_NANOS = (MASK * NANOS_PER_SECOND) >>> FRACTION_BITS;

  private NtpShort() {}

  /**
   * The short format of a duration, rounded up.
   *
   * @param nanos nanoseconds; not negative
   * @return the smallest value that is not below it, {@link #MAX} if there is none
   * @throws IllegalArgumentException if it is negative
   */
  public static int ofNanos(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("nanos is negative: " + nanos);
    }
    if (nanos > MAX_NANOS) {
      return MAX;
    }
    long seconds = nanos / NANOS_PER_SECOND;
    long fraction = ((nanos % NANOS_PER_SECOND) << FRACTION_BITS) + NANOS_PER_SECOND - 1;
    return (int) ((seconds << FRACTION_BITS) + fraction / NANOS_PER_SECOND);
  }

  /**
   * The duration of a short format, rounded up.
   *
   * @param value a value in short format
   * @return nanoseconds, 0 to 65,536 s
   */
  public static long toNanos(int value) {
    return ((value & MASK) * NANOS_PER_SECOND + (1 << FRACTION_BITS) - 1) >>> FRACTION_BITS;
  }
}
