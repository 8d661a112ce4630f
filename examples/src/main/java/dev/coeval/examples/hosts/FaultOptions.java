package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** By how much a command's clock is wrong on purpose. */
final class FaultOptions {

  /** No oscillator is worse than this. */
  private static final double MAX_DRIFT_PPM = 1000;

  private static final Duration MAX_OFFSET = Duration.ofDays(365);
  private static final double PPB_PER_PPM = 1000;

  @Option(
      names = "--offset",
      paramLabel = "TIME",
      description = "Put the clock ahead by this much, as in 250ms or -1.5s (default: 0s).")
  private Duration offset = Duration.ZERO;

  @Option(
      names = "--drift",
      paramLabel = "PPM",
      description = "Let the clock run fast by so many parts per million (default: 0).")
  private double driftPpm;

  FaultOptions() {}

  SkewedHost host() {
    if (offset.abs().compareTo(MAX_OFFSET) > 0) {
      throw CommandFailedException.usage("--offset is more than a year");
    }
    if (!(Math.abs(driftPpm) <= MAX_DRIFT_PPM)) {
      throw CommandFailedException.usage("--drift is not within -1000 to 1000 ppm: " + driftPpm);
    }
    return new SkewedHost(offset, Math.round(driftPpm * PPB_PER_PPM));
  }
}
