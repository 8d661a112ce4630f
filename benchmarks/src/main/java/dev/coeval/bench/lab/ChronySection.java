package dev.coeval.bench.lab;

import dev.coeval.sync.scenario.file.ScenarioSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/** chrony's published tests, replicated. */
final class ChronySection {
  private final Scope scope;
  private final Studies studies;

  ChronySection(Scope scope, Studies studies) {
    this.scope = scope;
    this.studies = studies;
  }

  void ask() {
    for (ScenarioSpec spec : scope.chrony()) {
      scope.estimators().forEach(name -> ask(spec, name));
    }
  }

  private void ask(ScenarioSpec spec, String estimator) {
    studies.ask(spec, estimator, scope.seedsOf(estimator));
  }

  String write() {
    Markdown text = new Markdown().heading(2, "chrony's tests");
    text.paragraph(
        """
        One client, one exact server, exponential jitter each way: chrony's published comparison,
        replicated. The figures are root mean square errors of the steered clock, start-up left
        out, mean ± standard deviation over seeds %s for the default (`%s`) and over the first %d of
        them for the others. Beside them stand the published figures of 100 runs each. `best` is
        a Kalman filter that is told the wander and steers no clock, `floor` one that knows the law
        of the delays too: no program can be below it at such polls.
        """
            .formatted(scope.seeds(), scope.defaultEstimator(), scope.others()));
    byFile().forEach((file, specs) -> table(text, file, specs));
    return text.toString();
  }

  /** Whether the default's mean is below chrony's, cell by cell. */
  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    byFile()
        .forEach(
            (file, specs) -> {
              List<String> ours = new ArrayList<>();
              List<String> theirs = new ArrayList<>();
              boolean isBelow = true;
              for (ScenarioSpec spec : specs) {
                Study study = ours(spec);
                double mean = StatUtils.mean(study.rms());
                ours.add(Figures.time(mean));
                theirs.add(Figures.time(study.yardstick("chrony")));
                isBelow &= mean < study.yardstick("chrony");
              }
              claims.add(
                  new Claim(
                      "4",
                      "below chrony in every cell of " + file,
                      "R = ((s + u)²)/12",
                      String.join(" / ", ours),
                      "chrony " + String.join(" / ", theirs),
                      Claim.verdict(isBelow)));
            });
    return claims;
  }

  /** The default's study of a variant. */
  Study ours(ScenarioSpec spec) {
    return studies.of(spec, scope.defaultEstimator());
  }

  private Map<String, List<ScenarioSpec>> byFile() {
    Map<String, List<ScenarioSpec>> files = new LinkedHashMap<>();
    for (ScenarioSpec spec : scope.chrony()) {
      String file = spec.name().replaceFirst("/.*", "");
      files.computeIfAbsent(file, name -> new ArrayList<>()).add(spec);
    }
    return files;
  }

  private void table(Markdown text, String file, List<ScenarioSpec> specs) {
    text.heading(3, file + ": " + specs.get(0).title());
    List<String> heads = new ArrayList<>(List.of("jitter"));
    heads.add("**" + scope.defaultEstimator() + "**");
    heads.addAll(List.of("of chrony", "of best", "chrony", "ntpd", "openntpd", "best", "floor"));
    List<List<String>> lines = new ArrayList<>();
    for (ScenarioSpec spec : specs) {
      lines.add(line(ours(spec)));
    }
    text.table(1, heads, lines);
    others(text, specs);
  }

  private static List<String> line(Study study) {
    double mean = StatUtils.mean(study.rms());
    String name = study.spec().name();
    double floor = study.yardstick("floor");
    return List.of(
        study.variant(),
        "**" + Figures.meanAndDeviation(study.rms()) + "**",
        Figures.times(mean, study.yardstick("chrony")),
        Figures.times(mean, study.yardstick("best")),
        Published.chrony(name),
        Published.ntpd(name),
        Published.openntpd(name),
        Figures.time(study.yardstick("best")),
        Figures.time(Double.isNaN(floor) ? study.yardstick("linear") : floor));
  }

  private void others(Markdown text, List<ScenarioSpec> specs) {
    List<String> heads = new ArrayList<>(List.of("estimator"));
    specs.forEach(spec -> heads.add(spec.name().replaceFirst(".*/", "")));
    heads.add("of the default, same seeds");
    heads.add("such a difference by chance");
    List<List<String>> lines = new ArrayList<>();
    for (String name : scope.estimators()) {
      lines.add(line(name, specs));
    }
    text.table(1, heads, lines);
  }

  private List<String> line(String estimator, List<ScenarioSpec> specs) {
    List<String> cells = new ArrayList<>(List.of("`" + estimator + "`"));
    List<String> ratios = new ArrayList<>();
    List<String> chances = new ArrayList<>();
    for (ScenarioSpec spec : specs) {
      double[] rms = studies.of(spec, estimator).rms();
      double[] ours = firstOf(ours(spec).rms(), rms.length);
      cells.add(Figures.meanAndDeviation(rms));
      if (!estimator.equals(scope.defaultEstimator())) {
        ratios.add(Figures.times(Figures.pairedRatio(rms, ours), 1));
        chances.add(Figures.significance(rms, ours));
      }
    }
    cells.add(String.join(", ", ratios));
    cells.add(String.join(", ", chances.stream().filter(c -> !c.isEmpty()).distinct().toList()));
    return cells;
  }

  private static double[] firstOf(double[] values, int count) {
    return Arrays.copyOf(values, Math.min(count, values.length));
  }
}
