package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.ntp.packet.NtpPacket;

/**
 * One exchange of a query brought time.
 *
 * @param sequence which one, from 1
 * @param measurement the four stamps, offset and delay, and the server's own error
 * @param bounds the offsets that are possible, by this exchange alone
 * @param packet the server's packet
 */
public record QueryReply(
    int sequence, Measurement measurement, OffsetBounds bounds, NtpPacket packet)
    implements Report {

  /**
   * How far the measured offset can be from the truth: half the width of the bounds, as NTP's root
   * distance.
   *
   * @return nanoseconds
   */
  public long errorNanos() {
    long offset = measurement.offsetNanos();
    return Math.max(
        Math.subtractExact(bounds.highNanos(), offset),
        Math.subtractExact(offset, bounds.lowNanos()));
  }
}
