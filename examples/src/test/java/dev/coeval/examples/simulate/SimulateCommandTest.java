package dev.coeval.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.examples.RunningCommand;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.file.ScenarioFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulateCommandTest {

  @TempDir private Path folder;

  @Test
  void shouldPrintStatisticsAndPictureWhenScenarioIsRun() throws Exception {
    Path picture = folder.resolve("lan.png");
    CommandRun run =
        CommandRun.of("simulate", "ntp-lan", "--seed", "7", "--json", "--picture", "" + picture);
    Map<String, Object> summary = run.assertDone().event("summary");
    assertEquals("ntp-lan", summary.get("scenario"));
    assertEquals(0, ((Number) summary.get("violations")).intValue(), run::toString);
    assertTrue(((Number) summary.get("readings")).longValue() > 0, run::toString);
    assertTrue(run.events("node").size() >= 3, run::toString);
    if (picture.toString().equals(run.event("picture").get("file"))) {
      byte[] image = Files.readAllBytes(picture);
      assertEquals("PNG", new String(image, 1, 3, StandardCharsets.US_ASCII));
    } else { // a host without fonts
      assertTrue(run.event("picture").get("reason").toString().length() > 0, run::toString);
    }
  }

  @Test
  void shouldPrintTheSameWhenSeedIsTheSame() {
    String[] args = {"simulate", "cristian-lossy", "--seed", "3", "--picture", "" + picture()};
    assertEquals(CommandRun.of(args).assertDone().out(), CommandRun.of(args).out());
  }

  @Test
  void shouldSayNeverWhenNodeEndsOutsideTheLimits() {
    CommandRun run =
        CommandRun.of("simulate", "cristian-broken-drift", "--picture", "" + picture());
    String all = run.assertDone().lines().stream().filter(l -> l.startsWith("all")).findAny().get();
    assertTrue(all.matches("all +never .*"), run::toString);
  }

  @Test
  void shouldGoOnWhenPictureCannotBeWritten() {
    CommandRun run = CommandRun.of("simulate", "berkeley-lan", "--picture", "/nowhere/at/all.png");
    assertTrue(run.assertDone().out().contains("no picture: "), run::toString);
  }

  @Test
  void shouldNameAllScenariosWhenAsked() {
    CommandRun run = CommandRun.of("simulate", "--list", "--json");
    assertEquals(Scenario.all().size(), run.assertDone().events("scenario").size());
    assertEquals(ScenarioFile.shipped().size(), run.events("file").size());
    assertTrue(run.event("estimators").get("names").toString().contains("kalman"), run::toString);
    List<String> lines = CommandRun.of("simulate", "--list").assertDone().lines();
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("  ntp-lan ")), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("  lab-01-")), lines::toString);
  }

  @Test
  void shouldFailInOneLineWhenScenarioIsUnknownOrMissing() {
    CommandRun.of("simulate", "huygens-lan").assertFails(2, "huygens-lan", "--list");
    CommandRun.of("simulate").assertFails(2, "a scenario is missing");
    CommandRun.of("simulate", "ntp-lan", "--seed", "x").assertFails(2, "--seed");
  }

  private Path picture() {
    return folder.resolve("picture.png");
  }

  @Test
  void shouldHoldAFileToItsLimitsWhenItIsOneThatShips() {
    CommandRun run = CommandRun.of("simulate", "s01", "--seeds", "1-3", "--json");
    Map<String, Object> row = run.assertDone().event("scenario");
    assertEquals("s01-defaults", row.get("scenario"));
    assertEquals(3, run.events("seed").size(), run::toString);
    assertEquals(3, ((Number) row.get("seedsPassed")).intValue(), run::toString);
  }

  @Test
  void shouldEndWith1WhenLimitsAreMissed() throws Exception {
    Path file = folder.resolve("strict.yaml");
    Files.writeString(file, "title: too strict\nlimits: {time: 1e-9}\nduration: 500\n");
    CommandRun run = CommandRun.of("simulate", file.toString(), "--seeds", "5");
    assertEquals(1, run.exitCode(), run::toString);
    assertEquals("coeval: limits are missed: strict", run.err().strip());
    assertTrue(run.out().contains("<- missed"), run::toString);
  }

  @Test
  void shouldEndWith2AndNameTheLineWhenFileIsWrong() throws Exception {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, "title: typo\nlink:\n  jiter: 1e-3\n");
    CommandRun run = CommandRun.of("simulate", file.toString());
    assertEquals(2, run.exitCode(), run::toString);
    assertEquals(1, run.err().lines().count(), run::toString);
    assertTrue(
        run.err().contains("wrong.yaml:3: unknown key 'jiter' (did you mean 'jitter'?)"),
        run::toString);
  }

  @Test
  void shouldRunAnotherEstimatorWhenOneIsNamed() throws Exception {
    Path file = brief();
    CommandRun usual = CommandRun.of("simulate", "" + file, "--seed", "4").assertDone();
    assertTrue(usual.out().contains("passed, seed 4"), usual::toString);
    assertTrue(usual.out().contains("rms of others: chrony 14.0 µs"), usual::toString);
    CommandRun pi = CommandRun.of("simulate", "" + file, "--seed", "4", "--estimator", "pi");
    assertTrue(pi.assertDone().out().contains(", estimator pi"), pi::toString);
    assertNotEquals(rms(usual), rms(pi));
    assertEquals(
        pi.out(), CommandRun.of("simulate", "" + file, "--seed", "4", "--estimator", "pi").out());
    CommandRun.of("simulate", "" + file, "--estimator", "magic")
        .assertFails(2, "no estimator 'magic'", "kalman");
    CommandRun.of("simulate", "ntp-lan", "--estimator", "pi").assertFails(2, "scenario files");
  }

  private static String rms(CommandRun run) {
    return run.lines().stream().filter(line -> line.contains("error after")).findAny().get();
  }

  private Path brief() throws Exception {
    Path file = folder.resolve("brief.yaml");
    Files.writeString(file, "duration: 600\nchecks: {sync: free}\nyardsticks: {chrony: 14e-6}\n");
    return file;
  }

  @Test
  void shouldGiveEachSeedTheSameWhenItIsOneOfMany() throws Exception {
    String file = brief().toString();
    CommandRun many = CommandRun.of("simulate", file, "--seeds", "3-7", "--json").assertDone();
    CommandRun one = CommandRun.of("simulate", file, "--seed", "5", "--json").assertDone();
    assertEquals(one.event("seed"), many.events("seed").get(2));
    assertEquals(5, many.events("seed").size());
  }

  @Test
  void shouldPrintALineASeedWhenANamedScenarioRunsOverSeveral() {
    CommandRun run = CommandRun.of("simulate", "cristian-lan", "--seeds", "2-4").assertDone();
    List<String> first = run.lines().stream().map(line -> line.split(" ", 2)[0]).toList();
    assertEquals(List.of("cristian-lan,", "seed", "2", "3", "4"), first);
    CommandRun json = CommandRun.of("simulate", "cristian-lan", "--seeds", "2-4", "--json");
    assertEquals(3, json.assertDone().events("summary").size());
    CommandRun one =
        CommandRun.of(
            "simulate", "cristian-lan", "--seed", "3", "--json", "--picture", "" + picture());
    assertEquals(one.event("summary"), json.events("summary").get(1));
  }

  @Test
  void shouldFailInOneLineWhenSeedsAreWrong() {
    CommandRun.of("simulate", "s01", "--seeds", "5-1").assertFails(2, "'--seeds 5-1'");
    CommandRun.of("simulate", "ntp-lan", "--seeds", "all").assertFails(2, "range like 1-20");
    CommandRun.of("simulate", "s01", "--seeds", "1-3", "--seed", "2").assertFails(2, "not both");
  }

  @Test
  void shouldKeepWhatIsDoneWhenInterrupted() throws Exception {
    try (RunningCommand run =
        RunningCommand.start("simulate", "cristian-lan", "--seeds", "1-100000")) {
      run.await("summary");
      run.interrupt();
      Map<String, Object> stopped = run.await("stopped");
      assertEquals(100_000, CommandRun.number(stopped, "of"));
      long done = CommandRun.number(stopped, "runs");
      assertTrue(done >= 1 && done < 100_000, stopped::toString);
      run.join();
    }
  }

  @Test
  void shouldDrawABarOnlyWhereItIsAskedFor() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Progress.on(to, 10, false).close();
    assertEquals(0, bytes.size());
    try (Progress progress = Progress.on(to, 10, true)) {
      progress.stepTo(5);
    }
    String drawn = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(drawn.contains("5/10"), drawn);
    assertTrue(drawn.endsWith("\r"), drawn);
  }
}
