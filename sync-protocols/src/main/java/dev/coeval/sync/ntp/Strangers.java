package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which senders of packets of mode 1 that nobody configured become symmetric passive peers (RFC
 * 5905 section 9.2, figure 20, NEWPS).
 *
 * @param rule the owner's
 * @param keys that their codes are held against
 */
record Strangers(LocalConfig.Passive rule, NtpKeys keys) {

  /** Their intervals are kept within 2⁴ to 2¹⁰ s, whatever they ask for. */
  private static final int MIN_EXPONENT = 4;

  private static final int MAX_EXPONENT = 10;

  /**
   * What becomes of a sender.
   *
   * @param rejection why it does not become a peer; null if it does
   * @param source how it is spoken to if it does
   */
  record Verdict(@Nullable Rejection rejection, @Nullable SourceConfig source) {
    static Verdict no(Rejection rejection) {
      return new Verdict(rejection, null);
    }
  }

  Verdict judge(PeerId from, ByteBuffer payload, Associations associations) {
    if (rule.max() == 0) {
      return Verdict.no(Rejection.UNKNOWN_PEER);
    }
    Decoded<NtpDatagram> decoded = NtpDatagram.parse(payload);
    if (!(decoded instanceof Decoded.Value<NtpDatagram> value)) {
      Rejection reason = NtpCodec.check(payload);
      return Verdict.no(reason == null ? Rejection.MALFORMED : reason);
    }
    NtpDatagram datagram = value.value();
    NtpPacket.Kind kind = datagram.header().kind();
    if (kind.mode() != Dialogues.SYMMETRIC_ACTIVE) {
      return Verdict.no(Rejection.UNKNOWN_PEER);
    }
    if (kind.version() < Wire.MIN_VERSION || kind.version() > NtpPacket.VERSION) {
      return Verdict.no(Rejection.UNKNOWN_VERSION);
    }
    if (!rule.access().test(from)) {
      return Verdict.no(Rejection.ACCESS_DENIED);
    }
    int keyId = datagram.hasMac() ? datagram.keyId() : Wire.NO_KEY;
    Rejection unproven = prove(payload, keyId);
    if (unproven != null) {
      return Verdict.no(unproven);
    }
    if (associations.passive() >= rule.max() || associations.size() >= EnsembleConfig.MAX_SOURCES) {
      return Verdict.no(Rejection.LIMIT_REACHED);
    }
    return new Verdict(null, source(from, datagram.header(), keyId));
  }

  private @Nullable Rejection prove(ByteBuffer payload, int keyId) {
    if (keyId == Wire.NO_KEY) {
      return rule.needsKey() ? Rejection.NOT_AUTHENTICATED : null;
    }
    return keys.verify(payload, NtpCodec.authenticatedLength(payload), keyId);
  }

  private static SourceConfig source(PeerId from, NtpPacket packet, int keyId) {
    int exponent = Math.max(MIN_EXPONENT, Math.min(MAX_EXPONENT, packet.quality().poll()));
    return SourceConfig.of(from)
        .withMode(SourceConfig.Mode.SYMMETRIC)
        .withWire(new Wire(packet.kind().version(), false, keyId))
        .withPolling(NtpPolling.exponents(exponent, exponent));
  }
}
