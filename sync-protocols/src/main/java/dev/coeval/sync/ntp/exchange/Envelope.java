package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Between packets and datagrams: form, version, mode and code, before anything that a packet says
 * is looked at. What does not come through here changes nothing.
 */
final class Envelope {

  private final DialogueConfig config;
  private final int modes;

  /**
   * An envelope.
   *
   * @param config the version and key of our packets, and the key of the remote's
   * @param modes of the remote's packets, one bit each
   */
  Envelope(DialogueConfig config, int... modes) {
    this.config = config;
    int bits = 0;
    for (int mode : modes) {
      bits |= 1 << mode;
    }
    this.modes = bits;
  }

  /** A datagram of a packet, sealed if there is a key. */
  ByteBuffer seal(NtpPacket packet) {
    Wire wire = config.wire();
    int code = wire.isSealed() ? config.keys().macLength(wire.keyId(), wire.version()) : 0;
    ByteBuffer datagram = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + code);
    NtpCodec.encode(packet, datagram);
    if (wire.isSealed()) {
      config.keys().seal(wire.keyId(), datagram, 0);
    }
    return datagram.flip();
  }

  /** The packet of a datagram, if it may be looked at. */
  Decoded<NtpPacket> open(ByteBuffer datagram) {
    Rejection form = NtpCodec.check(datagram);
    if (form != null) {
      return Decoded.refused(form);
    }
    NtpPacket packet = NtpCodec.decode(datagram);
    if (!Wire.speaks(packet.kind().version())) {
      return Decoded.refused(Rejection.UNKNOWN_VERSION);
    }
    if ((modes & (1 << packet.kind().mode())) == 0) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    Rejection code = judgeCode(datagram);
    return code == null ? Decoded.of(packet) : Decoded.refused(code);
  }

  /** RFC 5905 figure 22, test 5. Without a key, only a crypto-NAK is told from other codes. */
  private @Nullable Rejection judgeCode(ByteBuffer datagram) {
    int covered = NtpCodec.authenticatedLength(datagram);
    if (config.wire().isSealed()) {
      return config.keys().verify(datagram, covered, config.wire().keyId());
    }
    boolean isNak = datagram.remaining() - covered == Integer.BYTES;
    return isNak ? Rejection.CRYPTO_NAK : null;
  }
}
