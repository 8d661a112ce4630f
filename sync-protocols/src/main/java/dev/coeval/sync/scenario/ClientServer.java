package dev.coeval.sync.scenario;

import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianSchedule;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Exact servers, some of which lie, and the clients of Cristian or NTP. */
final class ClientServer {
  private static final int FIRST_CLIENT = 101;

  private final Protocol protocol;
  private final Stage stage;
  private final Cast cast;
  private final Simulation simulation;

  ClientServer(Protocol protocol, Stage stage, Cast cast) {
    this.protocol = protocol;
    this.stage = stage;
    this.cast = cast;
    this.simulation = cast.simulation;
  }

  void enter() {
    for (int i = 0; i < stage.leaders; i++) {
      long lie = i >= stage.leaders - stage.liars ? stage.lieNanos : 0;
      SimulatedNode node = simulation.addNode(PeerId.simulated(1 + i), OscillatorModel.perfect());
      cast.leaders.add(node);
      node.answersAfter(stage.service);
      long error = lie + (long) stage.uniform((double) stage.serverErrorNanos);
      node.run(() -> serverBoard(node, error));
    }
    for (int i = 0; i < stage.followers; i++) {
      OscillatorModel model = stage.oscillator(i == stage.followers - 1);
      SimulatedNode node = simulation.addNode(PeerId.simulated(FIRST_CLIENT + i), model);
      cast.followers.add(node);
      for (SimulatedNode server : cast.leaders) {
        simulation.link(node, server, stage.towards);
        simulation.link(server, node, stage.from);
      }
    }
    cast.followers.forEach(node -> node.run(() -> clientBoard(node)));
  }

  /** A server has a reference of its own: at each start its clock is off by as much as before. */
  private Switchboard serverBoard(SimulatedNode node, long error) {
    SteeringPolicy policy = SteeringPolicy.with(StepPolicy.always(Duration.ZERO));
    DisciplinedClock clock = new DisciplinedClock(node.reader(), 0, policy);
    long time = simulation.trueNanos() + error;
    BoundedInstant claim = BoundedInstant.around(time, stage.claimedErrorNanos);
    clock.steer(new ClockEstimate(node.tickNanos(), time, 0, 0, claim));
    return new Switchboard()
        .add(
            protocol == Protocol.NTP
                ? new NtpServer(NtpServerConfig.defaults(), clock)
                : new CristianServer(clock, Keyring.empty()));
  }

  private Switchboard clientBoard(SimulatedNode node) {
    DisciplinedClock clock =
        new DisciplinedClock(node.reader(), Stage.DRIFT_BOUND_PPB, stage.steering);
    cast.follow(node, clock, report -> {});
    cast.probe.watch(node, clock);
    long seed = simulation.seedFor("client at " + simulation.elapsed(), node.id());
    return protocol == Protocol.NTP
        ? new Switchboard().add(NtpClient.OWNER, first -> true, ntp(seed))
        : new Switchboard().add(CristianClient.OWNER, first -> true, cristian(seed));
  }

  private StateMachine ntp(long seed) {
    EnsembleConfig ensemble = ensemble();
    NtpConfig config =
        NtpConfig.defaults(ensemble.sources()).withEnsemble(ensemble).withPolling(stage.polling);
    return new NtpClient(config, new SplittableRandom(seed));
  }

  private StateMachine cristian(long seed) {
    List<PeerId> servers = cast.leaders.stream().map(SimulatedNode::id).toList();
    return new CristianClient(
        CristianConfig.defaults(servers, seed)
            .withEnsemble(ensemble().withMissesUntilUnreachable(CristianConfig.DEFAULT_MISSES))
            .withSchedule(CristianSchedule.DEFAULT.withInterval(stage.interval)));
  }

  private EnsembleConfig ensemble() {
    List<PeerId> servers = cast.leaders.stream().map(SimulatedNode::id).toList();
    return EnsembleConfig.defaults(servers)
        .withDisciplines(stage.disciplines)
        .withLocal(
            new EnsembleConfig.Local(
                Stage.DRIFT_BOUND_PPB, stage.minOneWayNanos(), EnsembleConfig.DEFAULT_SAMPLES));
  }
}
