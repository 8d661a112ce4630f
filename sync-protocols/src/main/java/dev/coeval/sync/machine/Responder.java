package dev.coeval.sync.machine;

import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * A server that answers each request by itself, with at most one reply that is no larger than the
 * request.
 *
 * <p>It never throws for what a request holds: it stays silent, and counts the reason. Called from
 * one thread at a time.
 */
public interface Responder {

  /** Returned by {@link #respond}: this request is not of the responder's protocol. */
  int NOT_MINE = -1;

  /** Returned by {@link #respond}: this request is of the protocol, but gets no reply. */
  int SILENT = 0;

  /**
   * Answers a request.
   *
   * @param received the local clocks at the request's arrival, as early as could be had
   * @param from who asks
   * @param request its bytes, from position to limit; positions and bytes are left as they are
   * @param reply where the reply goes, from its position on; room for as many bytes as the request
   *     has. The position is left behind the last byte written
   * @param transmitTickNanos reads the local ticks; read it last, as its value is the reply's
   *     transmit time
   * @return the length of the reply in bytes, {@link #SILENT} or {@link #NOT_MINE}
   */
  int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos);

  /**
   * The reply that {@link #respond} gave last has left: a better transmit stamp than the one inside
   * it, as the interleaved mode of NTP needs (RFC 9769). Called before the next request, if at all:
   * not for a reply that could not be sent, and not by a runtime that does not know when a reply
   * leaves, as over TCP.
   *
   * @param to who was answered
   * @param reply its bytes, from position to limit, read-only; not valid after the call
   * @param sent the local clocks at its departure: it left between {@code tickNanos} and {@code
   *     tickNanos + spanNanos}
   */
  default void onSent(PeerId to, ByteBuffer reply, ClockReading sent) {}
}
