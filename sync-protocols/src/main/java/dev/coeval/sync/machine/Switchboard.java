package dev.coeval.sync.machine;

import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Several protocols behind one port: datagrams are told apart by their first byte, timers and sends
 * by the name of the machine that owns them.
 *
 * <p>Responders are asked first, in the order in which they were added; a datagram that none of
 * them takes goes to the first machine whose predicate accepts its first byte. A machine that stops
 * hears nothing more; the board itself stops with the last of them. Not thread-safe, as its
 * machines are not.
 */
public final class Switchboard implements StateMachine, Responder {
  private final List<Responder> responders = new ArrayList<>();
  private final Map<String, Line> machines = new LinkedHashMap<>();
  private @Nullable Responder answered;

  /** An empty board. */
  public Switchboard() {}

  /**
   * Adds a server.
   *
   * @param responder answers the requests of its protocol
   * @return this
   */
  public Switchboard add(Responder responder) {
    responders.add(responder);
    return this;
  }

  /**
   * Adds a machine.
   *
   * @param owner the name in its {@link TimerId}s and {@link SendId}s
   * @param firstByte accepts the first byte, 0 to 255, of the datagrams that are for it
   * @param machine the machine
   * @return this
   * @throws IllegalArgumentException if the name is taken
   */
  public Switchboard add(String owner, IntPredicate firstByte, StateMachine machine) {
    if (machines.putIfAbsent(owner, new Line(firstByte, machine)) != null) {
      throw new IllegalArgumentException("there is a machine of that name: " + owner);
    }
    return this;
  }

  @Override
  public List<Action> start(ClockReading now) {
    List<Action> actions = new ArrayList<>();
    machines.forEach((owner, line) -> actions.addAll(of(line, line.machine.start(now))));
    return actions;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    Line line = lineOf(payload);
    return line == null ? List.of() : of(line, line.machine.onDatagram(received, from, payload));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    Line line = machines.get(timer.owner());
    return line == null || line.stopped ? List.of() : of(line, line.machine.onTimer(now, timer));
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    Line line = machines.get(send.owner());
    return line == null || line.stopped ? List.of() : of(line, line.machine.onSent(sent, send));
  }

  @Override
  public boolean isRequest(Action.Send send) {
    Line line = machines.get(send.id().owner());
    return line != null && line.machine.isRequest(send);
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    Line line = lineOf(payload);
    return line != null && line.machine.isReply(payload);
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    List<Action> actions = new ArrayList<>();
    for (Line line : machines.values()) {
      if (!line.stopped) {
        actions.addAll(of(line, line.machine.onUnreachable(now, peer, reason)));
      }
    }
    return actions;
  }

  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    answered = null;
    for (Responder responder : responders) {
      int length = responder.respond(received, from, request, reply, transmitTickNanos);
      if (length != NOT_MINE) {
        answered = responder;
        return length;
      }
    }
    return NOT_MINE;
  }

  @Override
  public void onSent(PeerId to, ByteBuffer reply, ClockReading sent) {
    if (answered != null) {
      answered.onSent(to, reply, sent);
    }
  }

  private @Nullable Line lineOf(ByteBuffer payload) {
    if (payload.hasRemaining()) {
      int first = payload.get(payload.position()) & 0xFF;
      for (Line line : machines.values()) {
        if (!line.stopped && line.firstByte.test(first)) {
          return line;
        }
      }
    }
    return null;
  }

  /** A machine's actions, without its stop while others go on. */
  private List<Action> of(Line line, List<Action> actions) {
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i) instanceof Action.Stop) {
        line.stopped = true;
        return machines.values().stream().allMatch(each -> each.stopped)
            ? actions
            : actions.subList(0, i);
      }
    }
    return actions;
  }

  private static final class Line {
    final IntPredicate firstByte;
    final StateMachine machine;
    boolean stopped;

    Line(IntPredicate firstByte, StateMachine machine) {
      this.firstByte = firstByte;
      this.machine = machine;
    }
  }
}
