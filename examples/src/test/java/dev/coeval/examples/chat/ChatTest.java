package dev.coeval.examples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.CausalEvent;
import dev.coeval.causal.CausalLog;
import dev.coeval.causal.ShiVizReader;
import dev.coeval.examples.CommandRun;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, over UDP on loopback. */
final class ChatTest {
  private static final int ROUNDS = 9;

  @TempDir private Path folder;

  @Test
  void shouldNeverShowReplyBeforeWhatItAnswersWhenNetworkLosesAndDelays() throws IOException {
    List<TypingPeer> peers = new ArrayList<>();
    try {
      for (String name : List.of("ann", "ben", "eve")) {
        peers.add(TypingPeer.start(name, peers, folder.resolve(name)));
      }
      for (TypingPeer peer : peers) {
        peer.awaitMembers(3);
      }
      List<String> chain = talk(peers);
      for (TypingPeer peer : peers) {
        peer.awaitLine("ready " + peers.get(0).name());
        peer.awaitLine("ready " + peers.get(1).name());
        peer.awaitLine("ready " + peers.get(2).name());
        checkOrder(peer.seen(), chain);
      }
      leaveInTurn(peers);
    } finally {
      peers.forEach(TypingPeer::close);
    }
    checkTraces();
  }

  /** Each answers the line before; and besides says something that answers nothing. */
  private static List<String> talk(List<TypingPeer> peers) throws IOException {
    List<String> chain = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      TypingPeer speaker = peers.get(i % peers.size());
      if (i > 0) {
        speaker.awaitLine(chain.get(i - 1));
      }
      chain.add("line " + i);
      speaker.type("line " + i);
      peers.get((i + 1) % peers.size()).type("aside " + i);
    }
    for (TypingPeer peer : peers) {
      peer.awaitLine(chain.get(ROUNDS - 1));
      peer.type("ready " + peer.name());
    }
    return chain;
  }

  private static void checkOrder(List<Map<String, Object>> seen, List<String> chain) {
    List<String> texts = seen.stream().map(line -> "" + line.get("text")).toList();
    assertEquals(chain, texts.stream().filter(text -> text.startsWith("line")).toList());
    assertEquals(new HashSet<>(texts).size(), texts.size(), texts::toString);
    for (int i = 0; i < seen.size(); i++) {
      for (int j = i + 1; j < seen.size(); j++) {
        CausalOrder order = stamp(seen.get(i)).relationTo(stamp(seen.get(j)));
        assertTrue(order == CausalOrder.BEFORE || order == CausalOrder.CONCURRENT, seen::toString);
      }
    }
  }

  private static VectorTimestamp stamp(Map<String, Object> message) {
    Map<String, Long> counts = new TreeMap<>();
    ((Map<?, ?>) message.get("stamp"))
        .forEach((actor, count) -> counts.put("" + actor, ((Number) count).longValue()));
    return VectorTimestamp.of(counts);
  }

  /** The end of the input is a farewell, which the others are told. */
  private static void leaveInTurn(List<TypingPeer> peers) throws IOException {
    peers.get(2).endInput();
    peers.get(0).awaitState("left");
    peers.get(1).awaitState("left");
    peers.get(0).endInput();
    peers.get(1).awaitState("left");
    peers.get(1).endInput();
    for (TypingPeer peer : peers) {
      peer.awaitEnd();
    }
  }

  /** All files together are one history, without a hole. */
  private void checkTraces() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("ann", "ben", "eve")) {
      all.append(Files.readString(folder.resolve(name)));
    }
    CausalLog log = log(all.toString());
    assertEquals(3, log.actors().size());
    for (int i = 1; i < ROUNDS; i++) {
      assertEquals(CausalOrder.BEFORE, said(log, i - 1).relationTo(said(log, i)));
    }
  }

  private static CausalEvent said(CausalLog log, int number) {
    return log.inCausalOrder().stream()
        .filter(event -> event.text().equals("says: line " + number))
        .findFirst()
        .orElseThrow();
  }

  private static CausalLog log(String text) throws IOException {
    ShiVizReader.Result result = ShiVizReader.read(new StringReader(text));
    assertEquals(List.of(), result.findings());
    assertEquals(1, result.executions().size());
    CausalLog log = result.executions().get(0);
    assertEquals(List.of(), log.check());
    return log;
  }

  @Test
  void shouldShowBothOrdersWhenDemoIsAskedFor() throws IOException {
    Path trace = folder.resolve("demo.log");
    CommandRun run = CommandRun.of("chat", "--demo", "--json", "--trace", trace.toString());
    Map<String, Object> summary = run.assertDone().event("summary");
    assertEquals(0, CommandRun.number(summary, "causalEarly"), run::toString);
    assertTrue(CommandRun.number(summary, "plainEarly") > 0, run::toString);
    List<String> causal = texts(run.events("causal"));
    assertEquals(4, causal.size());
    assertEquals(Set.copyOf(causal), Set.copyOf(texts(run.events("plain"))));
    assertEquals(3, log(Files.readString(trace)).actors().size());
  }

  private static List<String> texts(List<Map<String, Object>> events) {
    return events.stream().map(event -> "" + event.get("text")).toList();
  }

  @Test
  void shouldAnswerCommandsAndNotSteerTerminalWhenSomethingIsTyped() {
    CommandRun run =
        TypingPeer.run(
            "hello \u001b[2Jworld\n\n/who\n/dance\n/remove zoe\n" + "x".repeat(2000) + "\n",
            "--name",
            "zoé");
    List<String> lines = run.assertDone().lines();
    assertTrue(run.out().contains("You are zoé, alone so far."), run::toString);
    assertTrue(lines.contains("zoé {zoé=1}: hello \uFFFD[2Jworld"), run::toString);
    assertFalse(run.out().contains("\u001b"), run::toString);
    assertTrue(lines.contains("* here are zoé"), run::toString);
    assertTrue(lines.contains("* there are /who, /remove NAME and /quit"), run::toString);
    assertTrue(lines.contains("* /remove takes one of those whom /who names"), run::toString);
    assertTrue(run.out().contains("too long for one datagram"), run::toString);
    assertTrue(lines.contains("You have left; 1 line was shown."), run::toString);
  }

  @Test
  void shouldEndInFailureWhenNobodyAnswers() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String port = "127.0.0.1:" + silent.getLocalPort();
      TypingPeer.run("hello\n", "--name", "ann", "--peer", port, "--duration", "300ms")
          .assertFails(1, "could not join: nobody answers at " + port);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen 70000 | --listen is not in 0 to 65535: 70000",
        "--listen here | 'here' is not a whole number",
        "--bind nohost.invalid | --bind does not resolve",
        "--name seventeen-letters | --name is not 1 to 16 bytes",
        "--name a.b | --name has a space, a dot or a slash",
        "--peer nohost.invalid | does not resolve",
        "--peer 127.0.0.1:0 | port is not a number in 1 to 65535",
        "--peer 127.0.0.1:99 --peer 127.0.0.1:99 | there already",
        "--demo --peer 127.0.0.1:99 | --demo brings its own peers",
        "--drop 2 | --loss is not in 0 to 0.9",
        "--delay -1s | --delay is not in 0s to 10s",
        "--duration 0s | not positive",
        "--keys /nowhere/keys | cannot read key file",
        "--trace /nowhere/at/all.log | cannot write /nowhere/at/all.log",
        "surplus | one argument too many: 'surplus'",
      })
  void shouldSayWhatIsWrongInOneLineWhenArgumentIsBad(String line, String words) {
    CommandRun.of(("chat --listen 0 " + line).replace("--listen 0 --listen", "--listen").split(" "))
        .assertFails(2, words, " --help");
  }

  @Test
  void shouldSaySoWhenPortIsInUse() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      CommandRun.of("chat", "--listen", port, "--bind", "127.0.0.1").assertFails(2, port, "in use");
    }
  }
}
