package dev.coeval.sync.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.scenario.file.Limits.Rms;
import dev.coeval.sync.scenario.file.Limits.Window;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ErrorMeterTest {
  private static final Limits LIMITS =
      new Limits(new Window(1, 3), 0, 1e-3, 5e-4, new Rms(3e-4, 1e-5));

  @Test
  void shouldTakeTheLastSecondOutsideWhenSyncTimeIsAsked() {
    ErrorMeter meter = new ErrorMeter(LIMITS, 4);
    double[] times = {1, 0, -2e-3, 0, 0, 3e-4, 4e-4, 0, 0, 0, 0};
    for (int k = 0; k < times.length; k++) {
      meter.sample(k, times[k], 0);
    }
    assertEquals(3, meter.syncSeconds());
    assertEquals(4e-4, meter.errors().max());
    assertEquals(Math.sqrt((9e-8 + 16e-8) / 7), meter.errors().rms(), 1e-15); // seconds 4 to 10
  }

  @Test
  void shouldCountFrequencyToo() {
    ErrorMeter meter = new ErrorMeter(LIMITS, 4);
    for (int k = 0; k <= 10; k++) {
      meter.sample(k, 0, k == 7 ? -6e-4 : 5e-4 * (1 + 5e-7));
    }
    assertEquals(8, meter.syncSeconds());
    assertEquals(6e-4, meter.rates().max());
  }

  @Test
  void shouldGiveQuantilesToHalfAPercentWhenAskedForThem() {
    ErrorMeter meter = new ErrorMeter(LIMITS, 0);
    for (int k = 1; k <= 1000; k++) {
      meter.sample(k, (k % 2 == 0 ? -1e-6 : 1e-6) * k, 0);
    }
    assertEquals(1000, meter.errors().samples());
    assertEquals(500e-6, meter.errors().median(), 0.005 * 500e-6);
    assertEquals(990e-6, meter.errors().p99(), 0.005 * 990e-6);
  }

  @Test
  void shouldEndTheWarmUpWithTheSyncWindowWhenNothingElseIsSaid() {
    assertEquals(4, warmUp("limits: {sync: [1, 3]}"));
    assertEquals(0, warmUp("limits: {sync: [0, 0]}"));
    assertEquals(0, warmUp("limits: {sync: [0, 10]}"));
    assertEquals(0, warmUp("limits: {sync: [0, 99]}"));
    assertEquals(7, warmUp("warm-up: 7"));
  }

  private static int warmUp(String text) {
    return ScenarioFile.parse("x.yaml", "duration: 10\n" + text).variants().get(0).warmUpSeconds();
  }

  /** Over T seconds a walk of w makes an offset of deviation w T^1.5 / sqrt(3). */
  @Test
  void shouldWanderAsTheLawSaysWhenNobodyCorrects() {
    double squares = 0;
    double means = 0;
    int runs = 400;
    int seconds = 1_000;
    double wander = 1e-7;
    for (int seed = 1; seed <= runs; seed++) {
      Simulation simulation = Simulation.ofSeed(seed);
      SimulatedNode node =
          simulation.addNode(PeerId.simulated(1), OscillatorModel.perfect().withWander(wander));
      simulation.runFor(Duration.ofSeconds(seconds));
      double x = (node.wallEpochNanos() - simulation.trueNanos()) / 1e9;
      squares += x * x;
      means += x;
    }
    double expected = wander * Math.pow(seconds, 1.5) / Math.sqrt(3);
    double deviation = Math.sqrt(squares / runs);
    assertTrue(Math.abs(deviation / expected - 1) < 4 / Math.sqrt(2.0 * runs), "" + deviation);
    assertTrue(Math.abs(means / runs) < 4 * expected / Math.sqrt(runs), "" + means / runs);
  }
}
