package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** Takes what no server on the port took and no machine will, and counts it. */
final class Strangers implements Responder {
  private final IntPredicate isForMachine;
  private final RejectionCounts rejections = new RejectionCounts();

  /**
   * @param isForMachine accepts the first byte of what is left for the machines on the port
   */
  Strangers(IntPredicate isForMachine) {
    this.isForMachine = isForMachine;
  }

  RejectionCounts rejections() {
    return rejections;
  }

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    if (!request.hasRemaining()) {
      rejections.add(Rejection.TOO_SHORT);
      return SILENT;
    }
    if (isForMachine.test(request.get(request.position()) & 0xFF)) {
      return NOT_MINE;
    }
    rejections.add(Rejection.NOT_OUR_PROTOCOL);
    return SILENT;
  }
}
