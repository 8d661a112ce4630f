package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Asks a responder, and sees to it that a reply is never larger than its request: what would be can
 * be turned, with a forged source address, into an attack on others.
 */
final class ReplyGuard {
  private final Responder responder;
  private final LongSupplier transmitTicks;

  ReplyGuard(Responder responder, ClockReader clock) {
    this.responder = responder;
    this.transmitTicks = clock::tickNanos;
  }

  /**
   * Asks. The reply stands in its buffer from 0 to the length returned.
   *
   * @return the length, {@link Responder#SILENT}, {@link Responder#NOT_MINE}, or a length greater
   *     than that of the request, which must not be sent
   */
  int respond(ClockReading received, PeerId from, ByteBuffer request, ByteBuffer reply) {
    int start = request.position();
    int end = request.limit();
    reply.clear().limit(end - start);
    int length;
    try {
      length = responder.respond(received, from, request, reply, transmitTicks);
    } catch (BufferOverflowException e) {
      length = end - start + 1;
    }
    request.limit(end).position(start);
    return length;
  }
}
