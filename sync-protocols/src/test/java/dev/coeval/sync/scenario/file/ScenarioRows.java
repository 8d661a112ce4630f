package dev.coeval.sync.scenario.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every shipped scenario that judges, over its seeds, run once, on two threads: runs share nothing
 * but immutable values.
 */
final class ScenarioRows {
  private static final int THREADS = 2;
  private static final int USUAL_SEEDS = 20;

  /** How many seeds: 20 in the build, 100 in the profile {@code scenarios}. */
  static final int SEEDS = Integer.getInteger("coeval.scenarios.seeds", USUAL_SEEDS);

  private final List<ScenarioSpec> specs = new ArrayList<>();
  private final Map<String, RowResult> results = new LinkedHashMap<>();

  ScenarioRows() throws InterruptedException, ExecutionException {
    for (String name : ScenarioFile.shipped()) {
      if (isChecked(name)) {
        specs.addAll(ScenarioFile.shipped(name).orElseThrow().variants());
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<RowResult>> jobs = new ArrayList<>();
      specs.forEach(spec -> jobs.add(() -> RowResult.of(spec, 1, SEEDS)));
      for (Future<RowResult> result : threads.invokeAll(jobs)) {
        results.put(result.get().scenario(), result.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Whether it is one of those that judge; the others are the laboratory's, that measure. */
  static boolean isChecked(String name) {
    return name.matches("s\\d\\d-.*");
  }

  List<ScenarioSpec> specs() {
    return specs;
  }

  RowResult result(String scenario) {
    return Optional.ofNullable(results.get(scenario)).orElseThrow();
  }

  /** Scenarios whose limits are known to be missed, and how many of 20 seeds keep them anyway. */
  static Map<String, Integer> knownMisses() {
    Map<String, Integer> known = new LinkedHashMap<>();
    try (InputStream in = ScenarioRows.class.getResourceAsStream("known-misses.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\|"))
          .forEach(part -> known.put(part[0].strip(), Integer.valueOf(part[1].strip())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return known;
  }
}
