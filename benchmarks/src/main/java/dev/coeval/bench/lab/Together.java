package dev.coeval.bench.lab;

import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.mutual.MutualConfig;
import dev.coeval.sync.mutual.MutualNode;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Simulated nodes without a reference, and how far their clocks are apart. */
final class Together {
  private static final String MUTUAL = "mutual";
  private static final String BERKELEY = "berkeley";

  private final Simulation simulation;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<DisciplinedClock> clocks = new ArrayList<>();

  Together(long seed) {
    this.simulation = Simulation.ofSeed(seed);
  }

  Simulation simulation() {
    return simulation;
  }

  SimulatedNode add(OscillatorModel oscillator) {
    SimulatedNode node = simulation.addNode(PeerId.simulated(nodes.size() + 1), oscillator);
    nodes.add(node);
    return node;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  /** All but one. */
  List<PeerId> othersThan(SimulatedNode node) {
    return nodes.stream().map(SimulatedNode::id).filter(id -> !id.equals(node.id())).toList();
  }

  void run(SimulatedNode node, MutualConfig config) {
    DisciplinedClock clock =
        new DisciplinedClock(
            node.reader(), config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
    follow(node, clock);
    long seed = simulation.seedFor(MUTUAL, node.id());
    MutualNode machine = new MutualNode(MUTUAL, config, clock, Keyring.empty(), seed);
    node.run(
        () ->
            new Switchboard()
                .add(machine)
                .add(MUTUAL, first -> first == MutualNode.FIRST_BYTE, machine));
  }

  void run(SimulatedNode node, BerkeleyConfig config) {
    DisciplinedClock clock =
        new DisciplinedClock(
            node.reader(), config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
    follow(node, clock);
    long seed = simulation.seedFor(BERKELEY, node.id());
    BerkeleyNode machine = new BerkeleyNode(BERKELEY, config, clock, Keyring.empty(), seed);
    node.run(
        () -> new Switchboard().add(BERKELEY, first -> first == BerkeleyNode.FIRST_BYTE, machine));
  }

  private void follow(SimulatedNode node, DisciplinedClock clock) {
    clocks.add(clock);
    ClockFollower follower = new ClockFollower(clock);
    node.onReport((reading, report) -> follower.accept(report));
  }

  /** What a node's clock shows. */
  long now(int index) {
    return clocks.get(index).get().epochNanosAt(nodes.get(index).tickNanos());
  }

  /** How far apart the first so many are. */
  long skewNanos(int count) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      low = Math.min(low, now(i));
      high = Math.max(high, now(i));
    }
    return high - low;
  }

  /** The most that neighbours in a row are apart. */
  long localSkewNanos() {
    long worst = 0;
    for (int i = 1; i < nodes.size(); i++) {
      worst = Math.max(worst, Math.abs(now(i) - now(i - 1)));
    }
    return worst;
  }

  /** Runs, and gives the most that the first so many were apart at any look. */
  long worstSkewNanos(int count, Duration duration, Duration look) {
    long worst = 0;
    for (Duration gone = Duration.ZERO; gone.compareTo(duration) < 0; gone = gone.plus(look)) {
      simulation.runFor(look);
      worst = Math.max(worst, skewNanos(count));
    }
    return worst;
  }
}
