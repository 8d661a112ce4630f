package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.DurationOption;
import dev.coeval.examples.terminal.OutputOptions;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code sync cristian} and {@code sync ntp} have in common. */
final class SyncOptions {
  private static final long SPIN_NANOS = 20_000_000L;
  private static final Duration MAX_ERROR_LIMIT = Duration.ofHours(1);

  @Mixin private FaultOptions faults = new FaultOptions();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private DurationOption duration = new DurationOption();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--spin",
      description = "Poll for replies instead of waiting: costs a core, saves microseconds.")
  private boolean spin;

  @Option(
      names = {"--max-error", "--max-distance"},
      paramLabel = "TIME",
      description = "Do not use a server that says it may be further off than this (default: 1s).")
  private Duration maxError = Duration.ofSeconds(1);

  SyncOptions() {}

  FaultOptions faults() {
    return faults;
  }

  RunOptions run() {
    return run;
  }

  DurationOption duration() {
    return duration;
  }

  OutputOptions output() {
    return output;
  }

  /** For how long to poll for a reply; 0 for not at all. */
  long spinNanos() {
    return spin ? SPIN_NANOS : 0;
  }

  Duration maxError() {
    if (maxError.isNegative() || maxError.isZero() || maxError.compareTo(MAX_ERROR_LIMIT) > 0) {
      throw CommandFailedException.usage("--max-error is not within 1ns to 1h");
    }
    return maxError;
  }
}
