package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;

/** What a {@link Dialogue} makes of a datagram from its remote. */
public sealed interface Reply {

  /**
   * It gives time.
   *
   * @param measurement the four stamps, and what the remote said of itself
   * @param packet as it came
   * @param isInterleaved whether T3 is the stamp of a departure that had been (RFC 9769): then the
   *     exchange is the one before, and T4 as old as that
   */
  record Good(Measurement measurement, NtpPacket packet, boolean isInterleaved) implements Reply {}

  /**
   * It is a good answer, so the remote is there and well, but it gives no time: of an interleaved
   * exchange, only one half is known yet.
   *
   * @param packet as it came
   */
  record Heard(NtpPacket packet) implements Reply {}

  /**
   * It answers the open packet, but what it says must not be taken as time.
   *
   * @param reason why
   * @param packet as it came
   */
  record Refused(Rejection reason, NtpPacket packet) implements Reply {

    /**
     * The code of a kiss-o'-death.
     *
     * @return one to four printable ASCII characters; empty if it is none
     */
    public String kiss() {
      boolean isKiss =
          reason == Rejection.KISS_DENY
              || reason == Rejection.KISS_RATE
              || reason == Rejection.KISS_OTHER;
      return isKiss ? packet.reference().text() : "";
    }
  }

  /**
   * It answers nothing that is open; the open packet, if any, stays so.
   *
   * @param reason why
   */
  record Stray(Rejection reason) implements Reply {}
}
