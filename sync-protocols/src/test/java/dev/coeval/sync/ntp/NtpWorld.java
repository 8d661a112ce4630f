package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.sync.sim.SkewRecord;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Servers that know the time to a known error, liars among them, and one client. */
final class NtpWorld {
  static final long DRIFT_PPB = 200_000;
  static final Duration REFRESH = Duration.ofSeconds(4);

  final Simulation simulation;
  final SkewProbe probe;
  final List<Server> servers = new ArrayList<>();
  final List<Report> reports = new ArrayList<>();
  private final SplittableRandom random;
  private SimulatedNode client;
  private DisciplinedClock clock;
  private SkewRecord record;

  NtpWorld(Simulation simulation) {
    this.simulation = simulation;
    this.random = new SplittableRandom(simulation.seed());
    this.probe = SkewProbe.against(simulation);
  }

  static NtpWorld ofSeed(long seed) {
    return new NtpWorld(Simulation.ofSeed(seed));
  }

  /** A server whose reference is off by up to its stated error; or by a lie besides. */
  final class Server {
    final SimulatedNode node;
    final DisciplinedClock clock;
    final NtpServer responder;
    private final long errorNanos;
    private final long lieNanos;
    private boolean hasReference = true;

    private Server(OscillatorModel oscillator, long errorNanos, long lieNanos) {
      this.node = simulation.addNode(PeerId.simulated(servers.size() + 1), oscillator);
      this.clock = disciplined(node);
      this.errorNanos = errorNanos;
      this.lieNanos = lieNanos;
      this.responder = new NtpServer(NtpServerConfig.defaults(), clock);
      refresh();
      simulation.every(REFRESH, this::refresh);
      node.run(() -> new Switchboard().add(responder));
    }

    /** Loses or regains its reference. */
    void setReference(boolean has) {
      hasReference = has;
      if (has) {
        refresh();
      } else {
        clock.loseBounds();
      }
    }

    private void refresh() {
      if (!hasReference) {
        return;
      }
      long claim = simulation.trueNanos() + random.nextLong(-errorNanos, errorNanos + 1) + lieNanos;
      clock.steer(
          new ClockEstimate(
              node.tickNanos(), claim, 0, errorNanos, BoundedInstant.around(claim, errorNanos)));
    }
  }

  Server server(OscillatorModel oscillator, Duration error) {
    return liar(oscillator, error, Duration.ZERO);
  }

  Server liar(OscillatorModel oscillator, Duration error, Duration lie) {
    Server server = new Server(oscillator, error.toNanos(), lie.toNanos());
    servers.add(server);
    return server;
  }

  List<PeerId> peers() {
    return servers.stream().map(server -> server.node.id()).toList();
  }

  /** A client of all servers, asking once a second. */
  void client(OscillatorModel oscillator) {
    client(
        oscillator,
        NtpConfig.defaults(peers())
            .withEnsemble(EnsembleConfig.defaults(peers()).withMissesUntilUnreachable(4))
            .withPolling(NtpPolling.every(Duration.ofSeconds(1))));
  }

  void client(OscillatorModel oscillator, NtpConfig config) {
    client = simulation.addNode(PeerId.simulated(1000), oscillator);
    clock = disciplined(client);
    ClockFollower follower = new ClockFollower(clock);
    client.onReport(
        (now, report) -> {
          reports.add(report);
          follower.accept(report);
        });
    record = probe.watch(client, clock);
    long seed = simulation.seedFor("nonces", client.id());
    client.run(
        () ->
            new Switchboard()
                .add(
                    NtpClient.OWNER,
                    NtpCodec::isNtp,
                    new NtpClient(config, new SplittableRandom(seed))));
  }

  /** Both directions of every server's link. */
  void links(LinkModel model) {
    simulation.defaultLink(model);
  }

  SimulatedNode client() {
    return client;
  }

  SkewRecord record() {
    return record;
  }

  void runFor(Duration duration) {
    simulation.runFor(duration);
    probe.assertNoViolations();
  }

  /** By how much the client's clock is off now. */
  long errorNanos() {
    return clock.get().epochNanosAt(client.tickNanos()) - simulation.trueNanos();
  }

  /** How wrong the client's clock says it may be now. */
  long boundNanos() {
    return clock.get().maxErrorNanosAt(client.tickNanos());
  }

  SyncStatus status() {
    SyncStatus last = null;
    for (Report report : reports) {
      if (report instanceof SyncStatus status) {
        last = status;
      }
    }
    if (last == null) {
      throw new AssertionError("no status was published");
    }
    return last;
  }

  long rejected(Rejection reason) {
    return reports.stream()
        .filter(report -> report instanceof Rejected rejected && rejected.reason() == reason)
        .count();
  }

  static DisciplinedClock disciplined(SimulatedNode node) {
    return new DisciplinedClock(
        node.reader(), DRIFT_PPB, SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
  }
}
