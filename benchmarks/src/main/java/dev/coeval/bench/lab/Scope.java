package dev.coeval.bench.lab;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a report is about.
 *
 * @param seeds those of the default estimator
 * @param others as many of them are taken for every other estimator
 * @param chrony variants of chrony's tests
 * @param scenarios variants of the laboratory's scenarios
 * @param estimators the names of all estimators, the default first
 * @param traces how many traces of exchanges each estimator is given
 */
record Scope(
    Seeds seeds,
    int others,
    List<ScenarioSpec> chrony,
    List<ScenarioSpec> scenarios,
    List<String> estimators,
    int traces) {
  private static final int TRACES_A_SEED = 20;

  /** All there is. */
  static Scope full(Seeds seeds, int others) {
    return new Scope(
        seeds,
        others,
        variants("chrony-"),
        variants("lab-"),
        defaultFirst(),
        TRACES_A_SEED * seeds.count());
  }

  String defaultEstimator() {
    return estimators.get(0);
  }

  Seeds seedsOf(String estimator) {
    return estimator.equals(defaultEstimator()) ? seeds : seeds.atMost(others);
  }

  private static List<ScenarioSpec> variants(String prefix) {
    return ScenarioFile.shipped().stream()
        .filter(name -> name.startsWith(prefix))
        .flatMap(name -> ScenarioFile.shipped(name).stream())
        .flatMap(file -> file.variants().stream())
        .toList();
  }

  private static List<String> defaultFirst() {
    Disciplines usual = EnsembleConfig.defaults(List.of(PeerId.simulated(1))).disciplines();
    List<String> names = List.copyOf(Disciplines.names());
    String first =
        names.stream()
            .filter(name -> Disciplines.named(name).filter(usual::equals).isPresent())
            .findFirst()
            .orElse(names.get(0));
    return Stream.concat(Stream.of(first), names.stream().filter(name -> !name.equals(first)))
        .toList();
  }
}
