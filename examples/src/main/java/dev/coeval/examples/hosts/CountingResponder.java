package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts the requests that a server answers. */
final class CountingResponder implements Responder {
  private final Responder server;
  private final LongAdder answered = new LongAdder();

  CountingResponder(Responder server) {
    this.server = server;
  }

  long answered() {
    return answered.sum();
  }

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    int length = server.respond(received, from, request, reply, transmitTickNanos);
    if (length > 0) {
      answered.increment();
    }
    return length;
  }

  @Override
  public void onSent(PeerId to, ByteBuffer reply, ClockReading sent) {
    server.onSent(to, reply, sent);
  }
}
