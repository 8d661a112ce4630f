package dev.coeval.sync.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The table of pairs, in Markdown. */
final class InteropTable {
  private InteropTable() {}

  /** Writes a row for each pair. */
  static void write(Path file, List<Pair> pairs, IntFunction<String> seen) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(row(pairs.get(i), seen.apply(i)));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, rows);
  }

  /** The rows of a document, without what was seen. */
  static List<String> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| peer "))
        .map(line -> line.replaceFirst("[^|]*\\|$", "  |"))
        .toList();
  }

  static String row(Pair pair, String seen) {
    return "| " + String.join(" | ", pair.peer(), pair.mode(), pair.direction().text, seen) + " |";
  }
}
