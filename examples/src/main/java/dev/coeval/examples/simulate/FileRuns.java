package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.scenario.file.RowResult;
import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioFormatException;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs the scenarios of a file over some seeds, and holds them to the file's limits. */
final class FileRuns {
  private final OutputOptions output;
  private final SeedRange seeds;

  FileRuns(OutputOptions output, SeedRange seeds) {
    this.output = output;
    this.seeds = seeds;
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

  void run(ScenarioFile file, @Nullable String estimator) {
    List<ScenarioSpec> specs = variants(file, estimator);
    List<LongFunction<SeedResult>> jobs = new ArrayList<>();
    specs.forEach(spec -> jobs.add(spec::run));
    List<String> missed = new ArrayList<>();
    List<ScenarioSpec> left = new ArrayList<>(specs);
    RowPrinter printer = new RowPrinter(output, estimator);
    new RunLoop(output, seeds)
        .run(
            jobs,
            results -> {
              ScenarioSpec spec = next(left, results);
              RowResult row = new RowResult(spec.name(), results);
              printer.print(spec, row);
              if (!row.isPassed()) {
                missed.add(spec.name());
              }
            });
    if (!missed.isEmpty()) {
      throw CommandFailedException.failure("limits are missed: " + String.join(", ", missed));
    }
  }

  /** The variant that some results are of. */
  private static ScenarioSpec next(List<ScenarioSpec> left, List<SeedResult> results) {
    ScenarioSpec spec = left.remove(0);
    while (!spec.name().equals(results.get(0).scenario())) {
      spec = left.remove(0);
    }
    return spec;
  }

  private static List<ScenarioSpec> variants(ScenarioFile file, @Nullable String estimator) {
    if (estimator == null) {
      return file.variants();
    }
    if (!Disciplines.names().contains(estimator)) {
      throw CommandFailedException.usage(
          "no estimator '" + estimator + "'; one of: " + String.join(", ", Disciplines.names()));
    }
    try {
      return file.variants().stream().map(spec -> spec.withEstimator(estimator)).toList();
    } catch (ScenarioFormatException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    }
  }
}
