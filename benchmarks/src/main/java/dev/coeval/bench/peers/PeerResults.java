package dev.coeval.bench.peers;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run measured, and on what machine: the file between a run and a report.
 *
 * @param machine in words
 * @param rows a line each
 */
public record PeerResults(String machine, List<Row> rows) {

  /**
   * Copies the list.
   *
   * @param machine as above
   * @param rows as above
   */
  public PeerResults {
    rows = List.copyOf(rows);
  }

  /**
   * Writes the file.
   *
   * @param file where to
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("machine", machine);
    map.put("rows", rows.stream().map(Row::toMap).toList());
    Files.writeString(
        file,
        JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(map) + System.lineSeparator());
  }

  /**
   * Reads the file.
   *
   * @param file where from
   * @return what it says
   * @throws IOException if it cannot be read, or is not what {@link #write} wrote
   */
  public static PeerResults read(Path file) throws IOException {
    Map<String, Object> map = JSON.std.mapFrom(Files.readString(file));
    if (!(map.get("rows") instanceof List<?> list)) {
      throw new IOException("no rows in it");
    }
    List<Row> rows = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof Map<?, ?> row)) {
        throw new IOException("a row was expected: " + each);
      }
      try {
        rows.add(Row.from(row));
      } catch (IllegalArgumentException e) {
        throw new IOException("not a row: " + each, e);
      }
    }
    return new PeerResults(String.valueOf(map.get("machine")), rows);
  }
}
