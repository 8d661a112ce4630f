package dev.coeval.sync.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names, replay, and what a result says. */
final class ScenarioTest {

  @Test
  void shouldFindEveryScenarioByItsNameWhenAsked() {
    List<Scenario> all = Scenario.all();
    for (Scenario scenario : all) {
      assertEquals(Optional.of(scenario), Scenario.named(scenario.name()));
      assertTrue(scenario.name().matches("[a-z]+(-[a-z]+)+"), scenario.name());
      assertFalse(scenario.situation().description().isBlank());
    }
    assertEquals(all.size(), new HashSet<>(all.stream().map(Scenario::name).toList()).size());
    assertEquals(Optional.empty(), Scenario.named("ntp-paradise"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Scenario(Protocol.BERKELEY, Situation.TOO_MANY_LIARS));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void shouldReplayToTheByteWhenTheSeedIsTheSame(Protocol protocol) {
    Scenario chaos = new Scenario(protocol, Situation.CHAOS);
    String first = traceOf(chaos, 42);
    assertEquals(first, traceOf(chaos, 42));
    assertNotEquals(first, traceOf(chaos, 43));
  }

  private static String traceOf(Scenario scenario, long seed) {
    StringBuilder text = new StringBuilder();
    ScenarioRun run = scenario.start(seed);
    run.simulation().traceTo(Trace.to(text));
    run.toEnd();
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void shouldSumUpItsNodesWhenItHasRun(Protocol protocol) {
    ScenarioRun run = new Scenario(protocol, Situation.LAN).start(3);
    run.simulation().runFor(Duration.ofMinutes(1));
    ScenarioResult half = run.result();
    ScenarioResult result = run.toEnd();
    assertEquals(Duration.ofMinutes(2), run.simulation().elapsed());
    int size = protocol == Protocol.BERKELEY ? 4 : 3;
    assertEquals(size, result.nodes().size());
    assertTrue(half.readings() < result.readings());
    NodeResult one = result.nodes().get(0);
    assertEquals(121, one.series().size());
    assertEquals(90, one.settled().samples());
    assertTrue(result.rmsErrorNanos() <= result.maxErrorNanos());
    assertTrue(result.maxErrorNanos() >= one.settled().maxErrorNanos());
    assertTrue(result.maxErrorNanos() < 100_000, "max " + result.maxErrorNanos());
    assertTrue(result.syncSeconds() <= 10, "sync " + result.syncSeconds());
    assertTrue(result.maxRateError() >= result.rmsRateError());
    assertTrue(result.meanWidthNanos() > 0 && result.meanWidthNanos() < 10e6);
    assertEquals(0, result.violations());
  }
}
