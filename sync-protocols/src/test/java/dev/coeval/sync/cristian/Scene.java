package dev.coeval.sync.cristian;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.LossModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Servers and one client in a simulation, with the truth held against the client's clock. */
final class Scene {
  static final long DRIFT_BOUND_PPB = 200_000;

  final Simulation simulation;
  final SkewProbe probe;
  final SplittableRandom random;
  final List<SimulatedNode> servers = new ArrayList<>();
  final List<Told> told = new ArrayList<>();
  SimulatedNode client;
  DisciplinedClock clock;

  /** A report, and when it was made, in true seconds since the start. */
  record Told(double seconds, Report report) {}

  Scene(long seed) {
    simulation = Simulation.ofSeed(seed);
    probe = SkewProbe.against(simulation);
    random = new SplittableRandom(seed);
  }

  /** Delays of any kind the simulation has, with everything that may befall a datagram. */
  LinkModel badLink() {
    Duration min = Duration.ofNanos(random.nextLong(20_000, 2_000_000));
    Duration jitter = Duration.ofNanos(random.nextLong(10_000, 10_000_000));
    DelayModel delay =
        switch (random.nextInt(5)) {
          case 0 -> DelayModel.exponential(min, jitter);
          case 1 -> DelayModel.gamma(min, jitter, 2);
          case 2 -> DelayModel.lognormal(min, jitter, 1);
          case 3 -> DelayModel.weibull(min, jitter, 0.6);
          default -> DelayModel.pareto(min, jitter, 2.5);
        };
    LossModel loss = random.nextBoolean() ? LossModel.independent(0.2) : LossModel.bursty(0.2, 4);
    return LinkModel.of(delay)
        .withLoss(loss)
        .withDuplicates(0.1, Duration.ofMillis(20))
        .withReordering(0.1, Duration.ofMillis(30))
        .withReplays(0.1, Duration.ofMillis(300))
        .withLate(0.05, Duration.ofMillis(1_500));
  }

  /** An oscillator as bad as the drift bound allows, either way. */
  OscillatorModel badOscillator() {
    Duration offset = Duration.ofNanos(random.nextLong(-500_000_000, 500_000_000));
    double ppm = random.nextBoolean() ? 199.9 : random.nextDouble(-199.9, 199.9);
    return OscillatorModel.offBy(offset, random.nextBoolean() ? ppm : -ppm);
  }

  /** A network on which nobody falls silent by chance. */
  LinkModel fairLink() {
    Duration min = Duration.ofNanos(random.nextLong(20_000, 2_000_000));
    return LinkModel.exponential(min, Duration.ofMillis(2))
        .withLoss(0.05)
        .withDuplicates(0.1, Duration.ofMillis(20))
        .withReordering(0.1, Duration.ofMillis(30))
        .withReplays(0.1, Duration.ofMillis(300));
  }

  /** A server that states an error and may be as far off, and runs as wrong as it may. */
  SimulatedNode addServer(Duration statedError) {
    long error = statedError.toNanos();
    Duration offset = Duration.ofNanos(random.nextBoolean() ? error : -error);
    return addServer(badOscillator().withOffset(offset), statedError, DRIFT_BOUND_PPB);
  }

  /** A server whose clock runs true, and which knows so. */
  SimulatedNode addSteadyServer(Duration offset, Duration statedError) {
    return addServer(OscillatorModel.perfect().withOffset(offset), statedError, 0);
  }

  private SimulatedNode addServer(
      OscillatorModel oscillator, Duration statedError, long driftBoundPpb) {
    PeerId id = PeerId.simulated(100 + servers.size());
    SimulatedNode node = simulation.addNode(id, oscillator);
    node.run(() -> new Switchboard().add(serverOf(node, statedError.toNanos(), driftBoundPpb)));
    servers.add(node);
    return node;
  }

  private static CristianServer serverOf(SimulatedNode node, long errorNanos, long driftBoundPpb) {
    DisciplinedClock own =
        new DisciplinedClock(node.reader(), driftBoundPpb, SteeringPolicy.with(StepPolicy.never()));
    ClockReading now = node.reader().read();
    own.steer(
        new ClockEstimate(
            now.tickNanos(),
            now.wallEpochNanos(),
            0,
            errorNanos,
            BoundedInstant.around(now.wallEpochNanos(), errorNanos)));
    return new CristianServer(own, Keyring.empty());
  }

  static DisciplinedClock clockOf(SimulatedNode node) {
    return new DisciplinedClock(
        node.reader(),
        DRIFT_BOUND_PPB,
        SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
  }

  /** What the servers' links need at least, so that the client can use it. */
  CristianConfig config(long minOneWayNanos) {
    List<PeerId> ids = servers.stream().map(SimulatedNode::id).toList();
    EnsembleConfig ensemble =
        EnsembleConfig.defaults(ids)
            .withMissesUntilUnreachable(3)
            .withLocal(
                new EnsembleConfig.Local(
                    DRIFT_BOUND_PPB, minOneWayNanos, EnsembleConfig.DEFAULT_SAMPLES));
    return CristianConfig.defaults(ids, simulation.seed() ^ 0xC0FFEE).withEnsemble(ensemble);
  }

  /** The client; its clock is watched from now on. */
  void addClient(OscillatorModel oscillator, CristianConfig config) {
    client = simulation.addNode(PeerId.simulated(1), oscillator);
    client.run(
        () -> {
          clock = clockOf(client);
          ClockFollower follower = new ClockFollower(clock);
          client.onReport(
              (at, report) -> {
                follower.accept(report);
                told.add(new Told(simulation.elapsed().toNanos() / 1e9, report));
              });
          probe.watch(client, clock);
          return new Switchboard()
              .add(
                  CristianClient.OWNER,
                  first -> first == CristianCodec.FIRST_BYTE,
                  new CristianClient(config));
        });
  }

  <T extends Report> List<T> told(Class<T> type) {
    return told.stream().map(Told::report).filter(type::isInstance).map(type::cast).toList();
  }

  /** When a state was first reported at or after a moment, in seconds; infinite if never. */
  double secondsOf(SyncStatus.State state, double from) {
    return told.stream()
        .filter(one -> one.seconds() >= from)
        .filter(one -> one.report() instanceof SyncStatus status && status.state() == state)
        .mapToDouble(Told::seconds)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  BoundedInstant lastBounds() {
    List<Disciplined> all = told(Disciplined.class);
    return all.get(all.size() - 1).estimate().bounds();
  }
}
