package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import dev.coeval.scale.LeapFileException;
import dev.coeval.scale.LeapSecondTable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where leap seconds are known from. */
final class LeapOptions {

  @Option(
      names = "--leap-file",
      paramLabel = "FILE",
      description = "Know leap seconds from this leap-seconds.list; its hash is checked.")
  private @Nullable Path file;

  LeapOptions() {}

  /** Those of the file; of the table that is built in, if none was given. */
  LeapSecondTable table() {
    Path path = file;
    if (path == null) {
      return LeapSecondTable.bundled();
    }
    try {
      return LeapSecondTable.read(path);
    } catch (LeapFileException e) {
      throw CommandFailedException.usage("leap file " + path + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandFailedException.usage(
          "cannot read leap file " + path + ": " + FileTrouble.reason(e));
    }
  }
}
