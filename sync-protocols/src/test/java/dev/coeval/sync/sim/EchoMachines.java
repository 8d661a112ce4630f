package dev.coeval.sync.sim;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A client that asks at a steady interval of its ticks, and a server that sends the request back.
 */
final class EchoMachines {
  static final byte FIRST = 'E';

  private EchoMachines() {}

  /** The client publishes one for each reply, with the number of the request. */
  record Echoed(long number, long sentTickNanos, long receivedTickNanos) implements Report {}

  /** The client publishes one for each time at which it was told that a datagram has left. */
  record Left(long number) implements Report {}

  static Switchboard client(PeerId server, long intervalNanos) {
    return new Switchboard()
        .add("echo", first -> first == FIRST, new Client(server, intervalNanos));
  }

  static Switchboard server() {
    return new Switchboard().add(new Server());
  }

  private static final class Client implements StateMachine {
    private static final TimerId POLL = new TimerId("echo", 0, 0);

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
      long answered = payload.getLong(payload.position() + 1);
      long sent = payload.getLong(payload.position() + 9);
      return List.of(new Action.Publish(new Echoed(answered, sent, received.tickNanos())));
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return ask(now.tickNanos());
    }

    @Override
    public List<Action> onSent(ClockReading sent, SendId send) {
      return List.of(new Action.Publish(new Left(send.sequence())));
    }

    private List<Action> ask(long tickNanos) {
      ByteBuffer request = ByteBuffer.allocate(17);
      request.put(FIRST).putLong(++number).putLong(tickNanos).flip();
      return List.of(
          new Action.Send(server, request, new SendId("echo", number)),
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
      if (request.get(request.position()) != FIRST) {
        return NOT_MINE;
      }
      int length = request.remaining();
      reply.put(request.duplicate());
      return length;
    }
  }
}
