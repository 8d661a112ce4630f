package dev.coeval.sync.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What holds of every datagram, and where to begin a search for one of which it does not. */
final class NtpDatagrams {

  static final int HEADER = NtpCodec.HEADER_LENGTH;

  private NtpDatagrams() {}

  /** A datagram that is written as it was read; or a reason, the same by either way of reading. */
  static void roundTrip(byte[] data) {
    ByteBuffer given = ByteBuffer.wrap(data).asReadOnlyBuffer();
    Rejection reason = NtpCodec.check(given);
    Decoded<NtpDatagram> decoded = NtpDatagram.parse(given);
    assertEquals(0, given.position());
    if (reason != null) {
      assertEquals(Decoded.refused(reason), decoded);
      return;
    }
    NtpDatagram datagram = ((Decoded.Value<NtpDatagram>) decoded).value();
    ByteBuffer written = ByteBuffer.allocate(datagram.length());
    datagram.encode(written);
    assertArrayEquals(data, written.array());
    assertEquals(NtpCodec.authenticatedLength(given), datagram.authenticatedLength());
    assertEquals(decoded, NtpDatagram.parse(written.flip()));
  }

  /** A packet of a version, and a trailer behind it. */
  static byte[] packet(int version, byte[] trailer) {
    byte[] packet = new byte[HEADER + trailer.length];
    packet[0] = NtpCodec.firstByte(0, version, 3);
    System.arraycopy(trailer, 0, packet, HEADER, trailer.length);
    return packet;
  }

  /** Octets that begin with these words; the rest are ones. */
  static byte[] trailer(int length, int... words) {
    byte[] trailer = new byte[length];
    Arrays.fill(trailer, (byte) 1);
    ByteBuffer buffer = ByteBuffer.wrap(trailer);
    for (int word : words) {
      buffer.putInt(word);
    }
    return trailer;
  }
}
