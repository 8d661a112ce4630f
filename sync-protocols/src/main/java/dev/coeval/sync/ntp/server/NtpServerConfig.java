package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockReader;

/**
 * What a server says about itself.
 *
 * @param stratum 1 for a server with a reference of its own, otherwise one more than its source's;
 *     1 to 15
 * @param referenceId where its time comes from, see {@link NtpPacket.Reference}
 * @param precision log₂ of the resolution of its clock in seconds, -32 to 0; it is added to the
 *     error that clients reckon with
 */
public record NtpServerConfig(int stratum, int referenceId, int precision) {

  /** RFC 5905 figure 12: an uncalibrated local clock. */
  public static final int LOCAL = NtpPacket.Reference.idOf("LOCL");

  /** 2⁻²⁴ s, 60 ns: reading the ticks takes a Java program half of that. */
  public static final int DEFAULT_PRECISION = -24;

  private static final int MIN_PRECISION = -32;
  private static final int PRECISION_READINGS = 64;
  private static final double NANO = 1e-9;

  /**
   * Checks the ranges.
   *
   * @param stratum as above
   * @param referenceId as above
   * @param precision as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public NtpServerConfig {
    if (stratum < 1 || stratum > NtpPacket.MAX_STRATUM) {
      throw new IllegalArgumentException("stratum is out of range: " + stratum);
    }
    if (precision < MIN_PRECISION || precision > 0) {
      throw new IllegalArgumentException("precision is out of range: " + precision);
    }
  }

  /**
   * A server whose own clock is the reference: stratum 1, "LOCL".
   *
   * @return the configuration
   */
  public static NtpServerConfig defaults() {
    return new NtpServerConfig(1, LOCAL, DEFAULT_PRECISION);
  }

  /**
   * The same with another stratum.
   *
   * @param newStratum 1 to 15
   * @return the configuration
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpServerConfig withStratum(int newStratum) {
    return new NtpServerConfig(newStratum, referenceId, precision);
  }

  /**
   * The same with another reference.
   *
   * @param newReferenceId see {@link NtpPacket.Reference}
   * @return the configuration
   */
  public NtpServerConfig withReferenceId(int newReferenceId) {
    return new NtpServerConfig(stratum, newReferenceId, precision);
  }

  /**
   * The same with the precision measured: the shortest time that the ticks need to advance (RFC
   * 5905 section 7.3), rounded up to a power of two.
   *
   * @param reader the clocks of the server; their ticks must advance
   * @return the configuration
   */
  public NtpServerConfig withPrecisionOf(ClockReader reader) {
    long shortest = Long.MAX_VALUE;
    long last = reader.tickNanos();
    for (int i = 0; i < PRECISION_READINGS; i++) {
      long next = reader.tickNanos();
      if (next > last) {
        shortest = Math.min(shortest, next - last);
      }
      last = next;
    }
    if (shortest == Long.MAX_VALUE) {
      return this;
    }
    int exponent = (int) Math.ceil(Math.log(shortest * NANO) / Math.log(2));
    int measured = Math.max(MIN_PRECISION, Math.min(0, exponent));
    return new NtpServerConfig(stratum, referenceId, measured);
  }
}
