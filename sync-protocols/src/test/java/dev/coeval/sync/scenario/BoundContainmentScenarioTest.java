package dev.coeval.sync.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the simulator does to a protocol: at every event, every interval that any clock claims
 * holds the truth, under every estimator. And where an assumption is broken, the same check fails.
 */
final class BoundContainmentScenarioTest {

  /** For each of three protocols; the profile {@code containment} takes 10^5 in all. */
  private static final int CHAOS_SEEDS = Integer.getInteger("coeval.containment.seeds", 400);

  private static final int SEEDS = 3; // for each scenario

  static Stream<Scenario> sound() {
    return Scenario.all().stream()
        .filter(scenario -> scenario.situation().isSound())
        .filter(scenario -> scenario.situation() != Situation.CHAOS);
  }

  static Stream<Scenario> unsound() {
    return Scenario.all().stream().filter(scenario -> !scenario.situation().isSound());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void shouldHoldTheTruthWhenEverythingHappensAtOnce(Protocol protocol) {
    Scenario scenario = new Scenario(protocol, Situation.CHAOS);
    long readings = 0;
    int silent = 0;
    for (long seed = 1; seed <= CHAOS_SEEDS; seed++) {
      long claimed = assertHolds(scenario, seed);
      readings += claimed;
      silent += claimed == 0 ? 1 : 0;
    }
    assertTrue(readings > 500L * CHAOS_SEEDS, protocol + ": readings " + readings);
    assertTrue(silent < CHAOS_SEEDS / 50, protocol + ": seeds without a claim " + silent);
  }

  @ParameterizedTest
  @MethodSource("sound")
  void shouldHoldTheTruthWhenOneTroubleHappens(Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      long claimed = assertHolds(scenario, seed);
      assertTrue(claimed > 1_000, scenario + " seed " + seed + ": readings " + claimed);
    }
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void shouldBeSeenToBreakWhenAnAssumptionIsBroken(Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioResult result = scenario.run(seed);
      assertTrue(result.violations() > 0, scenario + " seed " + seed + ": no violation");
    }
  }

  private static long assertHolds(Scenario scenario, long seed) {
    ScenarioRun run = scenario.start(seed);
    ScenarioResult result = run.toEnd();
    if (result.violations() > 0) {
      throw new AssertionError(
          "%s seed %d: %d violations, first %s"
              .formatted(scenario, seed, result.violations(), run.probe().violations().get(0)));
    }
    assertEquals(run.probe().readings(), result.readings());
    return result.readings();
  }
}
