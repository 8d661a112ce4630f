package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.examples.RunningCommand;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against one another, over UDP and TCP on loopback. */
final class AcrossPortsTest {
  private static final String HEADER = "seq,offset_ns,delay_ns,bound_ns,t1_ns,t2_ns,t3_ns,t4_ns";

  @TempDir private Path folder;

  @Test
  void shouldKeepHostClockWithinBoundWhenServedClockIsOff() {
    try (RunningCommand server = serve("--offset", "250ms", "--drift", "50")) {
      CommandRun run =
          CommandRun.of("query", address(server), "--count", "3", "--interval", "100", "--json");
      Map<String, Object> summary = run.assertDone().event("summary");
      long offset = CommandRun.number(summary, "offsetNanos");
      long bound = CommandRun.number(summary, "boundNanos");
      assertEquals(3, run.events("exchange").size() + run.events("lost").size());
      assertTrue(Math.abs(offset) <= bound, run::toString); // the host's clock is the truth
      assertTrue(offset > 250_000_000L - bound, run::toString);
      assertTrue(bound >= 250_000_000L, run::toString);
    }
  }

  @Test
  void shouldPrintOneLineWhenQueryIsAnswered() {
    try (RunningCommand server = serve("--stratum", "7")) {
      CommandRun run = CommandRun.of("query", address(server), "--count", "2");
      assertEquals(1, run.assertDone().lines().size(), run::toString);
      assertTrue(run.out().contains("offset") && run.out().contains("stratum 7"), run::toString);
    }
  }

  @Test
  void shouldWriteExactColumnsWhenQueryWritesCsv() throws Exception {
    Path csv = folder.resolve("query.csv");
    try (RunningCommand server = serve()) {
      CommandRun.of(
              "query", address(server), "--count", "4", "--interval", "100", "--csv", "" + csv)
          .assertDone();
    }
    List<String> lines = Files.readAllLines(csv);
    assertEquals(HEADER, lines.get(0));
    assertEquals(5, lines.size());
    for (int i = 1; i < lines.size(); i++) {
      checkRow(i, lines.get(i).split(",", -1), 8);
    }
  }

  @Test
  void shouldSynchronizeWithinBoundWhenServerAnswersNtp() throws Exception {
    Path csv = folder.resolve("ntp.csv");
    try (RunningCommand server = serve()) {
      CommandRun run = sync("ntp", address(server), "--csv", csv.toString());
      checkSynchronized(run.assertDone());
    }
    List<String> lines = Files.readAllLines(csv);
    assertEquals(HEADER + ",peer", lines.get(0));
    assertEquals(21, lines.size());
    for (int i = 1; i < lines.size(); i++) {
      checkRow(i, lines.get(i).split(",", -1), 9);
    }
  }

  @Test
  void shouldSynchronizeWithinBoundWhenServerAnswersCristian() {
    try (RunningCommand server = serve()) {
      checkSynchronized(sync("cristian", address(server), "--spin").assertDone());
    }
  }

  @Test
  void shouldSynchronizeWithinBoundWhenCristianGoesOverTcp() {
    try (RunningCommand server = serve("--tcp")) {
      checkSynchronized(sync("cristian", address(server), "--tcp").assertDone());
    }
  }

  @Test
  void shouldSynchronizeOnlyWithKeyWhenServerRequiresOne() throws Exception {
    Path keys = folder.resolve("keys");
    Files.writeString(keys, "# of the group\n7 text:sixteen letters at least\n");
    try (RunningCommand server = serve("--keys", keys.toString())) {
      checkSynchronized(sync("cristian", address(server), "--keys", "" + keys).assertDone());
      CommandRun without =
          CommandRun.of("sync", "cristian", address(server), "--count", "2", "--interval", "50");
      without.assertFails(1, "could not synchronize", "no reply in time", "see --keys");
    }
  }

  @Test
  void shouldCountByReasonWhenStrangersSendToServer() throws Exception {
    try (RunningCommand server =
            RunningCommand.start(
                "serve", "--port", "0", "--bind", "127.0.0.1", "--report", "100ms");
        DatagramSocket socket = new DatagramSocket()) {
      int port = ((Number) server.opening().get("port")).intValue();
      byte[] stranger = {0x05, 1, 2, 3};
      socket.send(new DatagramPacket(stranger, 4, InetAddress.getLoopbackAddress(), port));
      byte[] shortNtp = {0x23, 0, 0, 0};
      socket.send(new DatagramPacket(shortNtp, 4, InetAddress.getLoopbackAddress(), port));
      String rejected = "";
      for (int i = 0; i < 50 && !rejected.contains("NOT_OUR_PROTOCOL"); i++) {
        rejected = String.valueOf(server.await("served").get("rejected"));
      }
      assertTrue(rejected.contains("NOT_OUR_PROTOCOL"), rejected);
      assertTrue(rejected.contains("TOO_SHORT"), rejected);
    }
  }

  @Test
  void shouldSayWhoIsSilentWhenServerDiesAndThatItIsBackWhenItIs() {
    String port;
    RunningCommand client;
    try (RunningCommand server = serve()) {
      port = port(server);
      client = RunningCommand.start("sync", "ntp", "127.0.0.1:" + port, "--interval", "40");
      while (!"SYNCHRONIZED".equals(client.await("status").get("state"))) {}
    }
    try (client) {
      assertEquals("silent", client.await("peer").get("state"));
      Map<String, Object> status = client.await("status");
      assertEquals("HOLDOVER", status.get("state"));
      assertTrue(status.get("reason").toString().contains(port), status::toString);
      try (RunningCommand again =
          RunningCommand.start("serve", "--port", port, "--bind", "127.0.0.1")) {
        again.opening();
        while (!"answers".equals(client.await("peer").get("state"))) {}
        while (!"SYNCHRONIZED".equals(client.await("status").get("state"))) {}
      }
    }
  }

