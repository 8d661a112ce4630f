package dev.coeval.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.file.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
      assertEquals("PNG", new String(image, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
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
    CommandRun run = CommandRun.of("simulate", "--list");
    int all = Scenario.all().size() + ScenarioFile.shipped().size();
    assertEquals(all, run.assertDone().lines().size());
    assertTrue(run.out().contains("ntp-lan"), run::toString);
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
}
