package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine that publishes what happens to it, and at a timer does what a test wants. Its datagrams
 * begin with a small letter: requests with a q, replies with an r.
 */
final class RecordingMachine implements StateMachine {
  static final String OWNER = "recorder";

  /** What happened. */
  record Event(String what, ClockReading at, PeerId peer, String text) implements Report {}

  private final List<Action> atStart;
  private final List<Action> atTimer;

  RecordingMachine(List<Action> atStart, List<Action> atTimer) {
    this.atStart = atStart;
    this.atTimer = atTimer;
  }

  static Switchboard board(List<Action> atStart, List<Action> atTimer) {
    return new Switchboard()
        .add(
            OWNER,
            first -> first >= 'a' && first <= 'z',
            new RecordingMachine(List.copyOf(atStart), List.copyOf(atTimer)));
  }

  static TimerId timer(int index) {
    return new TimerId(OWNER, 0, index);
  }

  static Action.Send send(PeerId to, String text) {
    return new Action.Send(to, bytes(text), new SendId(OWNER, text.length()));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  static String text(ByteBuffer payload) {
    return StandardCharsets.US_ASCII.decode(payload.duplicate()).toString();
  }

  @Override
  public List<Action> start(ClockReading now) {
    return and(fresh(atStart), new Event("start", now, null, ""));
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return and(List.of(), new Event("datagram", received, from, text(payload)));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return and(fresh(atTimer), new Event("timer", now, null, "" + timer.index()));
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    return and(List.of(), new Event("sent", sent, null, "" + send.sequence()));
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return text(send.payload()).startsWith("q");
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return text(payload).startsWith("r");
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return and(List.of(), new Event("unreachable", now, peer, reason));
  }

  private static List<Action> and(List<Action> actions, Event event) {
    List<Action> all = new ArrayList<>(actions);
    all.add(new Action.Publish(event));
    return all;
  }

  /** Payloads are used up by sending: a second send needs bytes of its own. */
  private static List<Action> fresh(List<Action> actions) {
    List<Action> fresh = new ArrayList<>();
    for (Action action : actions) {
      fresh.add(
          action instanceof Action.Send send
              ? new Action.Send(send.to(), send.payload().duplicate(), send.id())
              : action);
    }
    return fresh;
  }
}
