package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;

/** What a {@link Dialogue} makes of a datagram from its remote. */
public sealed interface Reply {

  /**
   * It gives time.
   *
   * @param measurement the four stamps, and what the server said of itself
   * @param packet as it came
   */
  record Good(Measurement measurement, NtpPacket packet) implements Reply {}

  /**
   * It answers the open request, but gives no time.
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
   * It answers nothing that is open; the open request, if any, stays so.
   *
   * @param reason why
   */
  record Stray(Rejection reason) implements Reply {}
}
