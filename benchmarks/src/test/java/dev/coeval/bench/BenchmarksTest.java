package dev.coeval.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.bench.skew.SimulatedSkewBenchmark;
import dev.coeval.sync.scenario.Scenario;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark can be run; nothing is said of its figures. */
class BenchmarksTest {

  @Test
  void shouldHaveBaselineInEveryClass() {
    Set<String> all = names();
    assertTrue(all.size() > 40, all::toString);
    Set<String> withBaseline =
        all.stream()
            .filter(name -> methodOf(name).startsWith("baseline"))
            .map(BenchmarksTest::classOf)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        all.stream().map(BenchmarksTest::classOf).collect(Collectors.toCollection(TreeSet::new)),
        withBaseline);
  }

  @Test
  void shouldNameOnlyScenariosThatAreThere() throws NoSuchFieldException {
    String[] names =
        SimulatedSkewBenchmark.class.getField("scenario").getAnnotation(Param.class).value();
    for (String name : names) {
      assertTrue(Scenario.named(name).isPresent(), name);
    }
  }

  @Test
  void shouldRunEachThatCostsOnce() throws RunnerException {
    Collection<RunResult> results =
        run(
            options("\\.(time|logical|sync)\\..*")
                .exclude("SimulationBenchmark")
                .param("n", "3")
                .param("servers", "3")
                .param("estimator", "regression"));
    assertEquals(
        names().stream()
            .filter(name -> !name.contains(".skew.") && !name.contains("SimulationBenchmark"))
            .collect(Collectors.toCollection(TreeSet::new)),
        namesOf(results));
  }

  @Test
  void shouldCountEventsOfSimulations() throws RunnerException {
    for (RunResult result : run(options("SimulationBenchmark"))) {
      assertTrue(secondary(result, "events") > 0, result::toString);
    }
  }

  @Test
  void shouldMeasureSkewInSimulation() throws RunnerException {
    List<String> scenarios = List.of("cristian-lan", "ntp-lan", "berkeley-lan");
    Collection<RunResult> results =
        run(
            options("SimulatedSkewBenchmark.synchronizedClocks")
                .param("scenario", scenarios.toArray(String[]::new))
                .param("seeds", "2"));
    assertEquals(scenarios.size(), results.size());
    for (RunResult result : results) {
      assertMakesSense(result);
      assertTrue(secondary(result, "maxErrorNanos") < 1e6, result::toString);
    }
  }

  @Test
  void shouldMeasureClocksOfTheLaboratory() throws RunnerException {
    Collection<RunResult> results =
        run(
            options("LaboratoryBenchmark")
                .param("scenario", "chrony-test-2/100us")
                .param("estimator", "regression")
                .param("seeds", "1")
                .param("length", "8000"));
    assertEquals(2, results.size());
    for (RunResult result : results) {
      assertEquals(0, secondary(result, "violations"), result::toString);
      assertTrue(secondary(result, "readings") > 0, result::toString);
      assertTrue(secondary(result, "messagesAnHour") > 0, result::toString);
      double max = secondary(result, "maxErrorNanos");
      assertTrue(secondary(result, "p50ErrorNanos") <= max, result::toString);
      assertTrue(secondary(result, "rmsErrorNanos") <= max, result::toString);
    }
  }

  @Test
  void shouldMeasureSkewOverSockets() throws RunnerException {
    Collection<RunResult> results =
        run(options("LoopbackSkewBenchmark.*(baseline|ntp)").param("waiting", "BLOCKING"));
    assertEquals(2, results.size());
    results.forEach(BenchmarksTest::assertMakesSense);
  }

  private static void assertMakesSense(RunResult result) {
    assertEquals(0, secondary(result, "violations"), result::toString);
    assertTrue(secondary(result, "readings") > 0, result::toString);
    assertTrue(secondary(result, "samples") > 0, result::toString);
    assertTrue(secondary(result, "meanWidthNanos") > 0, result::toString);
    double rms = secondary(result, "rmsErrorNanos");
    double max = secondary(result, "maxErrorNanos");
    assertTrue(0 < rms && rms <= max, result::toString);
    double p50 = secondary(result, "p50ErrorNanos");
    double p99 = secondary(result, "p99ErrorNanos");
    assertTrue(0 <= p50 && p50 <= p99 && p99 <= max, result::toString);
  }

  private static double secondary(RunResult result, String counter) {
    return result.getSecondaryResults().get(counter).getScore();
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  /** In this process, as little as JMH can do; a benchmark that fails fails the test. */
  private static ChainedOptionsBuilder options(String include) {
    return new OptionsBuilder()
        .include(include)
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(1))
        .param("seconds", "1")
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  private static Set<String> names() {
    Options everything = new OptionsBuilder().build();
    return BenchmarkList.defaultList().getAll(null, everything.getExcludes()).stream()
        .map(BenchmarkListEntry::getUsername)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namesOf(Collection<RunResult> results) {
    return results.stream()
        .map(result -> result.getParams().getBenchmark())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String classOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String methodOf(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
