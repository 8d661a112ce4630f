package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockModel;
import java.util.function.Supplier;

/**
 * What a server says about its time if that is a clock of its own, not one that the node got from
 * others.
 *
 * @param stratum 1 for a server with a reference of its own, otherwise one more than its source's;
 *     1 to 15
 * @param referenceId where its time comes from, see {@link NtpPacket.Reference}
 * @param precision log₂ of the resolution of its clock in seconds, -32 to 0; it is added to the
 *     error that clients reckon with
 */
public record LocalReference(int stratum, int referenceId, int precision) {

  /** Less than a tick of a nanosecond, 2⁻³⁰ s, is not measured by any clock here. */
  static final int MIN_PRECISION = -32;

  /**
   * Checks the ranges.
   *
   * @param stratum as above
   * @param referenceId as above
   * @param precision as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LocalReference {
    if (stratum < 1 || stratum > NtpPacket.MAX_STRATUM) {
      throw new IllegalArgumentException("stratum is out of range: " + stratum);
    }
    if (precision < MIN_PRECISION || precision > 0) {
      throw new IllegalArgumentException("precision is out of range: " + precision);
    }
  }

  /**
   * The time of a clock that is this reference.
   *
   * @param clock the clock; asked each time
   * @return what a server or broadcaster serves
   */
  public Supplier<ServedTime> serving(Supplier<ClockModel> clock) {
    return new ModelTime.Source(this, clock);
  }
}
