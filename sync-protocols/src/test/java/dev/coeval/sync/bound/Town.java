package dev.coeval.sync.bound;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Five nodes that do business with one another, and three servers that two of them may lose. */
final class Town {
  static final int NODES = 5;
  private static final int SERVERS = 3;
  private static final int FIRST_NODE = 11;
  private static final double PPM = 1e-6;

  final Simulation simulation;
  final SplittableRandom random;
  final List<SimulatedNode> nodes = new ArrayList<>();
  final List<DisciplinedClock> clocks = new ArrayList<>();
  private final List<SimulatedNode> servers = new ArrayList<>();

  /**
   * A town in which every clock drifts, some are stepped, and servers get lost.
   *
   * @param seed what all follows from
   * @param liarPpm by how much the last node's oscillator is wrong beyond its bound, in parts per
   *     million; 0 for an honest town
   */
  Town(long seed, double liarPpm) {
    simulation = Simulation.ofSeed(seed);
    random = new SplittableRandom(seed);
    simulation.defaultLink(
        LinkModel.exponential(Duration.ofNanos(200_000), Duration.ofNanos(500_000)).withLoss(0.1));
    for (int i = 0; i < SERVERS; i++) {
      addServer(PeerId.simulated(1 + i));
    }
    for (int i = 0; i < NODES; i++) {
      addNode(PeerId.simulated(FIRST_NODE + i), i == NODES - 1 ? liarPpm : 0);
    }
    misfortunes(liarPpm != 0);
  }

  private void addServer(PeerId id) {
    SimulatedNode server = simulation.addNode(id, OscillatorModel.perfect());
    DisciplinedClock clock =
        new DisciplinedClock(
            server.reader(), 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
    long claim = random.nextLong(1_000_000);
    long time = simulation.trueNanos() + random.nextLong(-claim, claim + 1);
    BoundedInstant bounds = BoundedInstant.around(time, claim);
    clock.steer(new ClockEstimate(server.tickNanos(), time, 0, 0, bounds));
    server.run(() -> new Switchboard().add(new NtpServer(NtpServerConfig.defaults(), clock)));
    servers.add(server);
  }

  private void addNode(PeerId id, double liarPpm) {
    double ppm = liarPpm == 0 ? random.nextDouble(-190, 190) : liarPpm;
    SimulatedNode node =
        simulation.addNode(
            id,
            OscillatorModel.offBy(Duration.ofNanos(random.nextLong(-400_000_000, 400_000_000)), ppm)
                .withWander(1e-8));
    // Never backwards after the start, so that what a node reads is in order.
    DisciplinedClock clock =
        new DisciplinedClock(
            node.reader(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
    ClockFollower follower = new ClockFollower(clock);
    node.onReport((reading, report) -> follower.accept(report));
    List<PeerId> ids = servers.stream().map(SimulatedNode::id).toList();
    NtpConfig config =
        NtpConfig.defaults(ids)
            .withEnsemble(EnsembleConfig.defaults(ids))
            .withPolling(
                NtpPolling.every(Duration.ofSeconds(1)).withBurst(4, Duration.ofMillis(100)));
    long seed = simulation.seedFor("client", id);
    node.run(
        () ->
            new Switchboard()
                .add(
                    NtpClient.OWNER,
                    first -> true,
                    new NtpClient(config, new SplittableRandom(seed))));
    nodes.add(node);
    clocks.add(clock);
  }

  private void misfortunes(boolean isolatesLast) {
    SimulatedNode last = nodes.get(NODES - 1);
    at(4, () -> nodes.get(0).stepFrequency(5 * PPM));
    at(5, () -> nodes.get(1).stepWall(Duration.ofHours(-1)));
    at(6, () -> simulation.partition(List.of(nodes.get(2), last)));
    at(9, () -> servers.get(0).kill());
    if (!isolatesLast) {
      at(14, simulation::heal);
    }
    at(16, () -> servers.get(0).restart());
    at(17, () -> nodes.get(3).stepWall(Duration.ofSeconds(7)));
    at(18, () -> servers.get(1).kill());
  }

  void at(double second, Runnable act) {
    simulation.at(Duration.ofNanos((long) (second * 1e9)), act);
  }

  /** Does something after a while of true time. */
  void after(long nanos, Runnable act) {
    simulation.at(simulation.elapsed().plusNanos(nanos), act);
  }
}
