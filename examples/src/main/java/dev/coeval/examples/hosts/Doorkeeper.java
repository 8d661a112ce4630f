package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.server.Access;
import dev.coeval.sync.ntp.server.AccessList;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Stands before all others on a port and keeps out who is denied. NTP's server judges by itself.
 */
final class Doorkeeper implements Responder {
  private final AccessList access;
  private final RejectionCounts rejections = new RejectionCounts();

  Doorkeeper(AccessList access) {
    this.access = access;
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
    boolean ntp = request.hasRemaining() && NtpCodec.isNtp(request.get(request.position()) & 0xFF);
    if (ntp || access.decide(from.address()) == Access.ALLOW) {
      return NOT_MINE;
    }
    rejections.add(Rejection.ACCESS_DENIED);
    return SILENT;
  }
}
