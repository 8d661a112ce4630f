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
  private final Map<PeerId, Clock> clocks = new LinkedHashMap<>();
  private final Map<Round, List<Clock>> rounds = new LinkedHashMap<>();

  /** A process's clock, on the node that it ran on. */
  private record Clock(SimulatedNode node, DisciplinedClock clock) {
    long now() {
      return clock.get().epochNanosAt(node.tickNanos());
    }
  }

  private record Round(Term term, long number) {}

  /** The round of a process's last correction. */
  private static final class Last {
    List<Clock> participants = List.of();
  }

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
    clocks.put(node.id(), new Clock(node, clock));
    Last last = new Last();
    cast.follow(node, clock, report -> hear(node, report, last));
    cast.probe.watch(node, clock, () -> mean(last.participants));
    long seed = simulation.seedFor("member at " + simulation.elapsed(), node.id());
    return new Switchboard()
        .add(
            OWNER,
            first -> first == BerkeleyNode.FIRST_BYTE,
            new BerkeleyNode(OWNER, config, clock, Keyring.empty(), seed));
  }

  private void hear(SimulatedNode node, Report report, Last last) {
    if (report instanceof RoundCompleted round) {
      rounds.put(new Round(round.term(), round.round()), participants(node, round));
    } else if (report instanceof Corrected corrected) {
      last.participants =
          rounds.getOrDefault(new Round(corrected.term(), corrected.round()), List.of());
    }
  }

  private List<Clock> participants(SimulatedNode coordinator, RoundCompleted round) {
    List<Clock> participants = new ArrayList<>();
    for (Map.Entry<PeerId, Clock> entry : clocks.entrySet()) {
      boolean takesPart =
          entry.getKey().equals(coordinator.id())
              ? round.coordinatorTakesPart()
              : round.participants().contains(entry.getKey());
      if (takesPart) {
        participants.add(entry.getValue());
      }
    }
    return participants;
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
