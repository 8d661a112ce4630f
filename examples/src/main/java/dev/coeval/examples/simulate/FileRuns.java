package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.file.Figure;
import dev.coeval.sync.scenario.file.RowResult;
import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioFormatException;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the scenarios of a file over some seeds, and holds them to the file's limits. */
final class FileRuns {
  private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
  private static final long MAX_SEEDS = 100_000;

  private final OutputOptions output;
  private final long first;
  private final long last;

  FileRuns(OutputOptions output, String seeds) {
    this.output = output;
    Matcher matcher = SEEDS.matcher(seeds);
    if (!matcher.matches()) {
      throw CommandFailedException.usage("'--seeds " + seeds + "' is no range like 1-20");
    }
    first = Long.parseLong(matcher.group(1));
    last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
    if (last < first || last - first >= MAX_SEEDS) {
      throw CommandFailedException.usage("'--seeds " + seeds + "' is no range of up to 100000");
    }
  }

  /** The scenario of a file, or one that ships, by its name or its beginning. */
  static Optional<ScenarioFile> find(String name) {
    try {
      Path path = Path.of(name);
      boolean isPath = name.endsWith(".yaml") || name.endsWith(".yml") || Files.isRegularFile(path);
      return isPath ? Optional.of(ScenarioFile.read(path)) : ScenarioFile.shipped(name);
    } catch (ScenarioFormatException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    } catch (IOException | IllegalArgumentException e) {
      throw CommandFailedException.usage("cannot read " + name + ": " + e.getMessage());
    }
  }

  void run(ScenarioFile file) {
    List<String> missed = new ArrayList<>();
    for (ScenarioSpec spec : file.variants()) {
      RowResult result = RowResult.of(spec, first, last);
      result.seeds().forEach(this::printJson);
      print(spec, result);
      if (!result.isPassed()) {
        missed.add(spec.name());
      }
    }
    if (!missed.isEmpty()) {
      throw CommandFailedException.failure("limits are missed: " + String.join(", ", missed));
    }
  }

  private void print(ScenarioSpec spec, RowResult result) {
    String seeds = first == last ? "seed " + first : "seeds " + first + " to " + last;
    String verdict = result.isPassed() ? "passed" : "MISSED";
    output.text(spec.name() + ": " + spec.title());
    output.text("  " + verdict + ", " + result.passed() + " of " + seeds + "; the worst of them:");
    output.text(String.format(Locale.ROOT, "  %-10s %-34s %12s  %s", "node", "", "", "limit"));
    result.worst().forEach(this::printRow);
    output.print(
        "",
        "scenario",
        "scenario",
        spec.name(),
        "title",
        spec.title(),
        "passed",
        result.isPassed(),
        "seeds",
        result.seeds().size(),
        "seedsPassed",
        result.passed(),
        "worst",
        result.worst().stream().map(FileRuns::json).toList());
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
        seed.figures().stream().map(FileRuns::json).toList());
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
