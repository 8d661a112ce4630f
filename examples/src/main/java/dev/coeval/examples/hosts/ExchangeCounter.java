package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;

/** A client's machine with its exchanges counted. */
final class ExchangeCounter implements StateMachine {
  private final StateMachine client;
  private final ExchangeCount count;

  /**
   * @param client the machine that asks
   * @param count sees what it wants done
   */
  ExchangeCounter(StateMachine client, ExchangeCount count) {
    this.client = client;
    this.count = count;
  }

  @Override
  public List<Action> start(ClockReading now) {
    return count.apply(client.start(now));
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return count.apply(client.onDatagram(received, from, payload));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return count.apply(client.onTimer(now, timer));
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    return count.apply(client.onSent(sent, send));
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return client.isRequest(send);
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return client.isReply(payload);
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return count.apply(client.onUnreachable(now, peer, reason));
  }
}
