package dev.coeval.examples.network;

import dev.coeval.examples.terminal.CommandFailedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a trace of the run goes. */
public final class TraceOption {

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "Write every event with its vector stamp, as ShiViz draws it.",
        "Files of several processes of one run may be put one after the other."
      })
  private @Nullable Path path;

  /** No trace, unless the option is given. */
  public TraceOption() {}

  /**
   * Opens the file.
   *
   * @return the trace; null if none is asked for
   * @throws CommandFailedException if it cannot be written
   */
  public @Nullable TraceFile open() {
    Path file = path;
    return file == null ? null : TraceFile.create(file);
  }
}
