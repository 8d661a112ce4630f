package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.SkewProbe;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bound against the truth, at every event, under everything that the simulation can do. */
final class CristianScenarioTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  @Test
  void shouldHoldTheTruthWhenOneServerIsBehindABadNetwork() {
    Set<Rejection> seen = EnumSet.noneOf(Rejection.class);
    long measurements = 0;
    for (long seed = 0; seed < 600; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.badLink();
      scene.simulation.defaultLink(link);
      scene.addServer(MILLI);
      CristianLimits limits = CristianLimits.DEFAULT.withMaxRoundTrip(Duration.ofMillis(30));
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()).withLimits(limits));
      scene.simulation.runFor(Duration.ofSeconds(40));
      scene.probe.assertNoViolations();
      List<Measurement> readings = scene.told(Measurement.class);
      assertTrue(readings.size() > 5, "seed " + seed + ": " + readings.size() + " readings");
      assertTrue(scene.clock.get().isSynchronized(), "seed " + seed);
      measurements += readings.size();
      scene.told(Rejected.class).forEach(rejected -> seen.add(rejected.reason()));
    }
    assertEquals(
        EnumSet.of(Rejection.UNREQUESTED, Rejection.WRONG_NONCE, Rejection.ROUND_TRIP_TOO_LONG),
        seen,
        "what is to befall the client has befallen it, and true servers are never found false");
    assertTrue(measurements > 600 * 20, measurements + " readings");
  }

  @Test
  void shouldHoldTheTruthWhenOneOfThreeServersLies() {
    long noticed = 0;
    for (long seed = 0; seed < 200; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.badLink();
      scene.simulation.defaultLink(link);
      scene.addServer(MILLI);
      scene.addServer(MILLI);
      // Off by far more than it says, or only just: then nobody need notice.
      Duration lie = Duration.ofNanos(scene.random.nextLong(2_000_000, 100_000_000));
      SimulatedNode liar = scene.addSteadyServer(lie, MILLI);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      scene.simulation.runFor(Duration.ofSeconds(20));
      scene.probe.assertNoViolations();
      assertTrue(scene.clock.get().isSynchronized(), "seed " + seed);
      Rejected found = new Rejected(liar.id(), Rejection.INCONSISTENT);
      noticed += scene.told(Rejected.class).contains(found) ? 1 : 0;
      assertTrue(
          scene.told(Rejected.class).stream()
              .noneMatch(r -> r.reason() == Rejection.INCONSISTENT && !r.equals(found)),
          "seed " + seed + ": a true server was called false");
    }
    assertTrue(noticed > 150, noticed + " of 200 liars were noticed");
  }

  @Test
  void shouldHoldOverAndComeBackWhenServerIsKilledAndRestarted() {
    Scene scene = new Scene(1);
    scene.simulation.defaultLink(LinkModel.exponential(Duration.ofNanos(100_000), MILLI));
    SimulatedNode server = scene.addSteadyServer(MILLI, MILLI);
    scene.addClient(scene.badOscillator(), scene.config(100_000));
    scene.simulation.at(Duration.ofSeconds(20), server::kill);
    scene.simulation.at(Duration.ofSeconds(40), server::restart);
    scene.simulation.runFor(Duration.ofSeconds(60));
    double holdover = scene.secondsOf(State.HOLDOVER, 20);
    assertTrue(holdover < 20 + 6, "noticed at " + holdover);
    double back = scene.secondsOf(State.SYNCHRONIZED, 40);
    assertTrue(back < 40 + 2, "back at " + back);
    List<State> states = scene.told(SyncStatus.class).stream().map(SyncStatus::state).toList();
    assertEquals(List.of(State.SYNCHRONIZED, State.HOLDOVER, State.SYNCHRONIZED), states);
    assertTrue(scene.told(ReadingFailed.class).size() > 5);
    scene.probe.assertNoViolations();
  }

  @Test
  void shouldGoOnWithTheOthersWhenOneOfThreeServersIsKilled() {
    for (long seed = 0; seed < 50; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.fairLink();
      scene.simulation.defaultLink(link);
      SimulatedNode first = scene.addServer(MILLI);
      SimulatedNode second = scene.addServer(MILLI);
      scene.addServer(MILLI);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      scene.simulation.at(Duration.ofSeconds(10), first::kill);
      scene.simulation.at(Duration.ofSeconds(30), second::kill);
      scene.simulation.runFor(Duration.ofSeconds(29));
      assertTrue(
          scene.secondsOf(State.HOLDOVER, 0) > 29,
          "seed " + seed + ": two are enough: " + scene.told(SyncStatus.class));
      scene.simulation.runFor(Duration.ofSeconds(31));
      double noticed = scene.secondsOf(State.HOLDOVER, 30);
      assertTrue(noticed < 30 + 12, "seed " + seed + ": one is not, noticed at " + noticed);
      scene.probe.assertNoViolations();
    }
  }

  @Test
  void shouldHoldTheTruthWhenTheNetworkIsDividedAndHealed() {
    for (long seed = 0; seed < 50; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.fairLink();
      scene.simulation.defaultLink(link);
      scene.addServer(MILLI);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      scene.simulation.at(
          Duration.ofSeconds(10), () -> scene.simulation.partition(List.of(scene.client)));
      scene.simulation.at(Duration.ofSeconds(30), scene.simulation::heal);
      scene.simulation.runFor(Duration.ofSeconds(45));
      scene.probe.assertNoViolations();
      assertTrue(
          scene.secondsOf(State.HOLDOVER, 10) < 22,
          "seed " + seed + ": " + scene.told(SyncStatus.class));
      assertTrue(scene.secondsOf(State.SYNCHRONIZED, 30) < 38, "seed " + seed);
    }
  }

  @Test
  void shouldHoldTheTruthWhenClientOrServerFreezes() {
    for (long seed = 0; seed < 100; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.badLink();
      scene.simulation.defaultLink(link);
      SimulatedNode server = scene.addServer(MILLI);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      boolean keeps = seed % 2 == 0;
      for (int second = 3; second < 25; second += 4) {
        SimulatedNode frozen = second % 8 == 3 ? scene.client : server;
        long millis = scene.random.nextLong(1, 3_000);
        scene.simulation.at(
            Duration.ofSeconds(second), () -> frozen.freezeFor(Duration.ofMillis(millis), keeps));
      }
      scene.simulation.runFor(Duration.ofSeconds(30));
      scene.probe.assertNoViolations();
      assertTrue(scene.clock.get().isSynchronized(), "seed " + seed);
    }
  }

  @Test
  void shouldClaimNothingFromItsNextEventOnWhenHostWasSuspended() {
    for (long seed = 0; seed < 50; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.badLink();
      scene.simulation.defaultLink(link);
      scene.addServer(MILLI);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      long asleep = scene.random.nextLong(9_000, 10_000);
      scene.simulation.at(
          Duration.ofMillis(asleep), () -> scene.client.suspendFor(Duration.ofSeconds(30)));
      scene.simulation.runFor(Duration.ofSeconds(60));
      double woke = asleep / 1e3 + 30;
      double noticed = scene.secondsOf(State.DISRUPTED, woke);
      assertTrue(noticed - woke < 1.3, "seed " + seed + ": noticed at " + noticed);
      assertTrue(scene.secondsOf(State.SYNCHRONIZED, noticed) < noticed + 8, "seed " + seed);
      for (SkewProbe.Violation violation : scene.probe.violations()) {
        double at = (violation.trueNanos() - scene.simulation.trueNanos()) / 1e9 + 60;
        assertTrue(woke - 1e-6 < at && at < noticed + 1e-6, "seed " + seed + ": " + violation);
      }
    }
  }

  @Test
  void shouldKeepTheTargetWhenServersAnswer() {
    for (long seed = 0; seed < 50; seed++) {
      Scene scene = new Scene(seed);
      scene.simulation.defaultLink(
          LinkModel.exponential(Duration.ofNanos(200_000), Duration.ofNanos(300_000)));
      scene.addSteadyServer(Duration.ZERO, Duration.ofNanos(100));
      long target = 4_000_000;
      CristianSchedule schedule =
          new CristianSchedule(60_000_000_000L, 60_000_000_000L, 0, 3, 20_000_000);
      CristianConfig config =
          scene
              .config(200_000)
              .withSchedule(schedule)
              .withLimits(new CristianLimits(2_000_000, 1_000_000_000, target));
      scene.addClient(scene.badOscillator(), config);
      scene.simulation.runFor(Duration.ofSeconds(1));
      long[] widest = new long[1];
      scene.simulation.every(
          MILLI,
          () -> {
            ClockModel model = scene.clock.get();
            long width = model.boundsAt(scene.client.tickNanos()).widthNanos();
            widest[0] = Math.max(widest[0], width);
          });
      scene.simulation.runFor(Duration.ofSeconds(100));
      scene.probe.assertNoViolations();
      assertTrue(widest[0] / 2 <= target, "seed " + seed + ": " + widest[0] / 2);
      int readings = scene.told(Measurement.class).size();
      assertTrue(readings < 30, "seed " + seed + ": and asks no more than it must: " + readings);
    }
  }

  @Test
  void shouldAddUpBoundsWhenAServerIsItselfAClient() {
    for (long seed = 0; seed < 100; seed++) {
      Scene scene = new Scene(seed);
      LinkModel link = scene.badLink();
      scene.simulation.defaultLink(link);
      scene.addServer(MILLI);
      CristianConfig ofMiddle = scene.config(link.minNanos());
      SimulatedNode middle = scene.simulation.addNode(PeerId.simulated(50), scene.badOscillator());
      DisciplinedClock own = Scene.clockOf(middle);
      ClockFollower follower = new ClockFollower(own);
      middle.onReport((at, report) -> follower.accept(report));
      middle.run(
          () ->
              new Switchboard()
                  .add(new CristianServer(own, Keyring.empty()))
                  .add(CristianClient.OWNER, first -> first == 'C', new CristianClient(ofMiddle)));
      scene.probe.watch(middle, own);
      scene.servers.set(0, middle);
      scene.addClient(scene.badOscillator(), scene.config(link.minNanos()));
      scene.simulation.runFor(Duration.ofSeconds(20));
      scene.probe.assertNoViolations();
      assertTrue(scene.clock.get().isSynchronized(), "seed " + seed);
      assertTrue(
          scene.lastBounds().widthNanos() > 2 * MILLI.toNanos(), "the first server's is in it");
    }
  }
}
