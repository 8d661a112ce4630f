package dev.coeval.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.sync.scenario.Scenario;
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
    assertEquals(Scenario.all().size(), run.assertDone().lines().size());
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
}
