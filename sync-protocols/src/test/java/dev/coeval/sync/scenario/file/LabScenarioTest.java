package dev.coeval.sync.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laboratory's scenarios, that measure rather than judge: each runs for a while, and no clock
 * claims what is not so. In the profile {@code scenarios} they run for as long as they say, over
 * 100 seeds, and are held to the limits that they have.
 */
final class LabScenarioTest {
  private static final int SECONDS = 400;
  private static final int SEEDS = Integer.getInteger("coeval.scenarios.seeds", 0);

  static Stream<ScenarioSpec> variants() {
    return ScenarioFile.shipped().stream()
        .filter(name -> !ScenarioRows.isChecked(name))
        .flatMap(name -> ScenarioFile.shipped(name).orElseThrow().variants().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void shouldClaimOnlyWhatIsSoWhenRun(ScenarioSpec spec) {
    RowResult result =
        SEEDS == 0
            ? RowResult.of(spec.withSeconds(Math.min(SECONDS, spec.seconds())), 1, 1)
            : RowResult.of(spec, 1, SEEDS);
    for (SeedResult seed : result.seeds()) {
      assertEquals("", seed.trouble(), () -> spec + " seed " + seed.seed());
      assertFalse(seed.clocks().isEmpty(), spec::name);
      List<Figure> wrong =
          seed.figures().stream()
              .filter(figure -> figure.what().endsWith("bound holds") && !figure.isMet())
              .toList();
      assertEquals(List.of(), SEEDS == 0 && isBroken(spec) ? List.of() : wrong, spec::name);
    }
    assertTrue(SEEDS == 0 || result.isPassed(), () -> spec + ": " + result.worst());
  }

  /** What is broken on purpose may be so only after a while. */
  private static boolean isBroken(ScenarioSpec spec) {
    return spec.checks().bound() == Checks.Bound.VIOLATED;
  }
}
