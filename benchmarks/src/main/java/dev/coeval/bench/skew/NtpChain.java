package dev.coeval.bench.skew;

import dev.coeval.bench.skew.BoundFigures.Row;
import dev.coeval.sync.discipline.ClockFollower;
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
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.sync.sim.SkewRecord;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** NTP nodes in a row, each of which serves the next: does the root distance bound the error? */
final class NtpChain {
  private static final int STRATA = 4;
  private static final Duration RUN = Duration.ofMinutes(10);

  private NtpChain() {}

  static Row row(long seeds) {
    double[] widths = new double[STRATA];
    long[] readings = new long[STRATA];
    long violations = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      Simulation simulation = Simulation.ofSeed(seed);
      simulation.defaultLink(
          LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(50_000)));
      SkewProbe probe = SkewProbe.against(simulation);
      for (int stratum = 1; stratum <= STRATA; stratum++) {
        enter(simulation, probe, stratum);
      }
      simulation.runFor(RUN);
      List<SkewRecord> records = probe.records();
      for (int i = 0; i < records.size(); i++) {
        SkewRecord record = records.get(i);
        violations += record.violations();
        readings[i] += record.readings();
        widths[i] += record.meanWidthNanos() * record.readings();
      }
    }
    StringBuilder measured = new StringBuilder();
    long all = 0;
    for (int i = 1; i < STRATA; i++) {
      all += readings[i];
      measured.append(
          BoundFigures.format(
              " stratum %d: %.2f ms", i + 1, widths[i] / Math.max(1, readings[i]) / 2e6));
    }
    return new Row(
        8,
        "the root distance is a bound",
        "LAMBDA = EPSILON + DELTA/2, summed along the strata",
        BoundFigures.format(
                "coverage %.4f %% of %d readings; half width",
                100.0 - 100.0 * violations / all, all)
            + measured,
        "RFC 5905 section 11.2: all causes",
        violations == 0);
  }

  private static void enter(Simulation simulation, SkewProbe probe, int stratum) {
    PeerId id = PeerId.simulated(stratum);
    boolean isFirst = stratum == 1;
    OscillatorModel model =
        OscillatorModel.offBy(Duration.ofMillis(20L * stratum), 30 - 20.0 * stratum);
    SimulatedNode node =
        simulation.addNode(id, isFirst ? OscillatorModel.perfect() : model.withWander(1e-9));
    DisciplinedClock clock =
        new DisciplinedClock(
            node.reader(),
            isFirst ? 0 : ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
    if (isFirst) {
      long time = simulation.trueNanos();
      BoundedInstant exact = BoundedInstant.around(time, 0);
      clock.steer(new ClockEstimate(node.tickNanos(), time, 0, 0, exact));
    }
    ClockFollower follower = new ClockFollower(clock);
    node.onReport((reading, report) -> follower.accept(report));
    probe.watch(node, clock);
    NtpServer server = new NtpServer(NtpServerConfig.defaults(), clock);
    node.run(() -> isFirst ? new Switchboard().add(server) : client(stratum).add(server));
  }

  private static Switchboard client(int stratum) {
    NtpConfig config =
        NtpConfig.defaults(List.of(PeerId.simulated(stratum - 1)))
            .withPolling(
                NtpPolling.every(Duration.ofSeconds(16)).withBurst(4, Duration.ofSeconds(2)));
    NtpClient client = new NtpClient(config, new SplittableRandom(stratum));
    return new Switchboard().add(NtpClient.OWNER, first -> true, client);
  }
}
