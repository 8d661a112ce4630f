package dev.coeval.examples.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonsTest {

  /** What a lesson printed. */
  private static List<String> lines(Lesson lesson) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lesson.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Something that prints. */
  @FunctionalInterface
  private interface Lesson {
    void run(PrintStream out) throws Exception;
  }

  @Test
  void shouldSortCausesBeforeEffectsWhenStampsTravelInHttpHeaders() throws Exception {
    assertEquals(
        List.of(
            "1@bank  the bank opens",
            "1@shop  the shop asks for the money",
            "2@bank  the bank pays",
            "4@shop  the shop sends the parcel"),
        lines(Example02_OneOrderForAll::run));
  }

  @Test
  void shouldTellConflictFromSequenceWhenStampsTravelInRecordHeaders() throws Exception {
    List<String> lines = lines(Example03_WhoKnewWhat::run);
    assertEquals(
        List.of(
            "'Time' {ann=1} is CONCURRENT 'Clocks' {ben=1}",
            "'Clocks' {ben=1} is BEFORE 'Time and clocks' {ann=3, ben=1}"),
        lines.subList(0, 2));
    assertEquals("header of the last: 12 bytes", lines.get(2));
  }

  @Test
  void shouldFollowTheQuestionWhenTheWallClockIsBehind() throws Exception {
    assertEquals(
        List.of(
            "question  2026-11-22T12:00:00.000Z#00000",
            "answer    2026-11-22T12:00:00.000Z#00001",
            "refused   TOO_FAR_AHEAD",
            "after it  2026-11-22T12:00:00.000Z#00002",
            "the answer in CockroachDB's form: 1795348800000000000.0000000001"),
        lines(Example04_TimesThatFollowCauses::run));
  }

  @Test
  void shouldOwnAllAgainWhenTheWorkerHasRetired() throws Exception {
    List<String> lines = lines(Example05_ProcessesThatComeAndGo::run);
    assertEquals("two own the parts  ((1,0), 0) and ((0,1), 0)", lines.get(0));
    assertEquals("the worker's event is CONCURRENT to ours", lines.get(1));
    assertEquals("and BEFORE the receipt of its message", lines.get(2));
    assertEquals("one owns all again (1, 2)", lines.get(3));
  }

  @Test
  void shouldKeepBothWhenNeitherWriterHadSeenTheOther() throws Exception {
    assertEquals(
        List.of(
            "in conflict: [milk, bread, milk, tea] context {\"berlin~1\"=2, \"tokyo~1\"=1}",
            "put together: [milk, bread, tea]",
            "a late sync brings nothing back: [milk, bread, tea]"),
        lines(Example06_ValuesInConflict::run));
  }

  @Test
  void shouldForgetTheVisitorWhenEverybodyKnowsItsEvents() throws Exception {
    assertEquals(
        List.of(
            "the deletion is event 2 of a",
            "known by all: {}",
            "after b has answered: {a=2, b=2, visitor=1}",
            "forgotten: [visitor]"),
        lines(Example07_WhatEverybodyKnows::run));
  }

  @Test
  void shouldBeginAboveTheMarkWhenStartedAgain(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("shop.mark");
    assertEquals(
        List.of("incarnation 1: stamps 1 to 500", "written to the disk 3 times"),
        lines(out -> Example08_AfterTheCrash.run(file, out)));
    assertEquals(
        List.of("incarnation 2: stamps 1002 to 1501", "written to the disk 3 times"),
        lines(out -> Example08_AfterTheCrash.run(file, out)));
  }

  @Test
  void shouldStillGrowWhenTheWallClockIsSetBack() throws Exception {
    List<String> lines =
        lines(out -> Example09_IdsThatFollowCauses.run(out, new SplittableRandom(1)));
    assertEquals("version 7, still greater: true", lines.get(0));
    assertEquals("made at 2026-11-22T12:00:00Z by the hybrid clock", lines.get(1));
    assertEquals(4, lines.size());
  }

  @Test
  void shouldStandInEveryLineOfTheLogWhenPutIntoTheContext() throws Exception {
    Process logging =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                "-Dlogback.configurationFile=stamps-in-logs.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Example10_StampsInLogs.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String log = new String(logging.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, logging.waitFor());
    assertEquals(
        List.of("{shop=1} the shop asks for the money", "{bank=1, shop=1} the bank pays"),
        log.lines().toList());
  }

  @Test
  void shouldSayHowLikelyItIsWrongWhenStampsAreOfFixedSize() throws Exception {
    assertEquals(
        List.of(
            "two that know nothing of each other: CONCURRENT",
            "the message and its receipt: PLAUSIBLY_BEFORE",
            "which would seem so of unrelated events with a probability of 0.047"),
        lines(Example11_RarelyWrong::run));
  }

  @Test
  void shouldFindTheRaceWhenOneReaderTookNoLock() throws Exception {
    assertEquals(
        List.of("the reader that took the lock races: false", "the one that did not races: true"),
        lines(Example12_RacesInATrace::run));
  }

  @Test
  void shouldPutCausesFirstWhenTheLogIsInNoOrder() throws Exception {
    List<String> lines = lines(Example13_CausesInALog::run);
    assertEquals("what is wrong with it: []", lines.get(0));
    assertEquals("longest chain of causes: 3 events", lines.get(1));
    assertEquals("pairs that cannot have influenced each other: 1", lines.get(2));
    assertTrue(lines.indexOf("asks for the money") < lines.indexOf("pays"), lines::toString);
    assertTrue(lines.contains("shop {\"bank\":2, \"shop\":2}"), lines::toString);
    assertEquals("of a torn log: MISSING_CAUSE", lines.get(lines.size() - 1));
  }

  @Test
  void shouldAgreeWithoutReferenceWhenFewerThanAThirdLie() throws Exception {
    assertEquals(
        List.of(
            "four, of which one lies: the honest ones are together",
            "  and claim to be: true",
            "three, of which one lies: the honest ones are together",
            "  and claim to be: false"),
        lines(Example14_AgreeingWithoutAReference::run));
  }

  @Test
  void shouldRunWhenThereIsAServer() throws Exception {
    try (SyncNode server = server()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      Example01_ClockThatKnowsItsError.run("127.0.0.1:" + server.address().getPort(), out);
      List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
      assertEquals(4, lines.size(), lines::toString);
      assertEquals("and that is past:   true", lines.get(1));
      HybridTimestamp event = HybridTimestamp.parse(lines.get(2).substring(20));
      HybridTimestamp after = HybridTimestamp.parse(lines.get(3).substring(20));
      assertTrue(event.isBefore(after), lines::toString);
    }
  }

  private static SyncNode server() {
    ClockReader reader = ClockReader.system();
    SyncNode server = new SyncNode(reader, 0, SteeringPolicy.with(StepPolicy.never()));
    ClockReading now = reader.readTightest(5);
    server
        .clock()
        .steer(
            new ClockEstimate(
                now.tickNanos(),
                now.wallEpochNanos(),
                0,
                0,
                BoundedInstant.around(now.wallEpochNanos(), now.spanNanos())));
    server.board().add(new NtpServer(NtpServerConfig.defaults(), server.clock()));
    return server.open(UdpConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
