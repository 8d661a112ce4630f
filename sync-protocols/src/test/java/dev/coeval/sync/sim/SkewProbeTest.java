package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The probe sees every violation, and takes its statistics as they are defined. */
final class SkewProbeTest {
  private static final long DRIFT_BOUND_PPB = 50_000;
  private static final long MILLI = 1_000_000;

  private final Simulation simulation = Simulation.ofSeed(5);

  private SimulatedNode node(int number, OscillatorModel model) {
    SimulatedNode node = simulation.addNode(PeerId.simulated(number), model);
    node.run(EchoMachines::server);
    return node;
  }

  private static DisciplinedClock clock(SimulatedNode node) {
    return new DisciplinedClock(
        node.reader(), DRIFT_BOUND_PPB, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
  }

  /** Brings a clock to an error, and lets it claim another one. */
  private void steer(SimulatedNode node, DisciplinedClock clock, long error, long claimed) {
    long time = simulation.trueNanos() + error;
    clock.steer(
        new ClockEstimate(node.tickNanos(), time, 0, 0, BoundedInstant.around(time, claimed)));
  }

  private void eventsEachSecond() {
    simulation.every(Duration.ofMillis(100), () -> {});
  }

  @Test
  void shouldReadNothingWhenNoClockClaimsABound() {
    SimulatedNode node = node(1, OscillatorModel.offBy(Duration.ofMillis(3), 10));
    SkewProbe probe = SkewProbe.against(simulation);
    SkewRecord record = probe.watch(node, clock(node));
    simulation.runFor(Duration.ofSeconds(5));
    assertEquals(0, probe.readings());
    assertEquals(6, record.series().size());
    assertEquals(3e6, record.series().errorNanos(0));
    assertEquals(3e6 + 50_000, record.series().errorNanos(5), 1);
    assertEquals(1e-5, record.series().rateError(5), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, record.series().highNanos(5));
    probe.assertNoViolations();
  }

  @Test
  void shouldFindNoViolationWhenTheDriftKeepsItsBound() {
    SimulatedNode node = node(1, OscillatorModel.offBy(Duration.ZERO, 49.99));
    DisciplinedClock clock = clock(node);
    SkewProbe probe = SkewProbe.against(simulation);
    SkewRecord record = probe.watch(node, clock);
    steer(node, clock, 0, 0);
    eventsEachSecond();
    simulation.runFor(Duration.ofSeconds(100));
    probe.assertNoViolations();
    assertTrue(record.readings() >= 1_000, "readings " + record.readings());
    assertEquals(4_999_000.0, (double) record.maxErrorNanos(), 2_000);
    assertEquals(1_100.0, (double) record.readings(), 5);
    assertEquals(5_000_000, record.meanWidthNanos(), 100_000);
    assertEquals(4_999_000 / Math.sqrt(3), record.rmsErrorNanos(), 50_000);
  }

  @Test
  void shouldFindTheViolationWhenTheOscillatorBreaksItsDriftBound() {
    SimulatedNode node = node(1, OscillatorModel.offBy(Duration.ZERO, 51));
    DisciplinedClock clock = clock(node);
    SkewProbe probe = SkewProbe.against(simulation);
    SkewRecord record = probe.watch(node, clock);
    steer(node, clock, 0, 1_000);
    eventsEachSecond();
    simulation.runFor(Duration.ofSeconds(100));
    assertTrue(record.violations() > 900, "violations " + record.violations());
    assertEquals(record.violations(), probe.violationCount());
    assertEquals(SkewProbe.MAX_KEPT, probe.violations().size());
    SkewProbe.Violation first = probe.violations().get(0);
    assertEquals(node.id(), first.node());
    // 1 ppm above the bound takes a second to use up the microsecond claimed at first
    assertEquals(1.0, (first.trueNanos() - simulation.startNanos()) / 1e9, 0.2);
    AssertionError error = assertThrows(AssertionError.class, probe::assertNoViolations);
    assertTrue(String.valueOf(error.getMessage()).startsWith("seed 5: "), error.getMessage());
  }

  @Test
  void shouldSeeABoundThatNeverHeldWhenItIsHealedByTheSameEventsEnd() {
    SimulatedNode node = node(1, OscillatorModel.perfect());
    DisciplinedClock clock = clock(node);
    SkewProbe probe = SkewProbe.against(simulation);
    probe.watch(node, clock);
    simulation.at(Duration.ofSeconds(2), () -> steer(node, clock, 5 * MILLI, MILLI));
    simulation.at(Duration.ofSeconds(2), () -> steer(node, clock, 0, MILLI));
    simulation.runFor(Duration.ofMillis(2_100));
    assertEquals(2, probe.violationCount()); // after the first event, and before the second
  }

  @Test
  void shouldReadNoClockWhenItsNodeIsDeadOrAsleep() {
    SimulatedNode node = node(1, OscillatorModel.perfect());
    DisciplinedClock clock = clock(node);
    SkewProbe probe = SkewProbe.against(simulation);
    SkewRecord record = probe.watch(node, clock);
    steer(node, clock, 0, MILLI);
    simulation.at(Duration.ofMillis(1_500), () -> node.suspendFor(Duration.ofSeconds(2)));
    simulation.at(Duration.ofMillis(4_500), node::kill);
    simulation.runFor(Duration.ofSeconds(6));
    assertTrue(probe.violationCount() > 0, "a clock that slept claims what is false");
    assertTrue(probe.violations().stream().allMatch(v -> v.trueNanos() >= at(3_500)));
    assertTrue(Double.isNaN(record.series().errorNanos(2)));
    assertTrue(Double.isNaN(record.series().errorNanos(5)));
    assertEquals(-2e9, record.series().errorNanos(4));
    assertEquals(7, record.series().size());
  }

  private long at(long millis) {
    return simulation.startNanos() + millis * MILLI;
  }

  @Test
  void shouldTakeTheMeanForTheTruthWhenThereIsNoOther() {
    SimulatedNode one = node(1, OscillatorModel.offBy(Duration.ofMillis(10), 20));
    SimulatedNode other = node(2, OscillatorModel.offBy(Duration.ofMillis(30), 40));
    SkewProbe probe = SkewProbe.againstMean(simulation);
    SkewRecord first = probe.watch(one, clock(one));
    SkewRecord second = probe.watch(other, clock(other));
    simulation.runFor(Duration.ofSeconds(100));
    assertEquals(-10e6, first.series().errorNanos(0));
    assertEquals(10e6, second.series().errorNanos(0));
    assertEquals(11e6, second.series().errorNanos(100), 1);
    assertEquals(-1e-5, first.series().rateError(50), 1e-12);
    other.kill();
    simulation.runFor(Duration.ofSeconds(1));
    assertEquals(0, first.series().errorNanos(101));
  }

  @Test
  void shouldWatchTheNewClockWhenAProcessIsRestarted() {
    SimulatedNode node = node(1, OscillatorModel.perfect());
    DisciplinedClock old = clock(node);
    SkewProbe probe = SkewProbe.against(simulation, simulation::trueNanos);
    SkewRecord record = probe.watch(node, old);
    steer(node, old, 5 * MILLI, MILLI);
    node.restart();
    assertEquals(record, probe.watch(node, clock(node)));
    simulation.runFor(Duration.ofSeconds(3));
    probe.assertNoViolations();
    assertEquals(1, probe.records().size());
  }

  @Test
  void shouldSampleSlewsInTheRateWhenAClockIsSlewed() {
    SimulatedNode node = node(1, OscillatorModel.offBy(Duration.ZERO, 100));
    DisciplinedClock clock =
        new DisciplinedClock(
            node.reader(), DRIFT_BOUND_PPB, SteeringPolicy.with(StepPolicy.never()));
    SkewRecord record = SkewProbe.against(simulation).watch(node, clock);
    simulation.at(Duration.ofMillis(600), () -> steer(node, clock, MILLI, 10 * MILLI));
    simulation.runFor(Duration.ofSeconds(4));
    assertEquals(1e-4, record.series().rateError(0), 1e-9);
    double slew = (MILLI - 60_000) / 2e9;
    assertEquals(1e-4 + slew + 1e-4 * slew, record.series().rateError(1), 1e-7);
    assertEquals(1e-4, record.series().rateError(3), 1e-9);
  }
}
