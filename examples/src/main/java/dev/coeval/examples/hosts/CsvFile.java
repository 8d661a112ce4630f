package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.FileTrouble;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One line an exchange. A lost one is a line with its number and empty fields. Each line is flushed
 * at once, so that the file can be watched.
 */
final class CsvFile implements AutoCloseable {
  private static final String COLUMNS = "seq,offset_ns,delay_ns,bound_ns,t1_ns,t2_ns,t3_ns,t4_ns";
  private static final int EMPTY_FIELDS = 7;

  private final BufferedWriter out;
  private final boolean namesPeers;

  private CsvFile(BufferedWriter out, boolean namesPeers) {
    this.out = out;
    this.namesPeers = namesPeers;
  }

  /**
   * Opens a file anew and writes its header.
   *
   * @param namesPeers whether each line ends with the peer, for files with several
   * @throws CommandFailedException if it cannot be written
   */
  static CsvFile create(Path path, boolean namesPeers) {
    try {
      CsvFile file = new CsvFile(Files.newBufferedWriter(path, StandardCharsets.UTF_8), namesPeers);
      file.line(namesPeers ? COLUMNS + ",peer" : COLUMNS);
      return file;
    } catch (IOException e) {
      throw CommandFailedException.usage(
          "cannot write "
              + path
              + ": "
              + FileTrouble.reason(e)
              + "; name a file in a folder that exists");
    }
  }

  void add(ExchangeSeen seen, @Nullable ExchangeRow row) {
    String fields =
        row == null
            ? ",".repeat(EMPTY_FIELDS)
            : ","
                + row.offsetNanos()
                + ","
                + row.delayNanos()
                + ","
                + row.boundNanos()
                + ","
                + row.t1()
                + ","
                + row.t2()
                + ","
                + row.t3()
                + ","
                + row.t4();
    try {
      line(seen.sequence() + fields + (namesPeers ? "," + seen.peer() : ""));
    } catch (IOException e) {
      throw CommandFailedException.failure(
          "cannot write the CSV file any more: " + FileTrouble.reason(e));
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) throws IOException {
    out.write(text);
    out.write('\n');
    out.flush();
  }
}
