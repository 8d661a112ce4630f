package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Rehearsal.Result;
import dev.coeval.sync.discipline.Rehearsal.Setting;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** chrony's simulation limits, without a network: what ensemble and steering make of samples. */
final class DisciplineScenarioTest {
  private static final int SEEDS = 20;

  /** What must hold after the time by which the clock must be set. */
  private record Limits(int set, double error, double rms, double rate, double rmsRate) {
    static final Limits DEFAULT = new Limits(210, 1e-3, 3e-4, 5e-4, 1e-5);

    boolean hold(Result result, String which) {
      assertEquals(0, result.violations(), which);
      int from = Math.min(set + 1, result.errors().length - 1);
      return result.syncTime(error, rate) <= set
          && Result.max(result.errors(), from) <= error
          && Result.rms(result.errors(), from) <= rms
          && Result.max(result.rates(), from) <= rate
          && Result.rms(result.rates(), from) <= rmsRate;
    }
  }

  private static void assertPasses(int needed, Limits limits, Consumer<Setting> change) {
    int passed = 0;
    StringBuilder failed = new StringBuilder();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Setting setting = new Setting();
      change.accept(setting);
      Result result = new Rehearsal(setting, seed).run();
      if (limits.hold(result, "seed " + seed)) {
        passed++;
      } else {
        failed.append(
            String.format(
                Locale.ROOT,
                " seed %d: set at %d, max %.1e;",
                seed,
                result.syncTime(limits.error, limits.rate),
                Result.max(result.errors(), Math.min(limits.set, result.errors().length - 1))));
      }
    }
    assertTrue(passed >= needed, passed + " of " + SEEDS + ":" + failed);
  }

  @Test
  void shouldKeepTheDefaultLimits() {
    assertPasses(SEEDS, Limits.DEFAULT, setting -> {});
  }

  @Test
  void shouldKeepTheLimitsWhenJitterIsLarge() {
    Limits limits = new Limits(210, 0.5, 0.1, 0.2, 5e-3);
    assertPasses(
        SEEDS,
        limits,
        setting -> {
          setting.offset = 1;
          setting.jitter = 0.1;
        });
  }

  @Test
  void shouldKeepTheLimitsWhenTheOscillatorWanders() {
    Limits limits = new Limits(210, 5e-3, 1e-3, 5e-3, 1e-4);
    assertPasses(SEEDS, limits, setting -> setting.wander = 1e-7);
  }

  @Test
  void shouldNotBeBiasedWhenOneDirectionQueues() {
    assertPasses(
        SEEDS - 1,
        new Limits(2000, 1e-3, 3e-4, 5e-4, 1e-5),
        setting -> {
          setting.jitter = 5e-4;
          setting.asymmetry = 0.47;
          setting.seconds = 50_000;
        });
  }

  @Test
  void shouldKeepTheLimitsWhenOfflineForHours() {
    assertPasses(
        SEEDS,
        new Limits(210, 0.1, 2e-3, 1e-2, 2e-5),
        setting -> {
          setting.passes = (at, count) -> at % 10_000 < 1200;
          setting.seconds = 50_000;
        });
  }

  @Test
  void shouldKeepTheLimitsWhenOneRequestInTwentyPasses() {
    assertPasses(
        SEEDS,
        new Limits(22_000, 1e-2, 5e-3, 1e-4, 2e-5),
        setting -> {
          setting.passes = (at, count) -> count % 20 == 0;
          setting.seconds = 60_000;
        });
  }

  @Test
  void shouldKeepTheLimitsWhenHalfIsLost() {
    Random losses = new Random(1);
    assertPasses(
        SEEDS,
        new Limits(10_000, 1e-3, 3e-4, 5e-4, 1e-5),
        setting -> {
          setting.passes = (at, count) -> losses.nextDouble() < 0.45;
          setting.jitter = 1e-5;
          setting.maxPoll = 8;
          setting.seconds = 20_000;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 10, 14})
  void shouldKnowTheFrequencyAfterThreePollsOfAnyInterval(int poll) {
    assertPasses(
        SEEDS - 1,
        new Limits((int) (2.1 * (1 << poll) + 1), 1e-5, 5e-6, 1e-5, 5e-6),
        setting -> {
          setting.wander = 0;
          setting.jitter = 1e-6;
          setting.minPoll = poll;
          setting.maxPoll = poll;
          setting.seconds = 10 << poll;
          setting.steering = SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(10)));
        });
  }

  @Test
  void shouldKeepTheLimitsWhenTheFrequencyRamps() {
    assertPasses(
        SEEDS,
        new Limits(2000, 1e-3, 2e-4, 5e-4, 1e-5),
        setting -> {
          setting.wander = 0;
          setting.frequency = 0;
          setting.frequencySlope = 1e-10;
          setting.jitter = 1e-5;
          setting.base = 1e-5;
          setting.maxPoll = 6;
        });
  }

  /** No step is hidden in a slew: 100 s take 1200 s. */
  @Test
  void shouldTakeTwelveTimesTheOffsetWhenItIsSlewed() {
    for (double offset : new double[] {-100, 100}) {
      for (long seed = 1; seed <= 5; seed++) {
        Setting setting = new Setting();
        setting.offset = offset;
        Result result = new Rehearsal(setting, seed).run();
        int set = result.syncTime(1e-3, 5e-4);
        assertTrue(set >= 1190 && set <= 1400, "set at " + set + ", seed " + seed);
        assertEquals(0, result.violations());
      }
    }
  }

  /** What it claims to be likely is within a factor of what is. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-8, 1e-7})
  void shouldClaimAboutTheErrorItHasWhenTheOscillatorWanders(double wander) {
    double claims = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Setting setting = new Setting();
      setting.wander = wander;
      setting.maxPoll = 6;
      claims += new Rehearsal(setting, seed).run().claimed();
    }
    double mean = claims / SEEDS;
    assertTrue(mean > 0.55 && mean < 1.5, "claimed over true: " + mean);
  }

  private static List<Disciplines> disciplines() {
    return List.of(
        Disciplines.REGRESSION, Disciplines.ofEach(PiDiscipline::new), Disciplines.PLL_FLL);
  }

  /** The same traces for each: sooner or later all follow, and none lets go of its bound. */
  @ParameterizedTest
  @MethodSource("disciplines")
  void shouldFollowWithinItsBoundWhateverTheDiscipline(Disciplines kind) {
    for (long seed = 1; seed <= 10; seed++) {
      Setting setting = new Setting();
      setting.ensemble = setting.ensemble.withDisciplines(kind);
      Result result = new Rehearsal(setting, seed).run();
      assertEquals(0, result.violations(), "seed " + seed);
      double error = Result.max(result.errors(), 5_000);
      assertTrue(error < 5e-3, "seed " + seed + ": " + error);
    }
  }
}
