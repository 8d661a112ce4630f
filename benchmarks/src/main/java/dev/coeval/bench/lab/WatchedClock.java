package dev.coeval.bench.lab;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplines;
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

/** One NTP client of one exact server in the simulator, looked at again and again. */
final class WatchedClock {
  private static final Duration STEP = Duration.ofMillis(10);

  private final Simulation simulation;
  private final SimulatedNode server;
  private final SimulatedNode client;
  private final DisciplinedClock clock;
  private final List<Look> looks = new ArrayList<>();

  /**
   * What is watched.
   *
   * @param oscillator the client's
   * @param link both ways
   * @param polling how often the server is asked
   * @param estimator by name
   */
  record Setting(
      OscillatorModel oscillator, LinkModel link, NtpPolling polling, String estimator) {}

  /**
   * A look; all in nanoseconds but the time.
   *
   * @param second true seconds since the start
   * @param error of the clock
   * @param free error of the oscillator, had nobody steered it
   * @param guaranteed the claimed interval's larger distance from the clock; negative if none
   * @param characterised the same of the narrower claim
   * @param holds whether both claims hold
   */
  record Look(
      double second,
      double error,
      double free,
      double guaranteed,
      double characterised,
      boolean holds) {}

  WatchedClock(Setting setting, long seed) {
    this.simulation = Simulation.ofSeed(seed);
    this.server = simulation.addNode(PeerId.simulated(1), OscillatorModel.perfect());
    this.client = simulation.addNode(PeerId.simulated(101), setting.oscillator);
    simulation.linkBoth(client, server, setting.link);
    DisciplinedClock exact = exact();
    server.run(() -> new Switchboard().add(new NtpServer(NtpServerConfig.defaults(), exact)));
    this.clock =
        new DisciplinedClock(
            client.reader(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(STEP)));
    ClockFollower follower = new ClockFollower(clock);
    client.onReport((reading, report) -> follower.accept(report));
    client.run(() -> board(setting, seed));
  }

  /** Cuts the network for a while. */
  WatchedClock cut(Duration from, Duration until) {
    simulation.at(from, () -> setCut(true));
    simulation.at(until, () -> setCut(false));
    return this;
  }

  /** Runs it, with a look every so often. */
  List<Look> watch(Duration duration, Duration interval) {
    long freeAtStart = client.tickNanos() - simulation.trueNanos();
    simulation.every(interval, () -> look(freeAtStart));
    simulation.runFor(duration);
    return List.copyOf(looks);
  }

  private void setCut(boolean isCut) {
    simulation.cut(client, server, isCut);
    simulation.cut(server, client, isCut);
  }

  private void look(long freeAtStart) {
    long truth = simulation.trueNanos();
    long tick = client.tickNanos();
    ClockModel model = clock.get();
    long time = model.epochNanosAt(tick);
    BoundedInstant guaranteed = model.boundsAt(tick);
    BoundedInstant characterised = model.characterisedAt(tick);
    looks.add(
        new Look(
            simulation.elapsed().toNanos() / 1e9,
            (double) (time - truth),
            (double) (tick - truth - freeAtStart),
            distance(guaranteed, time),
            distance(characterised, time),
            holds(guaranteed, truth) && holds(characterised, truth)));
  }

  private static double distance(BoundedInstant claim, long time) {
    return claim.isBounded()
        ? Math.max(time - claim.earliestEpochNanos(), claim.latestEpochNanos() - time)
        : -1;
  }

  private static boolean holds(BoundedInstant claim, long truth) {
    return !claim.isBounded() || claim.contains(truth);
  }

  private Switchboard board(Setting setting, long seed) {
    NtpConfig usual = NtpConfig.defaults(List.of(server.id())).withPolling(setting.polling);
    Disciplines lines =
        Disciplines.named(setting.estimator)
            .orElseThrow(() -> new IllegalArgumentException(setting.estimator));
    NtpConfig config = usual.withEnsemble(usual.ensemble().withDisciplines(lines));
    NtpClient machine = new NtpClient(config, new SplittableRandom(seed));
    return new Switchboard().add(NtpClient.OWNER, first -> true, machine);
  }

  private DisciplinedClock exact() {
    DisciplinedClock exact =
        new DisciplinedClock(
            server.reader(), 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
    long time = simulation.trueNanos();
    exact.steer(new ClockEstimate(server.tickNanos(), time, 0, 0, BoundedInstant.around(time, 0)));
    return exact;
  }
}
