package dev.coeval.bench.lab;

import dev.coeval.sync.scenario.file.ClockAccuracy;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One variant of a scenario with one estimator, over seeds: what the clocks in it were like.
 *
 * @param spec the variant
 * @param estimator the name
 * @param results a result a seed
 */
record Study(ScenarioSpec spec, String estimator, List<SeedResult> results) {

  /** A figure of each seed, its clocks' mean. */
  double[] each(ToDoubleFunction<ClockAccuracy> figure) {
    return results.stream()
        .mapToDouble(
            seed -> seed.clocks().stream().mapToDouble(figure).average().orElse(Double.NaN))
        .toArray();
  }

  double[] rms() {
    return each(clock -> clock.errors().rms());
  }

  double mean(ToDoubleFunction<ClockAccuracy> figure) {
    double[] values = each(figure);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** How many of all claims held. */
  double coverage(boolean isGuaranteed) {
    long readings = 0;
    long violations = 0;
    for (SeedResult seed : results) {
      for (ClockAccuracy clock : seed.clocks()) {
        ClockAccuracy.Bound bound =
            isGuaranteed ? clock.bounds().guaranteed() : clock.bounds().characterised();
        readings += bound.readings();
        violations += bound.violations();
      }
    }
    return readings == 0 ? Double.NaN : 1 - (double) violations / readings;
  }

  /** What is known of others in it; not a number if nothing is. */
  double yardstick(String name) {
    return spec.yardsticks().getOrDefault(name, Double.NaN);
  }

  /** The name of the variant without that of its file. */
  String variant() {
    String name = spec.name();
    return name.substring(name.indexOf('/') + 1);
  }
}
