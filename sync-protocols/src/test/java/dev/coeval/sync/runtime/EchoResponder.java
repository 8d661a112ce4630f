package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Answers a request in capitals with the same in small letters: "ECHO", "echo". */
final class EchoResponder implements Responder {
  volatile long pauseNanos; // gives others the time to come in between

  volatile ClockReading sent;
  volatile PeerId sentTo;
  volatile String sentText;

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger inside = new AtomicInteger();
  final AtomicInteger mostInside = new AtomicInteger();

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      ClockReader.system().pause(pauseNanos);
      int length = request.remaining();
      if (length == 0 || !isCapital(request.get(request.position()))) {
        return NOT_MINE;
      }
      asked.incrementAndGet();
      return answer(request, reply, length);
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void onSent(PeerId to, ByteBuffer reply, ClockReading at) {
    sentTo = to;
    sentText = RecordingMachine.text(reply);
    sent = at;
  }

  private static int answer(ByteBuffer request, ByteBuffer reply, int length) {
    return switch (request.get(request.position())) {
      case 'X' -> { // writes more than it may
        reply.put(new byte[length + 1]);
        yield length + 1;
      }
      case 'Y' -> length + 1; // says more than it wrote
      case 'Z' -> SILENT;
      default -> {
        for (int i = 0; i < length; i++) {
          reply.put((byte) (request.get(request.position() + i) | 0x20));
        }
        yield length;
      }
    };
  }

  private static boolean isCapital(byte letter) {
    return letter >= 'A' && letter <= 'Z';
  }
}
