package dev.coeval.sync.stability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Noise made by sums of white noise: what the theory says of it has to come out. */
final class PowerLawTest {
  private static final int SIZE = 512;

  /** White noise, summed up once for each half step of the slope. */
  private static ClockSamples noise(PowerLaw law, long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] phase = new double[size];
    for (int i = 0; i < size; i++) {
      phase[i] = random.nextGaussian();
    }
    for (int sums = law == PowerLaw.WHITE_PM ? 0 : law == PowerLaw.WHITE_FM ? 1 : 2;
        sums > 0;
        sums--) {
      for (int i = 1; i < size; i++) {
        phase[i] += phase[i - 1];
      }
    }
    return ClockSamples.ofPhase(phase, 1);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FLICKER_PM", "FLICKER_FM"},
      mode = Mode.EXCLUDE)
  void shouldFallOrRiseByItsSlopeWhenTauGrows(PowerLaw law) {
    ClockSamples samples = noise(law, 11, 1 << 17);
    double at16 = Deviation.OVERLAPPING_ALLAN.of(samples, 16);
    double at256 = Deviation.OVERLAPPING_ALLAN.of(samples, 256);
    double slope = Math.log(at256 / at16) / Math.log(16);
    assertEquals(law.slope(), slope, 0.03, "seed 11");
  }

  @Test
  void shouldHaveTheSizeOfTheoryWhenNoiseIsWhiteOrWalks() {
    int size = 1 << 17;
    ClockSamples phase = noise(PowerLaw.WHITE_PM, 1, size);
    assertEquals(Math.sqrt(3) / 8, Deviation.OVERLAPPING_ALLAN.of(phase, 8), 0.004);
    ClockSamples walk = noise(PowerLaw.WHITE_FM, 2, size);
    assertEquals(1 / Math.sqrt(64), Deviation.OVERLAPPING_ALLAN.of(walk, 64), 0.004);
  }

  /** A variance from edf degrees of freedom has the relative variance 2 / edf. */
  @ParameterizedTest
  @EnumSource(
      names = {"FLICKER_PM", "FLICKER_FM"},
      mode = Mode.EXCLUDE)
  void shouldBeWorthSoManyDegreesOfFreedomAsVariancesSpread(PowerLaw law) {
    for (int m : new int[] {1, 8, 64}) {
      double[] variances = new double[600];
      double mean = 0;
      for (int i = 0; i < variances.length; i++) {
        double deviation = Deviation.OVERLAPPING_ALLAN.of(noise(law, 1000 + i, SIZE), m);
        variances[i] = deviation * deviation;
        mean += variances[i] / variances.length;
      }
      double edf = 2 * mean * mean / new Variance().evaluate(variances);
      double claimed = law.degreesOfFreedom(SIZE, m);
      assertEquals(1, claimed / edf, 0.25, law + " at " + m + ": " + claimed + ", is " + edf);
    }
  }

  @Test
  void shouldHoldTheTruthAsOftenAsItSaysWhenIntervalsAreAsked() {
    int held = 0;
    int runs = 400;
    for (int seed = 0; seed < runs; seed++) {
      PowerLaw.Interval interval =
          PowerLaw.WHITE_FM.interval(noise(PowerLaw.WHITE_FM, seed, SIZE), 16, 0.9);
      assertTrue(interval.low() < interval.value() && interval.value() < interval.high());
      held += interval.low() < 0.25 && 0.25 < interval.high() ? 1 : 0;
    }
    assertEquals(0.9, held / (double) runs, 0.05);
  }

  @ParameterizedTest
  @EnumSource(PowerLaw.class)
  void shouldBeWorthSomethingWheneverThereIsAFigure(PowerLaw law) {
    for (int size = 3; size < 80; size++) {
      int most = Deviation.OVERLAPPING_ALLAN.largestFactor(size);
      for (int m = 1; m <= most; m++) {
        double edf = law.degreesOfFreedom(size, m);
        assertTrue(edf >= 1 && edf <= size, law + " of " + size + " at " + m + ": " + edf);
      }
      int n = size;
      assertThrows(IllegalArgumentException.class, () -> law.degreesOfFreedom(n, most + 1));
    }
    ClockSamples samples = noise(law, 1, 9);
    assertThrows(IllegalArgumentException.class, () -> law.interval(samples, 1, 1));
  }

  /** The simulator's oscillator: sigma = w sqrt(tau / 3), with the walk's step at whole seconds. */
  @Test
  void shouldFindTheSimulatedWanderWhenOscillatorWalks() {
    double wander = 1e-8;
    double[] phase = new double[40_001];
    Simulation simulation = Simulation.ofSeed(3);
    SimulatedNode node =
        simulation.addNode(PeerId.simulated(1), OscillatorModel.perfect().withWander(wander));
    for (int i = 0; i < phase.length; i++) {
      phase[i] = (node.wallEpochNanos() - simulation.trueNanos()) / 1e9;
      simulation.runFor(Duration.ofSeconds(1));
    }
    ClockSamples samples = ClockSamples.ofPhase(phase, 1);
    for (int m : new int[] {16, 64, 256}) {
      double law = wander * Math.sqrt(m / 3.0);
      PowerLaw.Interval interval = PowerLaw.RANDOM_WALK_FM.interval(samples, m, 0.9999);
      assertTrue(interval.low() < law && law < interval.high(), m + ": " + interval + " " + law);
    }
  }
}
