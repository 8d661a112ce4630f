package dev.coeval.examples.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a command that goes on and on ends by itself. */
public final class DurationOption {

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "End after this long, as in 30s or 5m (default: when Ctrl-C is pressed).")
  private @Nullable Duration duration;

  /** Without end, unless the option is given. */
  public DurationOption() {}

  /**
   * The time that was given.
   *
   * @return positive; null if there is no end
   * @throws CommandFailedException if it is not positive
   */
  public @Nullable Duration get() {
    Duration given = duration;
    if (given != null && (given.isNegative() || given.isZero())) {
      throw CommandFailedException.usage("--duration is not positive");
    }
    return given;
  }
}
