package dev.coeval.sync.order;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.LinkEvent;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A machine among peers that have proper links with it, and say over them whatever a test wants.
 * Datagrams arrive at once.
 */
public final class Liars {
  private static final long STEP_NANOS = 10_000_000L;
  private static final TimerId TIMER = new TimerId("liar", 0, 0);
  private static final PeerId VICTIM = PeerId.simulated(77);

  public final List<Report> reports = new ArrayList<>();
  private final StateMachine machine;
  private final Map<PeerId, Links> liars = new LinkedHashMap<>();
  private final Map<PeerId, List<ByteBuffer>> heard = new HashMap<>();
  private final Map<TimerId, Long> timers = new HashMap<>();
  private final Set<PeerId> mute = new HashSet<>();
  private long tick;

  /** Starts the machine, and links with it. */
  public Liars(StateMachine machine, LinkConfig config, List<PeerId> peers, long seed) {
    this.machine = machine;
    for (PeerId peer : peers) {
      Links links = new Links(TIMER, config, Keyring.empty(), seed + peer.hashCode());
      liars.put(peer, links);
      heard.put(peer, new ArrayList<>());
    }
    carryOut(machine.start(now()));
    for (PeerId peer : peers) {
      liars.get(peer).connect(tick, VICTIM);
      deliver(peer);
    }
  }

  /** The machine's clocks. */
  public ClockReading now() {
    return new ClockReading(tick, tick, 0);
  }

  /** A peer says something; returns false if its link takes no more. */
  public void say(PeerId peer, ByteBuffer message) {
    liars.get(peer).send(tick, VICTIM, message);
    deliver(peer);
  }

  /** From now on nothing comes from a peer. */
  public void mute(PeerId peer) {
    mute.add(peer);
  }

  /** What the machine has said to a peer since the last call. */
  public List<ByteBuffer> heard(PeerId peer) {
    List<ByteBuffer> taken = List.copyOf(heard.get(peer));
    heard.get(peer).clear();
    return taken;
  }

  /** The owner has the machine do something. */
  public void command(Function<ClockReading, List<Action>> command) {
    carryOut(command.apply(now()));
  }

  /** Time passes; timers come due. */
  public void pass() {
    tick += STEP_NANOS;
    liars
        .keySet()
        .forEach(
            peer -> {
              take(peer, liars.get(peer).onTimer(tick, TIMER));
              deliver(peer);
            });
    for (TimerId timer : List.copyOf(timers.keySet())) {
      if (timers.getOrDefault(timer, Long.MAX_VALUE) <= tick) {
        timers.remove(timer);
        carryOut(machine.onTimer(now(), timer));
      }
    }
  }

  private void deliver(PeerId peer) {
    for (Action action : liars.get(peer).takeActions(tick)) {
      if (action instanceof Action.Send send && !mute.contains(peer)) {
        carryOut(machine.onDatagram(now(), peer, send.payload().asReadOnlyBuffer()));
      }
    }
  }

  private void carryOut(List<Action> actions) {
    List<PeerId> answering = new ArrayList<>();
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        assertTrue(liars.containsKey(send.to()), () -> "sends to " + send.to());
        take(send.to(), liars.get(send.to()).onDatagram(tick, VICTIM, send.payload()));
        answering.add(send.to());
      } else if (action instanceof Action.SetTimer set) {
        timers.put(set.timer(), set.atTickNanos());
        assertTrue(timers.size() < 8, timers::toString);
      } else if (action instanceof Action.Publish publish) {
        reports.add(publish.report());
      }
    }
    answering.forEach(this::deliver);
  }

  private void take(PeerId peer, List<LinkEvent> events) {
    for (LinkEvent event : events) {
      if (event instanceof LinkEvent.Received received) {
        heard.get(peer).add(received.message());
      }
    }
  }
}
