package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A server and the time that it serves, both to be turned at will, and clients that ask. */
final class Desk {
  static final long EPOCH = 1_800_000_000_000_000_000L;
  static final int REFERENCE = 0x0A00_0007;

  /** From receiving a request to its reply's stamp, and from there to its leaving. */
  static final long WORK = 30_000;

  static final long WAIT = 12_345;

  /** What the server says of its time: a stratum 3 that is synchronized. */
  SystemVariables said =
      new SystemVariables(0, 3, -20, 8_000_000, 2_000_000, REFERENCE, EPOCH - 5_000_000_000L);

  long errorNanos = 1_000_000;
  double errorGrowth;

  /** By how much the time is ahead of the ticks. */
  long offset = EPOCH;

  double rate = 1;
  long work = WORK;
  long tick = 1_000_000_000L;
  final NtpServer server;
  private long nonce = 0x0123_4567_89AB_CDEFL;

  Desk(NtpServerConfig config) {
    server = NtpServer.serving(config, this::snapshot);
  }

  ServedTime snapshot() {
    long base = offset;
    double speed = rate;
    long error = errorNanos;
    double growth = errorGrowth;
    SystemVariables variables = said;
    return new ServedTime() {
      @Override
      public long epochNanosAt(long tickNanos) {
        return base + (long) (tickNanos * speed);
      }

      @Override
      public long maxErrorNanosAt(long tickNanos) {
        return error == Long.MAX_VALUE ? error : error + (long) (tickNanos * growth);
      }

      @Override
      public long rootDispersionNanosAt(long tickNanos) {
        return variables.rootDispersionNanos();
      }

      @Override
      public SystemVariables variables() {
        return variables;
      }
    };
  }

  /** A request of 48 bytes whose stamps are random but for the origin. */
  ByteBuffer request(int version, long origin) {
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    request.put(0, NtpCodec.firstByte(0, version, NtpPacket.MODE_CLIENT));
    request.put(NtpCodec.POLL, (byte) 5);
    request.putLong(NtpCodec.ORIGIN, origin);
    request.putLong(NtpCodec.RECEIVE, nonce());
    request.putLong(NtpCodec.TRANSMIT, nonce());
    return request;
  }

  ByteBuffer request() {
    return request(NtpPacket.VERSION, 0);
  }

  /** The bytes of the reply, or null if there is none. */
  @Nullable ByteBuffer ask(PeerId from, ByteBuffer request) {
    ByteBuffer reply = ByteBuffer.allocate(request.remaining());
    int length =
        server.respond(new ClockReading(tick, 0, 0), from, request, reply, () -> tick + work);
    assertEquals(Math.max(0, length), reply.position());
    assertTrue(length <= request.remaining());
    return length > 0 ? reply.flip() : null;
  }

  @Nullable ByteBuffer ask(int client, ByteBuffer request) {
    return ask(PeerId.simulated(client), request);
  }

  @Nullable NtpPacket askTime(int client) {
    ByteBuffer reply = ask(client, request());
    return reply == null ? null : NtpCodec.decode(reply);
  }

  /** Asks, and lets the reply leave. */
  NtpPacket exchange(int client, ByteBuffer request) {
    ByteBuffer reply = ask(client, request);
    assertTrue(reply != null, "no reply");
    server.onSent(
        PeerId.simulated(client),
        reply.asReadOnlyBuffer(),
        new ClockReading(tick + WORK + WAIT, 0, 0));
    return NtpCodec.decode(reply);
  }

  private long nonce() {
    nonce = nonce * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    return nonce;
  }
}
