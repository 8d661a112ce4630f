package dev.coeval.examples.network;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the network of a machine worse than it is: of the datagrams that reach it, some are lost,
 * and the others come late, each by a time of its own, so that they overtake each other.
 *
 * <p>Not thread-safe, as every {@link StateMachine}; the counters may be read by anybody.
 */
public final class BadNetwork implements StateMachine {

  /** What is on its way beyond that is lost, as in every network. */
  private static final int MAX_HELD = 1024;

  /** No machine has so many kinds of timers of its own. */
  private static final int ARRIVES = 1_000_000;

  private final String owner;
  private final StateMachine machine;
  private final Faults faults;
  private final SplittableRandom random;
  private final Map<PeerId, Long> slow = new HashMap<>();
  private final Map<TimerId, Held> held = new HashMap<>();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong arrived = new AtomicLong();
  private int next;

  /**
   * A network around a machine.
   *
   * @param owner the owner of the machine's timers
   * @param machine whose datagrams are lost or late
   * @param faults how many, and how much
   * @param seed chooses which
   */
  public BadNetwork(String owner, StateMachine machine, Faults faults, long seed) {
    this.owner = owner;
    this.machine = machine;
    this.faults = faults;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What is wrong with a network.
   *
   * @param loss the probability that a datagram is lost, 0 to 1
   * @param maxDelayNanos by how much one is late at most, in nanoseconds
   */
  public record Faults(double loss, long maxDelayNanos) {}

  private record Held(PeerId from, ByteBuffer payload) {}

  /**
   * How many datagrams were lost.
   *
   * @return so far; thread-safe
   */
  public long lost() {
    return lost.get();
  }

  /**
   * How many datagrams were not lost.
   *
   * @return so far; thread-safe
   */
  public long arrived() {
    return arrived.get();
  }

  /**
   * Lets what one peer sends come later than the rest.
   *
   * @param from the peer
   * @param delayNanos by how much later, in nanoseconds
   */
  public void slowDown(PeerId from, long delayNanos) {
    slow.put(from, delayNanos);
  }

  @Override
  public List<Action> start(ClockReading now) {
    return machine.start(now);
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    if (random.nextDouble() < faults.loss || held.size() >= MAX_HELD) {
      lost.incrementAndGet();
      return List.of();
    }
    arrived.incrementAndGet();
    long delay = slow.getOrDefault(from, 0L) + random.nextLong(faults.maxDelayNanos + 1);
    if (delay == 0) {
      return machine.onDatagram(received, from, payload);
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    TimerId timer = new TimerId(owner, ARRIVES, next++);
    held.put(timer, new Held(from, copy.asReadOnlyBuffer()));
    return List.of(new Action.SetTimer(timer, received.tickNanos() + delay));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    if (timer.kind() != ARRIVES) {
      return machine.onTimer(now, timer);
    }
    Held datagram = held.remove(timer);
    return datagram == null ? List.of() : machine.onDatagram(now, datagram.from, datagram.payload);
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    return machine.onSent(sent, send);
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return machine.isRequest(send);
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return machine.isReply(payload);
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return machine.onUnreachable(now, peer, reason);
  }
}
