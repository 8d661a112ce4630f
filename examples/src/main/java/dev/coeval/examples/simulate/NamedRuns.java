package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.FileTrouble;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.NodeResult;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.ScenarioResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs a named scenario: one seed with all nodes and a picture, several with a line each. */
final class NamedRuns {
  private static final double PPM = 1e6;

  private final OutputOptions output;
  private final SeedRange seeds;
  private final Path picture;

  NamedRuns(OutputOptions output, SeedRange seeds, Path picture) {
    this.output = output;
    this.seeds = seeds;
    this.picture = picture;
  }

  void run(Scenario scenario) {
    if (seeds.isOne()) {
      ScenarioResult result = scenario.run(seeds.first());
      printHead(scenario, "node");
      result.nodes().forEach(this::print);
      printAll("all", result);
      printSummary(bounds(result), result);
      draw(result);
      return;
    }
    printHead(scenario, "seed");
    List<LongFunction<ScenarioResult>> jobs = new ArrayList<>(); // one a seed: printed, forgotten
    for (long seed = seeds.first(); seed <= seeds.last(); seed++) {
      long each = seed;
      jobs.add(none -> scenario.run(each));
    }
    new RunLoop(output, new SeedRange(0, 0)).run(jobs, results -> printSeed(results.get(0)));
  }

  private void printSeed(ScenarioResult result) {
    printAll(Long.toString(result.seed()), result);
    printSummary("", result);
  }

  private void printHead(Scenario scenario, String column) {
    output.text(scenario + ", " + seeds + ": " + scenario.situation().description());
    output.text(
        String.format(
            "%-18s %9s %11s %11s %11s %11s %9s %10s",
            column,
            "sync time",
            "max error",
            "rms error",
            "max freq",
            "rms freq",
            "readings",
            "violations"));
  }

  private void print(NodeResult node) {
    row(
        node.node().toString(),
        syncSeconds(node),
        new double[] {
          node.settled().maxErrorNanos(),
          node.settled().rmsErrorNanos(),
          node.settled().maxRateError(),
          node.settled().rmsRateError()
        },
        node.bound().readings(),
        node.bound().violations());
    if (output.isJson()) {
      output.print(
          "",
          "node",
          "node",
          node.node().toString(),
          "syncSeconds",
          syncSeconds(node),
          "maxErrorNanos",
          node.settled().maxErrorNanos(),
          "rmsErrorNanos",
          node.settled().rmsErrorNanos(),
          "maxFrequencyError",
          node.settled().maxRateError(),
          "rmsFrequencyError",
          node.settled().rmsRateError(),
          "readings",
          node.bound().readings(),
          "violations",
          node.bound().violations());
    }
  }

  /** Null if it left the scenario's limits in the very last second that was looked at. */
  private static @Nullable Long syncSeconds(NodeResult node) {
    int samples = node.series().size();
    boolean ended = samples == 0 || node.syncSeconds() > node.series().second(samples - 1);
    return ended ? null : (Long) node.syncSeconds();
  }

  private static @Nullable Long syncSeconds(ScenarioResult result) {
    boolean all = result.nodes().stream().allMatch(node -> syncSeconds(node) != null);
    return all ? (Long) result.syncSeconds() : null;
  }

  private void printAll(String label, ScenarioResult result) {
    row(
        label,
        syncSeconds(result),
        new double[] {
          result.maxErrorNanos(),
          result.rmsErrorNanos(),
          result.maxRateError(),
          result.rmsRateError()
        },
        result.readings(),
        result.violations());
  }

  private static String bounds(ScenarioResult result) {
    Map<String, Long> rejections = rejections(result);
    return "bounds: mean width "
        + Nanos.of(Math.round(result.meanWidthNanos()))
        + ", violations "
        + result.violations()
        + " of "
        + result.readings()
        + " readings; datagrams not used: "
        + (rejections.isEmpty() ? "none" : rejections.toString().toLowerCase(Locale.ROOT));
  }

  private static Map<String, Long> rejections(ScenarioResult result) {
    Map<String, Long> rejections = new TreeMap<>();
    result.rejections().forEach((reason, count) -> rejections.put(reason.name(), count));
    return rejections;
  }

  private void printSummary(String text, ScenarioResult result) {
    output.print(
        text,
        "summary",
        "scenario",
        result.scenario().name(),
        "seed",
        result.seed(),
        "syncSeconds",
        syncSeconds(result),
        "maxErrorNanos",
        result.maxErrorNanos(),
        "rmsErrorNanos",
        result.rmsErrorNanos(),
        "maxFrequencyError",
        result.maxRateError(),
        "rmsFrequencyError",
        result.rmsRateError(),
        "readings",
        result.readings(),
        "violations",
        result.violations(),
        "meanWidthNanos",
        result.meanWidthNanos(),
        "rejected",
        rejections(result));
  }

  private void row(
      String node, @Nullable Long syncSeconds, double[] errors, long readings, long violations) {
    output.text(
        String.format(
            Locale.ROOT,
            "%-18s %9s %11s %11s %7.3f ppm %7.3f ppm %9d %10d",
            node,
            syncSeconds == null ? "never" : syncSeconds + " s",
            Nanos.of(Math.round(errors[0])),
            Nanos.of(Math.round(errors[1])),
            errors[2] * PPM,
            errors[3] * PPM,
            readings,
            violations));
  }

  private void draw(ScenarioResult result) {
    try {
      ScenarioPicture.write(result, picture);
      output.print("picture: " + picture, "picture", "file", picture.toString());
    } catch (IOException | RuntimeException | Error e) {
      // A host without fonts throws plain errors; the statistics were not in vain.
      String reason = FileTrouble.noPicture(picture, e);
      output.print("no picture: " + reason, "picture", "file", "", "reason", reason);
    }
  }
}
