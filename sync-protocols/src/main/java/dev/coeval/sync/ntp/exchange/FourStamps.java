package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.packet.NtpPacket;

/**
 * The stamps of one exchange, ours in ticks and the remote's as on the wire.
 *
 * @param sentTick T1, when our packet left, or earlier
 * @param peerReceived T2, when it arrived, or later; an {@link
 *     dev.coeval.sync.ntp.packet.NtpTimestamp}
 * @param peerSent T3, when the remote's packet left, or earlier; the same
 * @param receivedTick T4, when it arrived, or later
 * @param root what the remote said of its time meanwhile
 */
record FourStamps(
    long sentTick, long peerReceived, long peerSent, long receivedTick, Measurement.Root root) {

  /** An exchange whose last packet says T2 and T3. */
  static FourStamps of(long sentTick, NtpPacket packet, long receivedTick) {
    return new FourStamps(
        sentTick,
        packet.stamps().receive(),
        packet.stamps().transmit(),
        receivedTick,
        ReplyCheck.root(packet.quality()));
  }

  /** The same exchange when the next packet of the remote has said a better T3. */
  FourStamps improved(NtpPacket next) {
    Measurement.Root later = ReplyCheck.root(next.quality());
    Measurement.Root worse = later.errorNanos() > root.errorNanos() ? later : root;
    return new FourStamps(sentTick, peerReceived, next.stamps().transmit(), receivedTick, worse);
  }
}
