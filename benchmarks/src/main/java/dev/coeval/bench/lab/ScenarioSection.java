package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** The laboratory's own scenarios: kinds of trouble, one by one. */
final class ScenarioSection {
  private static final int SEEDS = 10;

  private final Scope scope;
  private final Studies studies;

  ScenarioSection(Scope scope, Studies studies) {
    this.scope = scope;
    this.studies = studies;
  }

  void ask() {
    for (ScenarioSpec spec : scope.scenarios()) {
      studies.ask(spec, scope.defaultEstimator(), scope.seeds().atMost(SEEDS));
    }
  }

  String write() {
    Markdown text = new Markdown().heading(2, "Scenarios");
    if (scope.scenarios().isEmpty()) {
      return text.paragraph("None are shipped.").toString();
    }
    text.paragraph(
        """
        What `coeval simulate --list` names `lab-…`, with the default estimator (`%s`), over seeds
        %s. `best` is what a filter that is told all parameters achieved in the literature or by
        computation; a deviation that nobody can see, as half of an asymmetry, is part of it. Bounds
        count at whole seconds, characterised ones at their stated confidence.
        """
            .formatted(scope.defaultEstimator(), scope.seeds().atMost(SEEDS)));
    List<List<String>> lines = new ArrayList<>();
    for (ScenarioSpec spec : scope.scenarios()) {
      lines.add(line(studies.of(spec, scope.defaultEstimator())));
    }
    text.table(
        1,
        List.of(
            "scenario",
            "RMS error",
            "best",
            "of best",
            "p50",
            "p99",
            "max",
            "guaranteed holds",
            "mean width",
            "characterised holds",
            "mean width",
            "messages an hour"),
        lines);
    return text.toString();
  }

  private static List<String> line(Study study) {
    double mean = StatUtils.mean(study.rms());
    double best = study.yardstick("best");
    return List.of(
        study.spec().name(),
        Figures.meanAndDeviation(study.rms()),
        Figures.time(best),
        Figures.times(mean, best),
        Figures.time(study.mean(clock -> clock.errors().median())),
        Figures.time(study.mean(clock -> clock.errors().p99())),
        Figures.time(StatUtils.max(study.each(clock -> clock.errors().max()))),
        Figures.percent(study.coverage(true)),
        Figures.time(study.mean(clock -> clock.bounds().guaranteed().meanWidth())),
        Figures.percent(study.coverage(false)),
        Figures.time(study.mean(clock -> clock.bounds().characterised().meanWidth())),
        Numbers.plain(study.mean(clock -> clock.messagesPerHour())));
  }
}
