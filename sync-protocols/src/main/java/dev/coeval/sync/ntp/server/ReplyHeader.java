package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.KissCode;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import java.nio.ByteBuffer;

/**
 * The 48 bytes of a packet that a server sends, but for the stamps of a reply with time. They are
 * put at an index; positions stay as they are. Pure functions.
 */
final class ReplyHeader {

  /** A timestamp is rounded to 233 ps. */
  private static final long ROUNDING_NANOS = 1;

  private ReplyHeader() {}

  /**
   * Puts what the server says of its time: leap indicator to reference time. Half the root delay
   * and the root dispersion are together never below the error of the stamps, as the client reads
   * them; where that takes more than 16 s there is no time, which is said by leap indicator 3 and
   * stratum 0.
   *
   * @param kind version and mode, as {@link NtpCodec#firstByte} has them
   * @param stamps the stamps beside it
   * @return whether there is a time
   */
  static boolean putQuality(ByteBuffer reply, int at, int kind, ServedTime time, StampPair stamps) {
    SystemVariables said = time.variables();
    long dispersion = dispersionNanos(time, stamps);
    int leap = time.leapAt(stamps.transmitTick);
    if (!said.isSynchronized()
        || leap == NtpPacket.LEAP_UNSYNCHRONIZED
        || dispersion > SystemVariables.MAX_DISPERSION_NANOS) {
      putNoTime(reply, at, kind, KissCode.INIT);
      reply.put(at + NtpCodec.PRECISION, (byte) said.precision());
      return false;
    }
    long reference = said.wireReference();
    reply.put(at, (byte) (kind | NtpCodec.firstByte(leap, 0, 0)));
    reply.put(at + NtpCodec.STRATUM, (byte) said.stratum());
    reply.put(at + NtpCodec.PRECISION, (byte) said.precision());
    NtpCodec.putInt(reply, at + NtpCodec.ROOT_DELAY, NtpShort.ofNanos(said.rootDelayNanos()));
    NtpCodec.putInt(reply, at + NtpCodec.ROOT_DISPERSION, NtpShort.ofNanos(dispersion));
    NtpCodec.putInt(reply, at + NtpCodec.REFERENCE_ID, said.referenceId());
    NtpCodec.putLong(
        reply,
        at + NtpCodec.REFERENCE,
        NtpTimestamp.isBefore(stamps.receive, reference) ? stamps.receive : reference);
    return true;
  }

  /**
   * Puts a packet that no client takes for time: leap indicator 3, stratum 0, and all three stamps
   * are the request's own transmit timestamp, by which the client knows what it answers.
   *
   * @param request the request, from its position on
   * @param code why there is no time
   * @param poll log₂ of the seconds that the client shall wait
   */
  static void putKiss(ByteBuffer request, ByteBuffer reply, int at, KissCode code, int poll) {
    int asked = request.position();
    int version = NtpCodec.version(request.get(asked));
    long nonce = NtpCodec.getLong(request, asked + NtpCodec.TRANSMIT);
    putNoTime(reply, at, NtpCodec.firstByte(0, version, NtpPacket.MODE_SERVER), code);
    reply.put(at + NtpCodec.POLL, (byte) poll);
    reply.put(at + NtpCodec.PRECISION, (byte) 0);
    NtpCodec.putLong(reply, at + NtpCodec.ORIGIN, nonce);
    NtpCodec.putLong(reply, at + NtpCodec.RECEIVE, nonce);
    NtpCodec.putLong(reply, at + NtpCodec.TRANSMIT, nonce);
  }

  private static long dispersionNanos(ServedTime time, StampPair stamps) {
    if (stamps.errorNanos > SystemVariables.MAX_DISPERSION_NANOS) {
      return Long.MAX_VALUE;
    }
    long half = time.variables().rootDelayNanos() / 2;
    return Math.max(
        stamps.errorNanos + ROUNDING_NANOS - half, time.rootDispersionNanosAt(stamps.transmitTick));
  }

  private static void putNoTime(ByteBuffer reply, int at, int kind, KissCode code) {
    reply.put(at, (byte) (kind | NtpCodec.firstByte(NtpPacket.LEAP_UNSYNCHRONIZED, 0, 0)));
    reply.put(at + NtpCodec.STRATUM, (byte) NtpPacket.STRATUM_UNSPECIFIED);
    NtpCodec.putInt(reply, at + NtpCodec.ROOT_DELAY, 0);
    NtpCodec.putInt(
        reply,
        at + NtpCodec.ROOT_DISPERSION,
        NtpShort.ofNanos(SystemVariables.MAX_DISPERSION_NANOS));
    NtpCodec.putInt(reply, at + NtpCodec.REFERENCE_ID, code.id());
    NtpCodec.putLong(reply, at + NtpCodec.REFERENCE, NtpTimestamp.NONE);
  }
}
