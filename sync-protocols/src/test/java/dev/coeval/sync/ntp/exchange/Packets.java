package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets for tests. */
final class Packets {

  static final int KEY = 7;
  static final int OTHER_KEY = 8;

  static final NtpKeys KEYS = NtpKeys.of(List.of(key(KEY, 'a'), key(OTHER_KEY, 'b')));

  /** The same numbers, other secrets. */
  static final NtpKeys FALSE_KEYS = NtpKeys.of(List.of(key(KEY, 'x'), key(9, 'y')));

  private Packets() {}

  private static NtpKey key(int id, char letter) {
    byte[] secret = String.valueOf(letter).repeat(16).getBytes(StandardCharsets.US_ASCII);
    return NtpKey.of(id, MacAlgorithm.AES128_CMAC, secret);
  }

  static NtpPacket of(int mode, long origin, long receive, long transmit) {
    return new NtpPacket(
        new NtpPacket.Kind(0, 4, mode),
        new NtpPacket.Quality(2, 0, -25, 0, 0),
        new NtpPacket.Reference(0x7f000001, 0),
        new NtpPacket.Stamps(origin, receive, transmit));
  }

  static NtpPacket with(NtpPacket packet, int leap, int stratum, String reference) {
    NtpPacket.Kind kind = packet.kind();
    NtpPacket.Quality quality = packet.quality();
    return new NtpPacket(
        new NtpPacket.Kind(leap, kind.version(), kind.mode()),
        new NtpPacket.Quality(stratum, 0, -25, quality.rootDelay(), quality.rootDispersion()),
        new NtpPacket.Reference(reference.isEmpty() ? 0 : NtpPacket.Reference.idOf(reference), 0),
        packet.stamps());
  }

  static NtpPacket withPoll(NtpPacket packet, int poll) {
    NtpPacket.Quality quality = packet.quality();
    return new NtpPacket(
        packet.kind(),
        new NtpPacket.Quality(
            quality.stratum(),
            poll,
            quality.precision(),
            quality.rootDelay(),
            quality.rootDispersion()),
        packet.reference(),
        packet.stamps());
  }

  static NtpPacket withVersion(NtpPacket packet, int version) {
    NtpPacket.Kind kind = packet.kind();
    return new NtpPacket(
        new NtpPacket.Kind(kind.leap(), version, kind.mode()),
        packet.quality(),
        packet.reference(),
        packet.stamps());
  }

  static ByteBuffer bytes(NtpPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    NtpCodec.encode(packet, buffer);
    return buffer.flip();
  }

  static ByteBuffer sealed(NtpPacket packet, NtpKeys keys, int keyId) {
    ByteBuffer buffer = ByteBuffer.allocate(200);
    NtpCodec.encode(packet, buffer);
    keys.seal(keyId, buffer, 0);
    return buffer.flip();
  }

  static ByteBuffer nak(NtpPacket packet) {
    ByteBuffer buffer = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + Integer.BYTES);
    NtpCodec.encode(packet, buffer);
    return buffer.putInt(0).flip();
  }
}
