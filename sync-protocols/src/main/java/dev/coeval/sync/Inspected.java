package dev.coeval.sync;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A machine whose actions somebody sees before they are carried out.
 *
 * @param machine does the work
 * @param tap gives what shall be done
 */
record Inspected(StateMachine machine, UnaryOperator<List<Action>> tap) implements StateMachine {

  @Override
  public List<Action> start(ClockReading now) {
    return tap.apply(machine.start(now));
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return tap.apply(machine.onDatagram(received, from, payload));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return tap.apply(machine.onTimer(now, timer));
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    return tap.apply(machine.onSent(sent, send));
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return tap.apply(machine.onUnreachable(now, peer, reason));
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return machine.isRequest(send);
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return machine.isReply(payload);
  }
}
