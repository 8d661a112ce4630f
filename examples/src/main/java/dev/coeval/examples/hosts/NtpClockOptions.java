package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.Smear;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.time.StepPolicy;
import picocli.CommandLine.Option;

/** How the clock follows its servers. */
final class NtpClockOptions {

  @Option(
      names = "--min-sources",
      paramLabel = "N",
      description = "Follow nobody until so many servers agree (default: 1).")
  private int minSources = 1;

  @Option(
      names = "--discipline",
      paramLabel = "NAME",
      description = "How offset and frequency are found: regression or pll, which is RFC 5905's.")
  private String discipline = "regression";

  @Option(
      names = "--leap",
      paramLabel = "NAME",
      description = "At a leap second: step, slew, smear (noon to noon) or ignore (default: step).")
  private String leap = "step";

  @Option(names = "--step", description = "Step the clock at any time, not only at the start.")
  private boolean step;

  @Option(names = "--slew-only", description = "Never step the clock, not even at the start.")
  private boolean slewOnly;

  NtpClockOptions() {}

  EnsembleConfig ensemble(EnsembleConfig config) {
    if (minSources < 1 || minSources > EnsembleConfig.MAX_SOURCES) {
      throw CommandFailedException.usage("--min-sources is not in 1 to 64: " + minSources);
    }
    Disciplines disciplines =
        switch (discipline) {
          case "regression" -> Disciplines.REGRESSION;
          case "pll" -> Disciplines.PLL_FLL;
          default ->
              throw CommandFailedException.usage(
                  "--discipline is regression or pll, not '" + discipline + "'");
        };
    return config
        .withDisciplines(disciplines)
        .withSelection(config.selection().withMinSources(minSources));
  }

  StepPolicy step() {
    if (step && slewOnly) {
      throw CommandFailedException.usage("--step and --slew-only exclude each other");
    }
    if (slewOnly) {
      return StepPolicy.never();
    }
    return step ? StepPolicy.always(SyncSession.STEP) : StepPolicy.atStart(SyncSession.STEP);
  }

  LeapPolicy leap() {
    return switch (leap) {
      case "step" -> LeapPolicy.step();
      case "slew" -> LeapPolicy.slew();
      case "smear" -> LeapPolicy.smear(Smear.noonToNoon());
      case "ignore" -> LeapPolicy.ignore();
      default ->
          throw CommandFailedException.usage(
              "--leap is step, slew, smear or ignore, not '" + leap + "'");
    };
  }
}
