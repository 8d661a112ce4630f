package dev.coeval.bench.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkewReportTest {
  private static final int SECONDS = 6_000;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  @TempDir Path dir;

  @Test
  void shouldWriteTheSameReportOfTheSameSeedsOnAnyNumberOfThreads() throws IOException {
    Path one = write("one", 1);
    Path two = write("two", 3);
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    String text = Files.readString(one);
    for (String section :
        List.of(
            "## Is the simulator right?",
            "## chrony's tests",
            "## Scenarios",
            "## Estimators on the same exchanges",
            "## Claims",
            "## On real sockets",
            "## What it costs")) {
      assertTrue(text.contains("\n" + section + "\n"), section);
    }
    assertFalse(text.contains("NaN"), text);
    try (Stream<Path> files = Files.list(dir.resolve("one"))) {
      assertTrue(
          files.allMatch(f -> f.toString().endsWith(".png") || f.toString().endsWith(".md")));
    }
  }

  private Path write(String name, int threads) throws IOException {
    List<ScenarioSpec> specs =
        ScenarioFile.shipped("chrony-test-2").orElseThrow().variants().stream()
            .limit(1)
            .map(spec -> spec.withSeconds(SECONDS))
            .toList();
    Scope scope = new Scope(new Seeds(1, 1), 1, specs, specs, List.of("regression", "pi"), 2);
    SkewReport.Inputs inputs = new SkewReport.Inputs(null, CostSection.read(null));
    Path out = dir.resolve(name);
    new SkewReport(scope, inputs, Lengths.SHORT, new PrintStream(said)).write(out, threads);
    return out.resolve(SkewReport.FILE);
  }

  @Test
  void shouldExitWithTwoWhenArgumentsAreWrong() {
    for (List<String> args :
        List.of(
            List.of("--help", "x"),
            List.of("--seeds"),
            List.of("--seeds", "9-1"),
            List.of("--seeds", "many"),
            List.of("--threads", "0"),
            List.of("--others", "-1"))) {
      said.reset();
      PrintStream err = new PrintStream(said);
      assertEquals(2, SkewReport.run(args.toArray(String[]::new), err, err));
      String words = said.toString(StandardCharsets.UTF_8);
      assertEquals(2, words.lines().count(), words);
      assertTrue(words.contains("usage: "), words);
    }
  }

  @Test
  void shouldExitWithOneWhenAResultsFileIsNotThere() {
    String missing = dir.resolve("none.json").toString();
    for (String option : List.of("--sockets", "--jmh")) {
      said.reset();
      PrintStream err = new PrintStream(said);
      assertEquals(1, SkewReport.run(new String[] {option, missing}, err, err));
      assertTrue(said.toString(StandardCharsets.UTF_8).contains(missing));
    }
  }

  @Test
  void shouldTakeTheDefaultEstimatorFirst() {
    Scope scope = Scope.full(Seeds.parse("3-4"), 1);
    assertEquals(2, scope.seedsOf(scope.defaultEstimator()).count());
    assertEquals(new Seeds(3, 3), scope.seedsOf(scope.estimators().get(1)));
    assertEquals(scope.estimators().size(), scope.estimators().stream().distinct().count());
    assertFalse(scope.chrony().isEmpty());
  }

  @Test
  void shouldReadSeedsAsPeopleWriteThem() {
    assertEquals(new Seeds(1, 100), Seeds.parse("1-100"));
    assertEquals(new Seeds(7, 7), Seeds.parse("7"));
    assertEquals(List.of(4L, 5L), new Seeds(4, 9).atMost(2).all());
    assertThrows(IllegalArgumentException.class, () -> Seeds.parse(""));
  }

  @Test
  void shouldCompareSeedBySeed() {
    assertEquals(2, Figures.pairedRatio(new double[] {2, 4, 60}, new double[] {1, 2, 3}));
    assertEquals("", Figures.significance(new double[] {1}, new double[] {2}));
    double[] low = Stream.iterate(1.0, x -> x + 1).limit(30).mapToDouble(x -> x).toArray();
    double[] high = Stream.iterate(101.0, x -> x + 1).limit(30).mapToDouble(x -> x).toArray();
    assertEquals("p < 0.0001", Figures.significance(low, high));
  }
}
