package dev.coeval.bench.scale;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Four strata of NTP, a tree: a thousandth of the nodes knows the time, and every other one follows
 * one of a tenth as many above it. Polls of 64 seconds.
 */
final class TreeNetwork extends Network {
  private static final int STRATA = 4;
  private static final int FAN_OUT = 10;
  private static final Duration POLL = Duration.ofSeconds(64);

  TreeNetwork(int nodes, long seed) {
    super(seed);
    int roots = Math.max(1, nodes / 1_000);
    for (int i = 0; i < roots; i++) {
      addRoot();
    }
    int above = 0; // the first of the stratum above
    int width = roots;
    for (int stratum = 2; stratum <= STRATA; stratum++) {
      int first = simulation.nodes().size();
      int here = stratum == STRATA ? nodes - first : Math.min(nodes - first, width * FAN_OUT);
      for (int i = 0; i < here; i++) {
        addFollower(idOf(above + i % width), stratum < STRATA);
      }
      above = first;
      width = here;
    }
  }

  private void addRoot() {
    SimulatedNode node =
        simulation.addNode(idOf(simulation.nodes().size()), OscillatorModel.perfect());
    DisciplinedClock clock =
        new DisciplinedClock(node.reader(), 0, SteeringPolicy.with(StepPolicy.never()));
    long now = simulation.trueNanos();
    clock.steer(new ClockEstimate(node.tickNanos(), now, 0, 0, BoundedInstant.around(now, 1_000)));
    NtpServer server = new NtpServer(NtpServerConfig.defaults(), clock);
    node.run(() -> new Switchboard().add(server));
  }

  private void addFollower(PeerId parent, boolean serves) {
    Member member =
        addMember(
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
    NtpConfig config = NtpConfig.defaults(List.of(parent)).withPolling(NtpPolling.every(POLL));
    long seed = simulation.seedFor("ntp", member.node().id());
    member.node().run(() -> board(config, member, seed, serves));
  }

  private static Switchboard board(NtpConfig config, Member member, long seed, boolean serves) {
    NtpClient client =
        new NtpClient(config, NtpNode.of(member.clock()), new SplittableRandom(seed));
    Switchboard board = new Switchboard();
    if (serves) {
      board.add(NtpServer.serving(NtpServerConfig.defaults(), client.served()));
    }
    return board.add(NtpClient.OWNER, NtpCodec::isNtp, client);
  }

  @Override
  double worstErrorNanos() {
    long now = simulation.trueNanos();
    return members.stream().mapToLong(member -> Math.abs(member.errorNanos(now))).max().orElse(0);
  }
}
