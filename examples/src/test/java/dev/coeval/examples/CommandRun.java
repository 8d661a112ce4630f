package dev.coeval.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command run within a test, with what it printed.
 *
 * @param exitCode how it ended
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
public record CommandRun(int exitCode, String out, String err) {

  /** Runs the command to its end. */
  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine command = Coeval.commandLine();
    command.setOut(out).setErr(err);
    return command.execute(args);
  }

  /** What it printed, line by line. */
  public List<String> lines() {
    return out.lines().toList();
  }

  /** The JSON lines of one event. */
  public List<Map<String, Object>> events(String event) {
    return lines().stream()
        .map(CommandRun::json)
        .filter(e -> event.equals(e.get("event")))
        .toList();
  }

  /** The one JSON line of an event. */
  public Map<String, Object> event(String event) {
    List<Map<String, Object>> events = events(event);
    assertEquals(1, events.size(), () -> event + " in " + this);
    return events.get(0);
  }

  /** Ended well, and wrote nothing to stderr. */
  public CommandRun assertDone() {
    assertEquals(CommandLine.ExitCode.OK, exitCode, this::toString);
    assertEquals("", err, this::toString);
    return this;
  }

  /** Ended with an error that is one line, says this, and is no stack trace. */
  public CommandRun assertFails(int expectedExitCode, String... words) {
    assertEquals(expectedExitCode, exitCode, this::toString);
    assertEquals(1, err.lines().count(), this::toString);
    assertTrue(err.startsWith("coeval: "), this::toString);
    assertFalse(err.contains("Exception"), this::toString);
    for (String word : words) {
      assertTrue(err.contains(word), () -> "no '" + word + "' in " + this);
    }
    return this;
  }

  /** Reads a line of JSON. */
  public static Map<String, Object> json(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + line, e);
    }
  }

  /** A number among the fields. */
  public static long number(Map<String, Object> json, String field) {
    return ((Number) json.get(field)).longValue();
  }
}
