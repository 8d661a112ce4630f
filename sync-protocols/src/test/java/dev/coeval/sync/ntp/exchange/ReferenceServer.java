package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A server as RFC 9769 section 2 describes it, written for tests from the text alone: it remembers
 * by receive timestamp when each reply left.
 */
final class ReferenceServer {

  private final End end;
  private final boolean isInterleaving;
  private final Map<Long, Long> departures = new HashMap<>();

  ReferenceServer(End end, boolean isInterleaving) {
    this.end = end;
    this.isInterleaving = isInterleaving;
  }

  /** Answers a request that arrived at one time by a reply that leaves at another. */
  ByteBuffer answer(long arrival, ByteBuffer request, long departure, long written) {
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    long origin = request.getLong(NtpCodec.ORIGIN);
    long receive = request.getLong(NtpCodec.RECEIVE);
    long transmit = request.getLong(NtpCodec.TRANSMIT);
    long arrived = NtpTimestamp.ofEpochNanos(end.says(arrival));
    Long left = departures.get(origin);
    boolean interleaved = isInterleaving && left != null && receive != transmit;
    int version = NtpCodec.version(request.get(0));
    reply.put(0, NtpCodec.firstByte(0, version, 4));
    reply.put(NtpCodec.STRATUM, (byte) 1);
    reply.put(NtpCodec.PRECISION, (byte) -30);
    reply.putLong(NtpCodec.ORIGIN, interleaved ? receive : transmit);
    reply.putLong(NtpCodec.RECEIVE, arrived);
    long basic = NtpTimestamp.ofEpochNanos(end.says(written));
    reply.putLong(NtpCodec.TRANSMIT, interleaved && left != null ? left : basic);
    departures.put(arrived, NtpTimestamp.ofEpochNanos(end.says(departure)));
    return reply;
  }
}
