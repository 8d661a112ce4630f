package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.examples.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator would run another program for: keys, access, time passed on. */
final class NtpServiceTest {
  private static final String KEY = "7 AES128 HEX:000102030405060708090a0b0c0d0e0f\n";

  @TempDir private Path folder;

  @Test
  void shouldPassTimeOnOneStratumBelowWhenItServes() {
    try (RunningCommand server = serve("--stratum", "3");
        RunningCommand middle =
            RunningCommand.start(
                "sync", "ntp", address(server), "--interval", "50", "--serve", "127.0.0.1:0")) {
      awaitSynchronized(middle);
      String port = String.valueOf(middle.opening().get("port"));
      Map<String, Object> summary =
          CommandRun.of("query", "127.0.0.1:" + port, "--count", "4", "--interval", "200", "--json")
              .assertDone()
              .event("summary");
      assertEquals(4, CommandRun.number(summary, "stratum"));
      assertEquals("127.0.0.1", summary.get("referenceId"));
    }
  }

  @Test
  void shouldAnswerOnlyWithKeyWhenOneIsRequired() throws Exception {
    String keys = Files.writeString(folder.resolve("keys"), KEY).toString();
    try (RunningCommand server = serve("--ntp-keys", keys, "--require-key")) {
      String[] query = {"query", address(server), "--count", "3", "--interval", "300"};
      CommandRun.of(with(query, "--ntp-keys", keys, "--key", "7")).assertDone();
      CommandRun.of(query).assertFails(1, "no time from");
      CommandRun.of(with(query, "--ntp-keys", keys, "--key", "8")).assertFails(2, "--key 8");
    }
  }

  @Test
  void shouldKeepOutWhoIsNotAllowedWhateverTheProtocol() {
    try (RunningCommand server = serve("--allow", "192.0.2.0/24")) {
      CommandRun.of("query", address(server), "--count", "1").assertFails(1, "no time from");
      CommandRun.of("sync", "cristian", address(server), "--count", "2", "--interval", "50")
          .assertFails(1, "could not synchronize");
    }
  }

  @Test
  void shouldNameCauseAndEndWithFailureWhenTooFewServersAgree() {
    try (RunningCommand server = serve()) {
      CommandRun run =
          CommandRun.of(
              "sync",
              "ntp",
              address(server),
              "--min-sources",
              "2",
              "--count",
              "6",
              "--interval",
              "50",
              "--json");
      assertEquals(1, run.exitCode(), run::toString);
      assertEquals("TOO_FEW_SOURCES", run.event("summary").get("cause"), run::toString);
    }
  }

  @Test
  void shouldAnswerAndCountClientsWhenThreadsServe() {
    try (RunningCommand server = serve("--threads", "2", "--clients", "--report", "100ms")) {
      CommandRun.of("query", address(server), "--count", "3", "--interval", "200").assertDone();
      Map<String, Object> client = server.await("client");
      assertEquals("127.0.0.1", client.get("address"));
      assertTrue(CommandRun.number(client, "requests") > 0, client::toString);
    }
  }

  private static void awaitSynchronized(RunningCommand command) {
    while (!"SYNCHRONIZED".equals(command.await("clock").get("state"))) {}
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static RunningCommand serve(String... more) {
    return RunningCommand.start(
        with(new String[] {"serve", "--port", "0", "--bind", "127.0.0.1"}, more));
  }

  private static String address(RunningCommand server) {
    return "127.0.0.1:" + server.opening().get("port");
  }
}
