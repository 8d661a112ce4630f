package dev.coeval.bench.sync;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/** A client that asks at a steady interval and forgets the answers, and a server that echoes. */
final class EchoMachines {
  private static final String OWNER = "echo";
  private static final int BYTES = 48; // as NTP

  private EchoMachines() {}

  static Switchboard client(PeerId server, long intervalNanos) {
    return new Switchboard().add(OWNER, first -> true, new Client(server, intervalNanos));
  }

  static Switchboard server() {
    return new Switchboard().add(new Server());
  }

  private static final class Client implements StateMachine {
    private static final TimerId POLL = new TimerId(OWNER, 0, 0);

    private final PeerId server;
    private final long intervalNanos;
    private long number;

    Client(PeerId server, long intervalNanos) {
      this.server = server;
      this.intervalNanos = intervalNanos;
    }

    @Override
    public List<Action> start(ClockReading now) {
      return ask(now.tickNanos());
    }

    @Override
    public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
      return List.of();
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return ask(now.tickNanos());
    }

    private List<Action> ask(long tickNanos) {
      ByteBuffer request = ByteBuffer.allocate(BYTES);
      request.putLong(0, ++number);
      return List.of(
          new Action.Send(server, request, new SendId(OWNER, number)),
          new Action.SetTimer(POLL, tickNanos + intervalNanos));
    }
  }

  private static final class Server implements Responder {
    @Override
    public int respond(
        ClockReading received,
        PeerId from,
        ByteBuffer request,
        ByteBuffer reply,
        LongSupplier transmitTickNanos) {
      int length = request.remaining();
      reply.put(request.duplicate()).putLong(length - Long.BYTES, transmitTickNanos.getAsLong());
      return length;
    }
  }
}
