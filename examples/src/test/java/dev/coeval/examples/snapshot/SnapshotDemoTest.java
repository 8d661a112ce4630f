package dev.coeval.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.CausalLog;
import dev.coeval.causal.ShiVizReader;
import dev.coeval.examples.CommandRun;
import dev.coeval.examples.RunningCommand;
import dev.coeval.logical.vector.VectorTimestamp;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, over UDP on loopback. */
final class SnapshotDemoTest {
  private static final double LATE_SECONDS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"chandy-lamport", "lai-yang"})
  void shouldCountSameMoneyInEachSnapshotWhenBranchIsKilled(String algorithm) throws IOException {
    Path trace = folder.resolve("trace.log");
    CommandRun run =
        CommandRun.of(
            "snapshot-demo",
            "--duration",
            LATE_SECONDS + "s",
            "--interval",
            "200",
            "--algorithm",
            algorithm,
            "--nodes",
            "4",
            "--trace",
            trace.toString(),
            "--json");
    run.assertDone();
    long money = CommandRun.number(run.event("bank"), "total");
    List<Map<String, Object>> snapshots = run.events("snapshot");
    for (Map<String, Object> snapshot : snapshots) {
      assertEquals(money, CommandRun.number(snapshot, "total"), snapshot::toString);
      assertEquals(true, snapshot.get("consistent"), snapshot::toString);
    }
    checkKill(run, snapshots);
    checkTrace(trace, snapshots);
    Map<String, Object> summary = run.event("summary");
    assertEquals(money, CommandRun.number(summary, "accountsAtRest"), summary::toString);
    assertEquals(0, CommandRun.number(summary, "wrong"), summary::toString);
    assertTrue(CommandRun.number(summary, "datagramsLost") > 0, summary::toString);
  }

  /** Snapshots are complete after the restart, and some saw money on its way. */
  private static void checkKill(CommandRun run, List<Map<String, Object>> snapshots) {
    assertEquals(run.event("killed").get("branch"), run.event("restarted").get("branch"));
    double restart = seconds(run.event("restarted"), "seconds");
    assertTrue(
        snapshots.stream().anyMatch(each -> seconds(each, "beginSeconds") > restart),
        run::toString);
    assertTrue(
        snapshots.stream().anyMatch(each -> CommandRun.number(each, "onTheWay") > 0),
        run::toString);
  }

  /** An independent look: the vector stamps of all events, and each snapshot as a cut of them. */
  private static void checkTrace(Path trace, List<Map<String, Object>> snapshots)
      throws IOException {
    ShiVizReader.Result result;
    try (Reader text = Files.newBufferedReader(trace)) {
      result = ShiVizReader.read(text);
    }
    assertEquals(List.of(), result.findings());
    assertEquals(1, result.executions().size());
    CausalLog log = result.executions().get(0);
    assertEquals(List.of(), log.check());
    assertTrue(
        log.inCausalOrder().stream().anyMatch(event -> event.text().startsWith("is restarted")));
    for (Map<String, Object> snapshot : snapshots) {
      Map<String, Long> cut = new TreeMap<>();
      ((Map<?, ?>) snapshot.get("cut"))
          .forEach((name, count) -> cut.put("" + name, ((Number) count).longValue()));
      assertTrue(log.isConsistent(VectorTimestamp.of(cut)), snapshot::toString);
    }
  }

  private static double seconds(Map<String, Object> event, String field) {
    return ((Number) event.get(field)).doubleValue();
  }

  @Test
  void shouldPrintSummaryWhenInterrupted() {
    try (RunningCommand demo = RunningCommand.start("snapshot-demo", "--interval", "100")) {
      assertNotNull(demo.await("snapshot"));
      demo.interrupt();
      assertEquals(0, CommandRun.number(demo.await("summary"), "wrong"));
    }
  }

  @Test
  void shouldPrintLinesForPeopleWhenJsonIsNotAskedFor() {
    CommandRun run =
        CommandRun.of(
            "snapshot-demo", "--duration", "2s", "--nodes", "2", "--loss", "0", "--delay", "5ms");
    List<String> lines = run.assertDone().lines();
    assertTrue(lines.stream().anyMatch(line -> line.contains("6,000 right")), run::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("is KILLED")), run::toString);
    assertTrue(run.out().contains("All have arrived: the accounts hold 6,000."), run::toString);
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > 100).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes 1 | --nodes is not in 2 to 16: 1",
        "--nodes many | 'many' is not a whole number",
        "--duration 1s | --duration is not in 2s to 1h",
        "--duration soon | not a duration",
        "--interval 99 | 100 to 60000",
        "--algorithm guess | chandy-lamport or lai-yang: 'guess'",
        "--loss 1 | --loss is not in 0 to 0.9",
        "--loss NaN | --loss is not in 0 to 0.9",
        "--delay 11s | --delay is not in 0s to 10s",
        "--trace /nowhere/at/all.log | cannot write /nowhere/at/all.log",
        "surplus | one argument too many: 'surplus'",
      })
  void shouldSayWhatIsWrongInOneLineWhenArgumentIsBad(String line, String words) {
    CommandRun.of(("snapshot-demo " + line).split(" ")).assertFails(2, words, " --help");
  }
}
