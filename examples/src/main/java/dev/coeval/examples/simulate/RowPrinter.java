package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.file.ClockAccuracy;
import dev.coeval.sync.scenario.file.Figure;
import dev.coeval.sync.scenario.file.RowResult;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.jspecify.annotations.Nullable;

/** Prints what came of a variant over its seeds. */
final class RowPrinter {
  private static final double NANOS = 1e9;

  private final OutputOptions output;
  private final @Nullable String estimator;

  RowPrinter(OutputOptions output, @Nullable String estimator) {
    this.output = output;
    this.estimator = estimator;
  }

  void print(ScenarioSpec spec, RowResult result) {
    result.seeds().forEach(this::printJson);
    String with = estimator == null ? "" : ", estimator " + estimator;
    String verdict = result.isPassed() ? "passed" : "MISSED";
    List<SeedResult> seeds = result.seeds();
    long first = seeds.get(0).seed();
    SeedRange range = new SeedRange(first, seeds.get(seeds.size() - 1).seed());
    output.text(spec.name() + ": " + spec.title() + with);
    output.text(
        range.isOne()
            ? "  " + verdict + ", " + range
            : "  " + verdict + ", " + result.passed() + " of " + range + "; the worst of them:");
    output.text(String.format(Locale.ROOT, "  %-10s %-34s %12s  %s", "node", "", "", "limit"));
    result.worst().forEach(this::printRow);
    printAccuracy(spec, result);
    output.print(
        "",
        "scenario",
        "scenario",
        spec.name(),
        "title",
        spec.title(),
        "estimator",
        estimator,
        "passed",
        result.isPassed(),
        "seeds",
        seeds.size(),
        "seedsPassed",
        result.passed(),
        "worst",
        result.worst().stream().map(RowPrinter::json).toList(),
        "rmsSeconds",
        rms(result).getMean(),
        "rmsDeviation",
        finite(rms(result).getStandardDeviation()),
        "yardsticks",
        spec.yardsticks());
  }

  private static StatisticalSummary rms(RowResult result) {
    return result.over(clock -> clock.errors().rms());
  }

  private void printAccuracy(ScenarioSpec spec, RowResult result) {
    StatisticalSummary rms = rms(result);
    if (rms.getN() == 0) {
      return;
    }
    String spread = rms.getN() == 1 ? "" : " +- " + time(rms.getStandardDeviation());
    StringJoiner line =
        new StringJoiner(", ", "  error after " + spec.warmUpSeconds() + " s: ", "");
    line.add("rms " + time(rms.getMean()) + spread);
    line.add("median " + time(mean(result, clock -> clock.errors().median())));
    line.add("p99 " + time(mean(result, clock -> clock.errors().p99())));
    line.add("max " + time(result.over(clock -> clock.errors().max()).getMax()));
    output.text(line.toString());
    printBound("guaranteed", result, clock -> clock.bounds().guaranteed());
    printBound("characterised", result, clock -> clock.bounds().characterised());
    double messages = mean(result, ClockAccuracy::messagesPerHour);
    output.text(String.format(Locale.ROOT, "  messages an hour: %.1f", messages));
    if (!spec.yardsticks().isEmpty()) {
      StringJoiner others = new StringJoiner(", ", "  rms of others: ", "");
      spec.yardsticks().forEach((name, seconds) -> others.add(name + " " + time(seconds)));
      output.text(others.toString());
    }
  }

  private interface Which {
    ClockAccuracy.Bound of(ClockAccuracy clock);
  }

  private void printBound(String name, RowResult result, Which which) {
    double held = mean(result, clock -> which.of(clock).coverage());
    double width = mean(result, clock -> which.of(clock).meanWidth());
    output.text(
        String.format(
            Locale.ROOT, "  %s bound: %s wide, holds %.3f %%", name, time(width), 100 * held));
  }

  private static double mean(RowResult result, ToDoubleFunction<ClockAccuracy> figure) {
    return result.over(figure).getMean();
  }

  private static String time(double seconds) {
    double nanos = seconds * NANOS;
    return nanos < 100 ? String.format(Locale.ROOT, "%.1f ns", nanos) : Nanos.of(Math.round(nanos));
  }

  private void printRow(Figure figure) {
    String mark = figure.isMet() ? "" : "   <- missed";
    String value = figure.kind() == Figure.Kind.FACT ? yes(figure.value()) : show(figure.value());
    output.text(
        String.format(
            Locale.ROOT,
            "  %-10s %-34s %12s  %s%s",
            figure.node(),
            figure.what(),
            value,
            limit(figure),
            mark));
  }

  private static String limit(Figure figure) {
    return switch (figure.kind()) {
      case NOTE -> "";
      case FACT -> figure.most() > 0 ? "yes" : "no";
      case LIMIT ->
          figure.most() == Double.MAX_VALUE
              ? "at least " + show(figure.least())
              : figure.least() == 0
                  ? "at most " + show(figure.most())
                  : show(figure.least()) + " to " + show(figure.most());
    };
  }

  private static String yes(double value) {
    return value > 0 ? "yes" : "no";
  }

  private static String show(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e12
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private void printJson(SeedResult seed) {
    output.print(
        "",
        "seed",
        "scenario",
        seed.scenario(),
        "seed",
        seed.seed(),
        "passed",
        seed.isPassed(),
        "trouble",
        seed.trouble(),
        "figures",
        seed.figures().stream().map(RowPrinter::json).toList(),
        "clocks",
        seed.clocks().stream().map(RowPrinter::json).toList());
  }

  private static Map<String, Object> json(ClockAccuracy clock) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", clock.node());
    fields.put("syncSeconds", clock.syncSeconds());
    fields.put("rmsSeconds", clock.errors().rms());
    fields.put("medianSeconds", clock.errors().median());
    fields.put("p99Seconds", clock.errors().p99());
    fields.put("maxSeconds", clock.errors().max());
    fields.put("rmsFrequencyError", clock.rates().rms());
    fields.put("maxFrequencyError", clock.rates().max());
    fields.put("guaranteedWidthSeconds", clock.bounds().guaranteed().meanWidth());
    fields.put("guaranteedCoverage", clock.bounds().guaranteed().coverage());
    fields.put("characterisedWidthSeconds", clock.bounds().characterised().meanWidth());
    fields.put("characterisedCoverage", clock.bounds().characterised().coverage());
    fields.put("messagesPerHour", clock.messagesPerHour());
    return fields;
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", figure.node());
    fields.put("what", figure.what());
    fields.put("value", finite(figure.value()));
    fields.put("least", figure.least());
    fields.put("most", figure.most());
    fields.put("kind", figure.kind().name().toLowerCase(Locale.ROOT));
    fields.put("met", figure.isMet());
    return fields;
  }

  /** JSON knows no infinity. */
  private static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }
}
