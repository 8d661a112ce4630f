package dev.coeval.bench.lab;

import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs variants of scenarios with several estimators. */
final class Studies {
  private final List<Asked> asked = new ArrayList<>();
  private final Map<String, Study> done = new LinkedHashMap<>();

  /** What is to be run. */
  private record Asked(ScenarioSpec spec, String estimator, Seeds seeds) {}

  /** Asks for one, unless it was asked for before. */
  void ask(ScenarioSpec spec, String estimator, Seeds seeds) {
    boolean isNew =
        asked.stream().noneMatch(a -> key(a.spec, a.estimator).equals(key(spec, estimator)));
    if (isNew) {
      asked.add(new Asked(spec, estimator, seeds));
    }
  }

  /**
   * Runs all that was asked for, the seeds of all of them together, so that no thread is idle.
   *
   * @throws IOException if one could not be run
   */
  void run(Workers workers) throws IOException {
    List<Callable<SeedResult>> tasks = new ArrayList<>();
    for (Asked each : asked) {
      ScenarioSpec spec = each.spec.withEstimator(each.estimator);
      each.seeds.all().forEach(seed -> tasks.add(() -> spec.run(seed)));
    }
    List<SeedResult> results = workers.all("scenarios", tasks);
    int next = 0;
    for (Asked each : asked) {
      int end = next + each.seeds.count();
      done.put(
          key(each.spec, each.estimator),
          new Study(each.spec, each.estimator, List.copyOf(results.subList(next, end))));
      next = end;
    }
    asked.clear();
  }

  /** What came of one that was asked for and run. */
  Study of(ScenarioSpec spec, String estimator) {
    Study study = done.get(key(spec, estimator));
    if (study == null) {
      throw new IllegalStateException("was not run: " + key(spec, estimator));
    }
    return study;
  }

  private static String key(ScenarioSpec spec, String estimator) {
    return spec.name() + " " + estimator;
  }
}
