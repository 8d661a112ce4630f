package dev.coeval.sync.scenario;

import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.berkeley.Corrected;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundCompleted;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.berkeley.Term;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.DisciplinedClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Berkeley group: the first node is configured to coordinate, the others join.
 *
 * <p>What a node's interval should hold is the mean of the clocks that its last correction's round
 * was made of, as its coordinator listed them: those very clocks, also after their process died.
 */
final class Group {
  private static final String OWNER = "berkeley";

  private final Stage stage;
  private final Cast cast;
  private final Simulation simulation;
  private final PaceConfig pace = PaceConfig.defaults();
  private final Map<PeerId, List<Clock>> clocks = new LinkedHashMap<>();
  private final Map<Round, List<Clock>> rounds = new LinkedHashMap<>();

  /** A process's clock, on the node that it ran on. */
  private static final class Clock {
    final SimulatedNode node;
    final DisciplinedClock clock;

    /** Whether it ever kept its pace. Only such clocks make up a round whose corrections bound. */
    boolean hasSettled;

    /** What the round of its last correction was made of. */
    List<Clock> participants = List.of();

    Clock(SimulatedNode node, DisciplinedClock clock) {
      this.node = node;
      this.clock = clock;
    }

    long now() {
      return clock.get().epochNanosAt(node.tickNanos());
    }
  }

  private record Round(Term term, long number) {}

  Group(Stage stage, Cast cast) {
    this.stage = stage;
    this.cast = cast;
    this.simulation = cast.simulation;
  }

  void enter() {
    int size = stage.followers + 1;
    for (int i = 0; i < size; i++) {
      SimulatedNode node =
          simulation.addNode(PeerId.simulated(1 + i), stage.oscillator(i == size - 1));
      (i == 0 ? cast.leaders : cast.followers).add(node);
    }
    linkAll();
    BerkeleyConfig member =
        BerkeleyConfig.member().with(RoundConfig.every(stage.interval)).with(pace);
    for (SimulatedNode node : cast.followers) {
      node.run(() -> board(node, member));
    }
    List<PeerId> members = cast.followers.stream().map(SimulatedNode::id).toList();
    BerkeleyConfig coordinator =
        BerkeleyConfig.coordinator(members).with(RoundConfig.every(stage.interval)).with(pace);
    cast.leader().run(() -> board(cast.leader(), coordinator));
  }

  /** Towards whoever was added before, as towards a leader. */
  private void linkAll() {
    List<SimulatedNode> all = cast.all();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        simulation.link(all.get(i), all.get(j), stage.towards);
        simulation.link(all.get(j), all.get(i), stage.from);
      }
    }
  }

  private Switchboard board(SimulatedNode node, BerkeleyConfig config) {
    DisciplinedClock clock =
        new DisciplinedClock(node.reader(), pace.clockDriftBoundPpb(), pace.steeringPolicy());
    Clock own = new Clock(node, clock);
    clocks.computeIfAbsent(node.id(), id -> new ArrayList<>()).add(own);
    cast.follow(node, clock, report -> hear(own, report));
    cast.probe.watch(node, clock, () -> mean(own.participants));
    long seed = simulation.seedFor("member at " + simulation.elapsed(), node.id());
    return new Switchboard()
        .add(
            OWNER,
            first -> first == BerkeleyNode.FIRST_BYTE,
            new BerkeleyNode(OWNER, config, clock, Keyring.empty(), seed));
  }

  private void hear(Clock own, Report report) {
    if (report instanceof RoundCompleted round) {
      rounds.put(new Round(round.term(), round.round()), participants(own, round));
    } else if (report instanceof Corrected corrected) {
      own.hasSettled |= corrected.settled();
      own.participants =
          rounds.getOrDefault(new Round(corrected.term(), corrected.round()), List.of());
    }
  }

  private List<Clock> participants(Clock coordinator, RoundCompleted round) {
    List<Clock> participants = new ArrayList<>();
    if (round.coordinatorTakesPart()) {
      participants.add(coordinator);
    }
    for (PeerId member : round.participants()) {
      participants.add(answering(clocks.getOrDefault(member, List.of())));
    }
    return participants;
  }

  /**
   * Whose reading a round has, of a node's processes: the last that settled, as one that was
   * started while the round went on has not.
   */
  private static Clock answering(List<Clock> processes) {
    for (int i = processes.size() - 1; i > 0; i--) {
      if (processes.get(i).hasSettled) {
        return processes.get(i);
      }
    }
    return processes.get(0);
  }

  /** A claim of nobody's mean is false: no time is {@link Long#MIN_VALUE}. */
  private static long mean(List<Clock> participants) {
    if (participants.isEmpty()) {
      return Long.MIN_VALUE;
    }
    long base = participants.get(0).now();
    double sum = 0;
    for (Clock clock : participants) {
      sum += clock.now() - base;
    }
    return base + Math.round(sum / participants.size());
  }
}
