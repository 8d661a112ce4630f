package dev.coeval.examples.hosts;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Numbers the exchanges of a client, tells which were lost, and ends after so many: it sees what
 * the client wants done, whatever its protocol, as long as it has one open request a peer.
 *
 * <p>A request is lost when the next one to the same peer leaves and no measurement came in
 * between. When the limit is reached, the client may go on: its requests are not sent any more.
 */
final class ExchangeCount implements UnaryOperator<List<Action>> {
  private final long limit;
  private final Map<PeerId, Peer> peers = new HashMap<>();
  private long sequence;

  /**
   * @param limit how many requests each peer gets
   */
  ExchangeCount(long limit) {
    this.limit = limit;
  }

  @Override
  public List<Action> apply(List<Action> actions) {
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
