package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.NodeResult;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.ScenarioResult;
import dev.coeval.sync.scenario.file.ScenarioFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coeval simulate}: runs a protocol in a situation, with faults, against a known truth. */
@Command(
    name = "simulate",
    description = {
      "Run a named scenario of the simulator and print its statistics; one seed replays one run.",
      "A scenario file, yours or one that ships, is run over several seeds and held to the limits"
          + " it states: exit code 1 if they are missed, 2 if the file is wrong.",
      "Errors are those of the seconds after the scenario's time to settle, sync time is the second"
          + " from which the last node kept within the scenario's limits."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Runnable {
  private static final double PPM = 1e6;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description =
          "As PROTOCOL-SITUATION, ntp-lan for one; or a shipped scenario file, s01 for one; or a"
              + " file of yours. See --list.")
  private @Nullable String name;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What all chance comes from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "S-S",
      description = "The seeds of a scenario file (default: ${DEFAULT-VALUE}).")
  private String seeds = "1-20";

  @Option(names = "--list", description = "Name all scenarios.")
  private boolean list;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Where the picture goes (default: ${DEFAULT-VALUE}).")
  private Path picture = Path.of("coeval-simulate.png");

  @Mixin private OutputOptions output = new OutputOptions();

  /** Made by picocli. */
  public SimulateCommand() {}

  @Override
  public void run() {
    if (list) {
      Scenario.all().forEach(this::print);
      ScenarioFile.shipped().forEach(this::printFile);
      return;
    }
    if (name != null && Scenario.named(name).isEmpty()) {
      runFile(name);
      return;
    }
    ScenarioResult result = scenario().run(seed);
    output.text(
        result.scenario() + ", seed " + seed + ": " + result.scenario().situation().description());
    output.text(
        String.format(
            "%-18s %9s %11s %11s %11s %11s %9s %10s",
            "node",
            "sync time",
            "max error",
            "rms error",
            "max freq",
            "rms freq",
            "readings",
            "violations"));
    result.nodes().forEach(this::print);
    printSummary(result);
    draw(result);
  }

  private void runFile(String wanted) {
    FileRuns runs = new FileRuns(output, seeds);
    runs.run(
        FileRuns.find(wanted)
            .orElseThrow(
                () ->
                    CommandFailedException.usage(
                        "no scenario '" + wanted + "': coeval simulate --list names all")));
  }

  private void printFile(String file) {
    String about = ScenarioFile.shipped(file).orElseThrow().variants().get(0).title();
    output.print(
        String.format("%-26s %s", file, about), "file", "name", file, "description", about);
  }

  private Scenario scenario() {
    String wanted = name;
    if (wanted == null) {
      throw CommandFailedException.usage("a scenario is missing: coeval simulate --list names all");
    }
    return Scenario.named(wanted)
        .orElseThrow(
            () ->
                CommandFailedException.usage(
                    "no scenario '" + wanted + "': coeval simulate --list names all"));
  }

  private void print(Scenario scenario) {
    String about = scenario.situation().description();
    output.print(
        String.format("%-26s %s", scenario.name(), about),
        "scenario",
        "name",
        scenario.name(),
        "description",
        about);
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

  private void printSummary(ScenarioResult result) {
    row(
        "all",
        syncSeconds(result),
        new double[] {
          result.maxErrorNanos(),
          result.rmsErrorNanos(),
          result.maxRateError(),
          result.rmsRateError()
        },
        result.readings(),
        result.violations());
    Map<String, Long> rejections = new TreeMap<>();
    result.rejections().forEach((reason, count) -> rejections.put(reason.name(), count));
    output.print(
        "bounds: mean width "
            + Nanos.of(Math.round(result.meanWidthNanos()))
            + ", violations "
            + result.violations()
            + " of "
            + result.readings()
            + " readings; datagrams not used: "
            + (rejections.isEmpty() ? "none" : rejections.toString().toLowerCase(Locale.ROOT)),
        "summary",
        "scenario",
        result.scenario().name(),
        "seed",
        seed,
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
        rejections);
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
