package dev.coeval.examples.network;

import dev.coeval.causal.CausalEvent;
import dev.coeval.causal.ShiVizWriter;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run, as ShiViz draws them. Each is flushed at once, so that the file can be
 * watched. Thread-safe.
 */
public final class TraceFile implements AutoCloseable {
  private final Path path;
  private final Writer file;
  private final ShiVizWriter writer;
  private @Nullable IOException failure;

  private TraceFile(Path path, Writer file) {
    this.path = path;
    this.file = file;
    this.writer = ShiVizWriter.of(file);
  }

  /** Opens a file anew. */
  static TraceFile create(Path path) {
    try {
      BufferedWriter file = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
      return new TraceFile(path, file);
    } catch (IOException e) {
      throw CommandFailedException.usage(
          "cannot write "
              + path
              + ": "
              + FileTrouble.reason(e)
              + "; name a file in a folder that exists");
    }
  }

  /**
   * Writes an event; a failure is kept for {@link #check}, so that it does not end whoever tells.
   *
   * @param event what happened
   */
  public synchronized void add(CausalEvent event) {
    if (failure != null) {
      return; // a hole would make it another history
    }
    try {
      writer.append(event);
      file.flush();
    } catch (UncheckedIOException e) {
      failure = e.getCause();
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * Looks whether all was written.
   *
   * @throws CommandFailedException if not
   */
  public synchronized void check() {
    IOException cause = failure;
    if (cause != null) {
      throw CommandFailedException.failure(
          "cannot write " + path + " any more: " + FileTrouble.reason(cause));
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }
}
