package dev.coeval.sync.precision;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.TrafficListener;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records the execution of any protocol in a simulation: of every datagram that arrives, the ticks
 * at its departure and arrival.
 *
 * <p>A datagram is known again by its ends and its bytes; so protocols whose datagrams carry random
 * nonces are recorded exactly, copies and replays count as what they are: later arrivals of the
 * same departure. Datagrams of the same bytes between the same ends count as sent at the latest
 * time.
 *
 * <pre>{@code
 * ExecutionRecorder recorder = new ExecutionRecorder(simulation);
 * simulation.onTraffic(recorder);
 * simulation.runFor(Duration.ofMinutes(1));
 * Optional<OptimalPrecision> best = OptimalPrecision.of(recorder.execution());
 * }</pre>
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class ExecutionRecorder implements TrafficListener {

  /** So many datagrams may be under way; the oldest are forgotten. */
  public static final int MAX_UNDER_WAY = 1 << 16;

  private final Execution execution;
  private final Map<PeerId, SimulatedNode> nodes = new HashMap<>();
  private final Map<PeerId, Integer> indices = new HashMap<>();
  private final Map<Datagram, Long> sent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Datagram, Long> eldest) {
          return size() > MAX_UNDER_WAY;
        }
      };

  private record Datagram(PeerId from, PeerId to, ByteBuffer bytes) {}

  /**
   * A recorder of the nodes that a simulation has now, numbered in the order in which they were
   * added.
   *
   * @param simulation whose; {@link Simulation#onTraffic} must be told
   * @throws IllegalArgumentException if it has no nodes, or too many
   */
  public ExecutionRecorder(Simulation simulation) {
    for (SimulatedNode node : simulation.nodes()) {
      indices.put(node.id(), indices.size());
      nodes.put(node.id(), node);
    }
    execution = new Execution(indices.size());
  }

  /**
   * What was recorded so far.
   *
   * @return the execution, which grows; what is assumed of its links may be set in it
   */
  public Execution execution() {
    return execution;
  }

  /** Forgets what is under way: only what is sent from now on is recorded. */
  public void forgetUnderWay() {
    sent.clear();
  }

  @Override
  public void sent(PeerId from, PeerId to, ByteBuffer payload) {
    SimulatedNode sender = nodes.get(from);
    if (sender != null && nodes.containsKey(to)) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
      sent.put(new Datagram(from, to, copy), sender.tickNanos());
    }
  }

  @Override
  public void received(PeerId from, PeerId to, ByteBuffer payload) {
    Long departed = sent.get(new Datagram(from, to, payload));
    SimulatedNode receiver = nodes.get(to);
    if (departed != null && receiver != null) {
      execution.add(
          indices.getOrDefault(from, 0),
          indices.getOrDefault(to, 0),
          Math.subtractExact(receiver.tickNanos(), departed));
    }
  }
}
