package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A machine that is nothing but its links: it publishes what happens on them. */
final class Talker implements StateMachine {
  static final String OWNER = "talk";

  final Links links;
  private final List<PeerId> peers;

  Talker(LinkConfig config, List<PeerId> peers, Keyring keyring, long seed) {
    this.links = new Links(new TimerId(OWNER, 0, 0), config, keyring, seed);
    this.peers = peers;
  }

  Switchboard board() {
    return new Switchboard().add(OWNER, first -> first == 'D', this);
  }

  Admission say(ClockReading now, PeerId to, long number) {
    ByteBuffer message = ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
    return links.send(now.tickNanos(), to, message);
  }

  @Override
  public List<Action> start(ClockReading now) {
    peers.forEach(peer -> links.connect(now.tickNanos(), peer));
    return links.takeActions(now.tickNanos());
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return done(received, links.onDatagram(received.tickNanos(), from, payload));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return done(now, links.onTimer(now.tickNanos(), timer));
  }

  private List<Action> done(ClockReading now, List<LinkEvent> events) {
    List<Action> actions = new ArrayList<>();
    events.forEach(event -> actions.add(new Action.Publish(event)));
    actions.addAll(links.takeActions(now.tickNanos()));
    return actions;
  }
}
