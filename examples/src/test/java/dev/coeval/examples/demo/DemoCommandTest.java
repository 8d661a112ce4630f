package dev.coeval.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.coeval.examples.Coeval;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new Coeval())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @Test
  void shouldKeepEveryReadingInsideItsBoundWhenRun() throws IOException {
    Path picture = folder.resolve("demo.png");
    command.execute("demo", "--seconds", "6", "--json", "--picture", picture.toString());
    List<Map<String, Object>> lines = lines();
    List<Map<String, Object>> nodes =
        lines.stream().filter(line -> "summary".equals(line.get("event"))).toList();
    assertEquals(
        Map.of("Cristian", 4L, "Berkeley", 5L, "NTP", 4L),
        nodes.stream()
            .collect(Collectors.groupingBy(n -> n.get("protocol"), Collectors.counting())));
    for (Map<String, Object> node : nodes) {
      assertEquals(
          Set.of(
              "event",
              "protocol",
              "node",
              "trueErrorNanos",
              "boundNanos",
              "readings",
              "violations"),
          node.keySet());
      assertTrue(number(node, "readings") > 0, () -> "never synchronized: " + node);
      assertEquals(0, number(node, "violations"), () -> "outside its bound: " + node);
      assertTrue(
          Math.abs(number(node, "trueErrorNanos")) <= number(node, "boundNanos"), node::toString);
    }
    assertTrue(Files.size(picture) > 10_000, "no picture");
    // The faults are seen before they are mended: half a second either way.
    assertTrue(
        lines.stream()
            .filter(line -> "sample".equals(line.get("event")) && "node-1".equals(line.get("node")))
            .anyMatch(line -> number(line, "trueErrorNanos") > 499_000_000L));
  }

  @Test
  void shouldPrintPlainTablesAndGoOnWithoutAPictureWhenItCannotBeWritten() {
    command.execute(
        "demo", "--seconds", "5", "--picture", folder.resolve("no/such/folder.png").toString());
    String text = out.toString();
    assertTrue(text.contains("Picture: none (cannot write "), text);
    assertTrue(text.contains("error: from the group's mean"), text);
    assertTrue(text.contains("protocol  nodes"), text);
    assertEquals(-1, text.indexOf('\u001b'), "escape sequences, though stdout is no terminal");
  }

  @Test
  void shouldSayWhatIsWrongWhenTheTimeIsOutOfRange() {
    assertEquals(2, command.execute("demo", "--seconds", "4"));
    assertTrue(err.toString().startsWith("--seconds must be 5 to 3600, not 4"), err.toString());
  }

  private List<Map<String, Object>> lines() throws IOException {
    List<Map<String, Object>> lines = new java.util.ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(JSON.std.mapFrom(line));
    }
    return lines;
  }

  private static long number(Map<String, Object> line, String field) {
    return ((Number) line.get(field)).longValue();
  }
}
