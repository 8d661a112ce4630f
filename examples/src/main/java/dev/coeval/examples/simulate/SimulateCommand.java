package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.file.ScenarioFile;
import java.nio.file.Path;
import java.util.Optional;
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
  private static final SeedRange ONE = new SeedRange(1, 1);
  private static final SeedRange TWENTY = new SeedRange(1, 20);

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
      description = "What all chance comes from: replays one run (default: 1, of a file 1-20).")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "S-S",
      description = "Several seeds, run on all processors. Ctrl-C keeps those that are done.")
  private @Nullable String seeds;

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description =
          "Have this estimator at every client of a scenario file, one of those that --list"
              + " names.")
  private @Nullable String estimator;

  @Option(names = "--list", description = "Name all scenarios, and all estimators.")
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
      new ScenarioList(output).print();
      return;
    }
    String wanted = name;
    if (wanted == null) {
      throw CommandFailedException.usage("a scenario is missing: coeval simulate --list names all");
    }
    Optional<Scenario> scenario = Scenario.named(wanted);
    if (scenario.isPresent()) {
      if (estimator != null) {
        throw CommandFailedException.usage(
            "'--estimator' is for scenario files; " + wanted + " has its own");
      }
      new NamedRuns(output, SeedRange.of(seed, seeds, ONE), picture).run(scenario.get());
    } else {
      new FileRuns(output, SeedRange.of(seed, seeds, TWENTY)).run(file(wanted), estimator);
    }
  }

  private static ScenarioFile file(String wanted) {
    return FileRuns.find(wanted)
        .orElseThrow(
            () ->
                CommandFailedException.usage(
                    "no scenario '" + wanted + "': coeval simulate --list names all"));
  }
}
