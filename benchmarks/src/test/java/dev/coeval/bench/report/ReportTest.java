package dev.coeval.bench.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  @TempDir Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldPutScoresBesideTheirBaseline() throws IOException {
    List<String> lines =
        report(cost("baselineCopy", "12.5", "0.25", "ns/op"), cost("encode", "25", "NaN", "ns/op"));

    assertTrue(lines.contains("## CodecBenchmark"), lines::toString);
    assertTrue(
        lines.contains("| bare | baselineCopy | 12.5 | 0.250 | ns/op |  |"), lines::toString);
    assertTrue(lines.contains("| bare | encode | 25 |  | ns/op | × 2 |"), lines::toString);
  }

  @Test
  void shouldHoldPeersAgainstOursThatDoesTheSame() throws IOException {
    List<String> lines =
        report(
            cost("mergeCoeval", "10", "1", "ns/op"),
            cost("mergeOther", "25", "1", "ns/op"),
            cost("compareOther", "70", "1", "ns/op"));

    assertTrue(lines.contains("| bare | mergeCoeval | 10 | 1 | ns/op |  |  |"), lines::toString);
    assertTrue(
        lines.contains("| bare | mergeOther | 25 | 1 | ns/op |  | × 2.50 |"), lines::toString);
    assertTrue(lines.contains("| bare | compareOther | 70 | 1 | ns/op |  |  |"), lines::toString);
  }

  @Test
  void shouldCompareNothingWithTheBaselineOfAnotherUnit() throws IOException {
    List<String> lines =
        report(cost("baselineCopy", "12.5", "1", "ns/op"), cost("encode", "25", "1", "ops/s"));

    assertTrue(lines.contains("| bare | encode | 25 | 1 | ops/s |  |"), lines::toString);
  }

  @Test
  void shouldGiveErrorsInTheirUnitsAndCountersAsOneIterationSawThem() throws IOException {
    List<String> lines = report(skew("[[1500.0]]", 1500), skew("[[3500.0],[4500.0]]", 8000));

    assertEquals(2, lines.stream().filter(line -> line.startsWith("| lan | clocks |")).count());
    String rest = " 2 ms | 1.20 s | 12,345 | 0 |";
    assertTrue(
        lines.contains("| lan | clocks | 1.50 µs | 400 ns | 900 ns |" + rest), lines::toString);
    assertTrue(lines.contains("| lan | clocks | 4 µs | 400 ns | 900 ns |" + rest), lines::toString);
  }

  @Test
  void shouldDrawWhereTheHostCanAndSaySoWhereItCannot() throws IOException {
    List<String> lines = report(cost("baselineCopy", "12.5", "1", "ns/op"), skew("[[1.0]]", 1));

    for (String name : List.of("CodecBenchmark", "SkewBenchmark")) {
      Path png = dir.resolve("out").resolve(name + ".png");
      String shown = "![%s](%s.png)".formatted(name, name);
      if (err.size() == 0) {
        assertArrayEquals(PNG, Arrays.copyOf(Files.readAllBytes(png), PNG.length));
        assertTrue(lines.contains(shown), lines::toString);
      } else {
        assertTrue(text(err).startsWith("no picture: "), text(err));
        assertFalse(Files.exists(png));
        assertFalse(lines.contains(shown), lines::toString);
      }
    }
  }

  @Test
  void shouldSurviveResultsThatCannotBeDrawn() throws IOException {
    List<String> lines = report(cost("baselineCopy", "0", "NaN", "ns/op"));

    assertTrue(lines.contains("| bare | baselineCopy | 0 |  | ns/op |  |"), lines::toString);
    assertTrue(text(err).startsWith("no picture"), text(err));
    assertFalse(Files.exists(dir.resolve("out").resolve("CodecBenchmark.png")));
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenArgumentsAreWrong() {
    for (String[] args :
        List.of(
            new String[0],
            new String[] {"a.json"},
            new String[] {"a.json", "b", "c"},
            new String[] {"--help", "b"})) {
      err.reset();
      assertEquals(2, run(args));
      assertEquals(1, text(err).lines().count());
      assertTrue(text(err).startsWith("usage: "), text(err));
    }
  }

  @Test
  void shouldExitWithOneAndOneLineWhenThereAreNoResults() throws IOException {
    Path json = dir.resolve("results.json");
    assertFailsWith("no such file: " + json, json);
    for (String content : List.of("", "[]", "{}", "[1]", "[{}]", "no json\nat all", "null")) {
      Files.writeString(json, content);
      assertFailsWith(json + ": ", json);
    }
  }

  private void assertFailsWith(String message, Path json) {
    err.reset();
    assertEquals(1, run(json.toString(), dir.resolve("out").toString()));
    assertEquals(1, text(err).lines().count(), text(err));
    assertTrue(text(err).startsWith(message), text(err));
    assertFalse(Files.exists(dir.resolve("out")));
  }

  private List<String> report(String... entries) throws IOException {
    Path json = dir.resolve("results.json");
    Files.writeString(json, "[" + String.join(",", entries) + "]");
    Path outDir = dir.resolve("out");
    assertEquals(0, run(json.toString(), outDir.toString()), text(err));
    assertEquals(outDir.resolve("report.md").toString(), text(out).strip());
    return Files.readAllLines(outDir.resolve("report.md"));
  }

  private int run(String... args) {
    return Report.run(args, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream from) {
    return from.toString(StandardCharsets.UTF_8);
  }

  /** As JMH writes it: what is not a number is a text. */
  private static String cost(String method, String score, String error, String unit) {
    return """
        {"jmhVersion": "1.37", "benchmark": "some.pack.CodecBenchmark.%s", "mode": "avgt",
         "params": {"frames": "bare"},
         "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "%s",
                           "rawData": [[%s]]},
         "secondaryMetrics": {}}
        """
        .formatted(method, score, error.equals("NaN") ? "\"NaN\"" : error, unit, score);
  }

  private static String skew(String rawRms, double sum) {
    return """
        {"benchmark": "some.pack.SkewBenchmark.clocks", "mode": "ss",
         "params": {"scenario": "lan"},
         "primaryMetric": {"score": 3.0, "scoreError": "NaN", "scoreUnit": "ms/op",
                           "rawData": [[3.0]]},
         "secondaryMetrics": {%s, %s, %s, %s, %s, %s, %s}}
        """
        .formatted(
            counter("rmsErrorNanos", sum, rawRms),
            counter("p50ErrorNanos", 400, "[[400.0]]"),
            counter("p99ErrorNanos", 900, "[[900.0]]"),
            counter("maxErrorNanos", 2e6, "[[2000000.0]]"),
            counter("meanWidthNanos", 1.2e9, "[[1.2E9]]"),
            counter("readings", 12345, "[[12345.0]]"),
            counter("violations", 0, "[[0.0]]"));
  }

  private static String counter(String name, double score, String raw) {
    return "\"%s\": {\"score\": %s, \"scoreError\": \"NaN\", \"scoreUnit\": \"#\", \"rawData\": %s}"
        .formatted(name, score, raw);
  }
}
