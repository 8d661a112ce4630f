package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the exchanges of a client, tells which were lost, and ends after so many: a machine
 * around a machine, so that it works for every protocol whose clients have one open request a peer.
 *
 * <p>A request is lost when the next one to the same peer leaves and no measurement came in
 * between. When the limit is reached, the client may go on: its requests are not sent any more.
 */
final class ExchangeCounter implements StateMachine {
  private final StateMachine client;
  private final long limit;
  private final Map<PeerId, Peer> peers = new HashMap<>();
  private long sequence;

  /**
   * @param client the machine that asks
   * @param limit how many requests each peer gets
   */
  ExchangeCounter(StateMachine client, long limit) {
    this.client = client;
    this.limit = limit;
  }

  @Override
  public List<Action> start(ClockReading now) {
    return watch(client.start(now));
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return watch(client.onDatagram(received, from, payload));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return watch(client.onTimer(now, timer));
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    return watch(client.onSent(sent, send));
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
    return watch(client.onUnreachable(now, peer, reason));
  }

  private List<Action> watch(List<Action> actions) {
    List<Action> watched = new ArrayList<>(actions.size() + 1);
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        send(send, watched);
      } else {
        if (action instanceof Action.Publish publish
            && publish.report() instanceof Measurement measurement) {
          answered(measurement, watched);
        }
        watched.add(action);
      }
    }
    return watched;
  }

  private void send(Action.Send send, List<Action> watched) {
    Peer peer = peers.computeIfAbsent(send.to(), to -> new Peer());
    if (peer.open) {
      peer.open = false;
      boolean last = peer.sent == limit;
      watched.add(new Action.Publish(new ExchangeSeen(peer.sequence, send.to(), null, last)));
    }
    if (peer.sent < limit) {
      peer.sent++;
      peer.open = true;
      peer.sequence = ++sequence;
      watched.add(send);
    }
  }

  private void answered(Measurement measurement, List<Action> watched) {
    Peer peer = peers.get(measurement.peer());
    if (peer != null && peer.open) {
      peer.open = false;
      boolean last = peer.sent == limit;
      watched.add(
          new Action.Publish(
              new ExchangeSeen(peer.sequence, measurement.peer(), measurement, last)));
    }
  }

  private static final class Peer {
    private boolean open;
    private long sent;
    private long sequence;
  }
}