  @Test
  void shouldFailWithReasonWhenNobodyListens() throws IOException {
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String nobody = "127.0.0.1:" + port;
    CommandRun.of("query", nobody, "--count", "2", "--interval", "50")
        .assertFails(1, "no time from " + nobody);
    CommandRun.of("sync", "ntp", nobody, "--count", "4", "--interval", "50")
        .assertFails(1, "could not synchronize", nobody);
    CommandRun.of("sync", "cristian", nobody, "--tcp", "--count", "4", "--interval", "50")
        .assertFails(1, "could not synchronize", nobody);
    CommandRun.of(
            "berkeley",
            "coordinate",
            nobody,
            "--port",
            "0",
            "--duration",
            "600ms",
            "--interval",
            "100")
        .assertFails(1, "could not synchronize");
    CommandRun.of("berkeley", "join", "--port", "0", "--duration", "100ms")
        .assertFails(1, "no coordinator");
  }

  @Test
  void shouldLeaveRowsEmptyWhenExchangesAreLost() throws IOException {
    Path csv = folder.resolve("lost.csv");
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CommandRun.of(
              "query",
              "127.0.0.1:" + silent.getLocalPort(),
              "--count",
              "2",
              "--interval",
              "50",
              "--csv",
              csv.toString())
          .assertFails(1, "no reply");
    }
    assertEquals(List.of(HEADER, "1,,,,,,,", "2,,,,,,,"), Files.readAllLines(csv));
  }

  @Test
  void shouldRefuseServerWhenItSaysItIsTooFarOff() {
    try (RunningCommand server = serve("--offset", "2s")) {
      CommandRun.of("sync", "ntp", address(server), "--count", "2", "--interval", "100")
          .assertFails(1, "distance too large");
      CommandRun.of(
              "sync",
              "ntp",
              address(server),
              "--count",
              "4",
              "--interval",
              "100",
              "--max-error",
              "3s")
          .assertDone();
    }
  }

  @Test
  void shouldLetGroupAgreeWhenCoordinatorReadsJoinedMembersAndServer() {
    try (RunningCommand member =
            RunningCommand.start(
                "berkeley", "join", "--port", "0", "--bind", "127.0.0.1", "--offset", "80ms");
        RunningCommand server = serve()) {
      String address = "127.0.0.1:" + member.opening().get("port");
      CommandRun run =
          CommandRun.of(
              "berkeley",
              "coordinate",
              address,
              address(server),
              "--port",
              "0",
              "--bind",
              "127.0.0.1",
              "--interval",
              "100",
              "--duration",
              "4s",
              "--json");
      Map<String, Object> last = lastOf(run.assertDone().events("round"));
      assertEquals(2, ((List<?>) last.get("members")).size(), run::toString);
      assertTrue(CommandRun.number(run.event("summary"), "corrections") > 0, run::toString);
      assertEquals("MEMBER", member.await("role").get("role"));
      member.await("correction");
    }
  }

  @Test
  void shouldEndWhenNobodyReadsItsOutput() {
    try (RunningCommand server =
        RunningCommand.start("serve", "--port", "0", "--bind", "127.0.0.1", "--report", "100ms")) {
      server.opening();
      server.closePipe();
      server.join();
    }
  }

  private static RunningCommand serve(String... more) {
    String[] args = {"serve", "--port", "0", "--bind", "127.0.0.1"};
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return RunningCommand.start(all);
  }

  private static String port(RunningCommand server) {
    return String.valueOf(server.opening().get("port"));
  }

  private static String address(RunningCommand server) {
    return "127.0.0.1:" + port(server);
  }

  private static CommandRun sync(String protocol, String server, String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of(
                "sync",
                protocol,
                server,
                "--count",
                "20",
                "--interval",
                "100",
                "--offset",
                "-400ms",
                "--drift",
                "90",
                "--json"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static void checkSynchronized(CommandRun run) {
    Map<String, Object> summary = run.event("summary");
    assertEquals("SYNCHRONIZED", summary.get("state"), run::toString);
    assertEquals(20, run.events("exchange").size() + run.events("lost").size(), run::toString);
    for (Map<String, Object> line : run.events("clock")) {
      if (line.get("boundNanos") != null) {
        assertWithinBound(line, run);
      }
    }
    assertWithinBound(summary, run);
  }

  /** The server serves this host's clock, so the distance from it is the true error. */
  private static void assertWithinBound(Map<String, Object> line, CommandRun run) {
    long trueError = CommandRun.number(line, "hostOffsetNanos");
    assertTrue(Math.abs(trueError) <= CommandRun.number(line, "boundNanos"), run::toString);
  }

  private static void checkRow(int sequence, String[] fields, int expected) {
    assertEquals(expected, fields.length);
    assertEquals(sequence, Long.parseLong(fields[0]));
    if (fields[1].isEmpty()) {
      return; // lost, on a machine with much to do
    }
    long t1 = Long.parseLong(fields[4]);
    long t2 = Long.parseLong(fields[5]);
    long t3 = Long.parseLong(fields[6]);
    long t4 = Long.parseLong(fields[7]);
    assertEquals(Math.floorDiv(t2 - t1 + t3 - t4, 2), Long.parseLong(fields[1]));
    assertEquals(t4 - t1 - (t3 - t2), Long.parseLong(fields[2]));
    assertTrue(Long.parseLong(fields[3]) >= Long.parseLong(fields[2]) / 2);
  }

  private static Map<String, Object> lastOf(List<Map<String, Object>> events) {
    return events.get(events.size() - 1);
  }
}
