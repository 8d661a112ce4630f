package dev.coeval.examples.terminal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints one JSON object a line, and flushes it, so that a pipe sees it at once. */
public final class JsonLines {
  private final PrintWriter out;

  /**
   * Prints to a writer.
   *
   * @param out where to
   */
  public JsonLines(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints an object.
   *
   * @param event the value of its first field, {@code event}
   * @param fields the other fields, names and values in turn
   */
  public void print(String event, @Nullable Object... fields) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("event", event);
    for (int i = 0; i + 1 < fields.length; i += 2) {
      object.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    print(object);
  }

  /**
   * Prints an object.
   *
   * @param object its fields, in order
   */
  public synchronized void print(Map<String, @Nullable Object> object) {
    try {
      out.println(JSON.std.asString(object));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write JSON", e);
    }
    out.flush();
  }
}
