package dev.coeval.sync.ntp.server;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves a node's time to NTP clients: a request of mode 3 gets one reply of mode 4 (RFC 5905
 * sections 9.2 and 14).
 *
 * <p><b>Problem.</b> A client believes that the server's time is off by no more than its root
 * distance. A server that says less than the truth makes every bound below it a lie.
 *
 * <p><b>Idea.</b> The root dispersion is the larger of the node's bounds at T2 and T3, rounded up.
 * The root delay is 0, as the bound already holds it. A node without a bound, or with one above
 * {@link #MAX_DISPERSION_NANOS}, says that it is not synchronized: leap indicator 3, stratum 0.
 *
 * <p><b>Attacks.</b> A reply is never larger than its request and answers none but requests, so two
 * servers cannot be set upon each other (mode 4), nor be used to amplify. Nothing is kept between
 * requests, so nothing can be filled up. Extension fields and codes behind the header are passed
 * over, and the reply has none.
 *
 * <p>One thread at a time; {@link #rejections} may be read by any.
 */
public final class NtpServer implements Responder {

  /** RFC 5905 figure 6, MAXDISP: a clock further off than 16 s is not synchronized. */
  public static final long MAX_DISPERSION_NANOS = 16_000_000_000L;

  /** RFC 5905 figure 13: "the association has not yet synchronized for the first time". */
  private static final int INIT = NtpPacket.Reference.idOf("INIT");

  /** A timestamp is rounded to 233 ps. */
  private static final long ROUNDING_NANOS = 1;

  private static final int MIN_VERSION = 1;

  private final NtpServerConfig config;
  private final Supplier<ClockModel> clock;
  private final RejectionCounts rejections = new RejectionCounts();

  /**
   * A server.
   *
   * @param config what it says about itself
   * @param clock the time that it serves; asked once a request
   */
  public NtpServer(NtpServerConfig config, Supplier<ClockModel> clock) {
    this.config = Objects.requireNonNull(config, "config");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Answers a request of a client. A reply to a client (mode 4) is not for a server: it is left to
   * whatever else listens on the port.
   */
  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    if (!request.hasRemaining()) {
      return NOT_MINE;
    }
    int first = request.get(request.position()) & 0xFF;
    if (!NtpCodec.isNtp(first) || NtpCodec.mode(first) == NtpPacket.MODE_SERVER) {
      return NOT_MINE;
    }
    Rejection rejection = judge(first, request);
    if (rejection != null) {
      rejections.add(rejection);
      return SILENT;
    }
    answer(received.tickNanos(), request, reply, transmitTickNanos);
    return NtpCodec.HEADER_LENGTH;
  }

  /**
   * How many requests got no reply, and why.
   *
   * @return the live counts
   */
  public RejectionCounts rejections() {
    return rejections;
  }

  private static @Nullable Rejection judge(int first, ByteBuffer request) {
    if (NtpCodec.version(first) < MIN_VERSION || NtpCodec.version(first) > NtpPacket.VERSION) {
      return Rejection.UNKNOWN_VERSION;
    }
    if (NtpCodec.mode(first) != NtpPacket.MODE_CLIENT) {
      return Rejection.UNEXPECTED_TYPE;
    }
    return NtpCodec.check(request);
  }

  private void answer(
      long receivedTick, ByteBuffer request, ByteBuffer reply, LongSupplier transmitTickNanos) {
    int asked = request.position();
    int at = reply.position();
    int version = NtpCodec.version(request.get(asked));
    byte poll = request.get(asked + NtpCodec.POLL);
    long origin = NtpCodec.getLong(request, asked + NtpCodec.TRANSMIT);
    ClockModel model = clock.get();
    long receivedError = model.maxErrorNanosAt(receivedTick);
    reply.put(at + NtpCodec.POLL, poll);
    reply.put(at + NtpCodec.PRECISION, (byte) config.precision());
    NtpCodec.putInt(reply, at + NtpCodec.ROOT_DELAY, 0);
    NtpCodec.putLong(reply, at + NtpCodec.ORIGIN, origin);
    NtpCodec.putLong(
        reply, at + NtpCodec.RECEIVE, NtpTimestamp.ofEpochNanos(model.epochNanosAt(receivedTick)));
    long anchorTick = Math.min(model.anchorTickNanos(), receivedTick); // set before it is sent
    NtpCodec.putLong(
        reply, at + NtpCodec.REFERENCE, NtpTimestamp.ofEpochNanos(model.epochNanosAt(anchorTick)));
    long sentTick = transmitTickNanos.getAsLong(); // as late as can be
    NtpCodec.putLong(
        reply, at + NtpCodec.TRANSMIT, NtpTimestamp.ofEpochNanos(model.epochNanosAt(sentTick)));
    putQuality(reply, at, version, Math.max(receivedError, model.maxErrorNanosAt(sentTick)));
    reply.position(at + NtpCodec.HEADER_LENGTH);
  }

  private void putQuality(ByteBuffer reply, int at, int version, long errorNanos) {
    boolean known = errorNanos <= MAX_DISPERSION_NANOS - ROUNDING_NANOS;
    int leap = known ? NtpPacket.LEAP_NONE : NtpPacket.LEAP_UNSYNCHRONIZED;
    reply.put(at, NtpCodec.firstByte(leap, version, NtpPacket.MODE_SERVER));
    reply.put(
        at + NtpCodec.STRATUM, (byte) (known ? config.stratum() : NtpPacket.STRATUM_UNSPECIFIED));
    long dispersion = known ? errorNanos + ROUNDING_NANOS : MAX_DISPERSION_NANOS;
    NtpCodec.putInt(reply, at + NtpCodec.ROOT_DISPERSION, NtpShort.ofNanos(dispersion));
    NtpCodec.putInt(reply, at + NtpCodec.REFERENCE_ID, known ? config.referenceId() : INIT);
  }
}
