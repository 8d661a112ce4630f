package dev.coeval.sync.ntp.packet;

/**
 * What a node says of its own time, as of one tick (RFC 5905 section 11.1, the system variables).
 *
 * @param leap leap indicator, 0 to 3; {@link NtpPacket#LEAP_UNSYNCHRONIZED} if the node has no time
 *     to give
 * @param stratum 1 to 15, or {@link #UNSYNCHRONIZED_STRATUM}, which the wire writes as 0
 * @param precision log₂ of the clock's precision in seconds, -128 to 127
 * @param rootDelayNanos round trip to the primary reference; not negative
 * @param rootDispersionNanos error gathered since, as of the tick; not negative
 * @param referenceId where the time comes from, see {@link NtpPacket.Reference}
 * @param referenceEpochNanos when the clock was last set, in nanoseconds since the Unix epoch;
 *     {@link #NEVER} if it never was
 */
public record SystemVariables(
    int leap,
    int stratum,
    int precision,
    long rootDelayNanos,
    long rootDispersionNanos,
    int referenceId,
    long referenceEpochNanos) {

  /** RFC 5905 figure 6, MAXSTRAT: the stratum of a node that is not synchronized. */
  public static final int UNSYNCHRONIZED_STRATUM = 16;

  /** A reference time that says "never set"; the wire writes {@link NtpTimestamp#NONE}. */
  public static final long NEVER = Long.MIN_VALUE;

  /** RFC 5905 figure 6, MAXDISP: more dispersion than this, and nothing is known: 16 s. */
  public static final long MAX_DISPERSION_NANOS = 16_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @param leap as above
   * @param stratum as above
   * @param precision as above
   * @param rootDelayNanos as above
   * @param rootDispersionNanos as above
   * @param referenceId as above
   * @param referenceEpochNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public SystemVariables {
    if ((leap & 3) != leap || (byte) precision != precision) {
      throw new IllegalArgumentException("out of range: leap " + leap + ", precision " + precision);
    }
    if (stratum < 1 || stratum > UNSYNCHRONIZED_STRATUM) {
      throw new IllegalArgumentException("stratum is out of range: " + stratum);
    }
    if (rootDelayNanos < 0 || rootDispersionNanos < 0) {
      throw new IllegalArgumentException(
          "negative: root delay " + rootDelayNanos + ", root dispersion " + rootDispersionNanos);
    }
  }

  /**
   * What a node says before it was ever synchronized: leap indicator 3, stratum 16, "INIT".
   *
   * @param precision log₂ of the clock's precision in seconds
   * @return the variables
   */
  public static SystemVariables unsynchronized(int precision) {
    return new SystemVariables(
        NtpPacket.LEAP_UNSYNCHRONIZED,
        UNSYNCHRONIZED_STRATUM,
        precision,
        0,
        MAX_DISPERSION_NANOS,
        KissCode.INIT.id(),
        NEVER);
  }

  /**
   * Whether the node has time to give.
   *
   * @return true if the leap indicator is not 3 and the stratum is below 16
   */
  public boolean isSynchronized() {
    return leap != NtpPacket.LEAP_UNSYNCHRONIZED && stratum < UNSYNCHRONIZED_STRATUM;
  }

  /**
   * The stratum as a packet has it.
   *
   * @return 1 to 15, or {@link NtpPacket#STRATUM_UNSPECIFIED} for 16
   */
  public int wireStratum() {
    return stratum == UNSYNCHRONIZED_STRATUM ? NtpPacket.STRATUM_UNSPECIFIED : stratum;
  }

  /**
   * The reference time as a packet has it.
   *
   * @return an {@link NtpTimestamp}; {@link NtpTimestamp#NONE} for {@link #NEVER}
   */
  public long wireReference() {
    return referenceEpochNanos == NEVER
        ? NtpTimestamp.NONE
        : NtpTimestamp.ofEpochNanos(referenceEpochNanos);
  }

  /**
   * How far the node's time can be from the truth (RFC 5905 section 11.2.1, without the jitter).
   *
   * @return half the root delay, rounded up, and the root dispersion; at most {@link
   *     Long#MAX_VALUE}
   */
  public long rootDistanceNanos() {
    long half = rootDelayNanos / 2 + (rootDelayNanos & 1);
    return half > Long.MAX_VALUE - rootDispersionNanos
        ? Long.MAX_VALUE
        : half + rootDispersionNanos;
  }

  /**
   * The same with another leap indicator.
   *
   * @param newLeap 0 to 3
   * @return the variables
   */
  public SystemVariables withLeap(int newLeap) {
    return new SystemVariables(
        newLeap,
        stratum,
        precision,
        rootDelayNanos,
        rootDispersionNanos,
        referenceId,
        referenceEpochNanos);
  }

  /**
   * The same with another root dispersion.
   *
   * @param newRootDispersionNanos not negative
   * @return the variables
   */
  public SystemVariables withRootDispersionNanos(long newRootDispersionNanos) {
    return new SystemVariables(
        leap,
        stratum,
        precision,
        rootDelayNanos,
        newRootDispersionNanos,
        referenceId,
        referenceEpochNanos);
  }
}
