package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One client asks one server each second over links of 10 ms; the faults do what they say. */
final class SimulationTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final PeerId CLIENT = PeerId.simulated(2);
  private static final Duration DELAY = millis(10);
  private static final long SECOND = 1_000_000_000L;

  private final Simulation simulation = Simulation.ofSeed(1);
  private final SimulatedNode server;
  private final SimulatedNode client;
  private final List<Long> echoed = new ArrayList<>();
  private final List<Duration> echoedAt = new ArrayList<>();
  private final List<Long> left = new ArrayList<>();
  private final List<Report> others = new ArrayList<>();

  SimulationTest() {
    simulation.defaultLink(LinkModel.fixed(DELAY));
    server = simulation.addNode(SERVER, OscillatorModel.perfect());
    client = simulation.addNode(CLIENT, OscillatorModel.perfect());
    client.onReport(
        (reading, report) -> {
          if (report instanceof EchoMachines.Echoed echo) {
            echoed.add(echo.number());
            echoedAt.add(simulation.elapsed());
          } else if (report instanceof EchoMachines.Left gone) {
            left.add(gone.number());
          } else {
            others.add(report);
          }
        });
    server.run(EchoMachines::server);
  }

  private void runClient(Duration duration) {
    client.run(() -> EchoMachines.client(SERVER, SECOND));
    simulation.runFor(duration);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void shouldEchoEachRequestAfterTwoDelaysWhenNothingHappens() {
    runClient(Duration.ofSeconds(10));
    assertEquals(numbers(1, 10), echoed);
    assertEquals(numbers(1, 11), left);
    assertEquals(millis(20), echoedAt.get(0));
    assertEquals(millis(9_020), echoedAt.get(9));
    assertEquals(Duration.ofSeconds(10), simulation.elapsed());
    assertEquals(20, simulation.datagramsDelivered());
  }

  private List<Action> tell(ClockReading now) {
    return List.of(
        new Action.Publish(new EchoMachines.Echoed(simulation.elapsed().toMillis(), 0, 0)));
  }

  @Test
  void shouldRunCommandsAtOnceWhenProcessIsAwake() {
    client.submit(this::tell); // nothing runs there yet: forgotten
    simulation.at(millis(1_500), () -> client.submit(this::tell));
    runClient(millis(1_600));
    assertEquals(List.of(1L, 2L, 1_500L), echoed);
  }

  @Test
  void shouldKeepCommandsUntilProcessGoesOnAndForgetThemWhenItEnds() {
    simulation.at(millis(100), () -> client.freezeFor(millis(50), false));
    simulation.at(millis(110), () -> client.submit(this::tell));
    simulation.at(millis(200), () -> client.suspendFor(millis(50)));
    simulation.at(millis(210), () -> client.submit(this::tell));
    simulation.at(millis(300), () -> client.freeze(true));
    simulation.at(millis(310), () -> client.submit(this::tell));
    simulation.at(
        millis(320),
        () -> {
          client.restart();
          client.submit(this::tell);
          client.restart();
        });
    runClient(millis(330));
    assertEquals(List.of(1L, 150L, 250L), echoed);
  }

  @Test
  void shouldAnswerLaterByTheTimeOfServiceWhenOneIsSet() {
    server.answersAfter(millis(5));
    runClient(millis(500));
    assertEquals(List.of(1L), echoed);
    assertEquals(millis(25), echoedAt.get(0));
    assertThrows(IllegalArgumentException.class, () -> server.answersAfter(millis(-1)));
  }

  @Test
  void shouldAnswerNothingWhenTheServerIsKilledAndAgainWhenItIsRestarted() {
    simulation.at(millis(2_500), server::kill);
    simulation.at(millis(5_500), server::restart);
    runClient(millis(8_500));
    assertEquals(List.of(1L, 2L, 3L, 7L, 8L, 9L), echoed);
    assertEquals(List.of(), others);
    assertTrue(server.isRunning());
  }

  @Test
  void shouldSayThatThePortIsClosedWhenOnlyTheProcessDies() {
    simulation.at(millis(1_500), server::closePort);
    runClient(millis(3_500));
    assertEquals(List.of(1L, 2L), echoed);
    assertEquals(
        List.of(
            new PeerUnreachable(SERVER, "port unreachable"),
            new PeerUnreachable(SERVER, "port unreachable")),
        others);
  }

  @Test
  void shouldAnswerLateWhenAFrozenServerThaws() {
    simulation.at(millis(1_500), () -> server.freezeFor(Duration.ofSeconds(3), true));
    runClient(millis(5_500));
    assertEquals(numbers(1, 6), echoed);
    assertEquals(millis(4_510), echoedAt.get(2));
    assertEquals(millis(4_510), echoedAt.get(4));
  }

  @Test
  void shouldLoseWhatComesInWhenAFrozenServerDropsDatagrams() {
    simulation.at(millis(1_500), () -> server.freezeFor(Duration.ofSeconds(3), false));
    runClient(millis(5_500));
    assertEquals(List.of(1L, 2L, 6L), echoed);
  }

  @Test
  void shouldFireTimersLateWhenAFrozenClientThaws() {
    simulation.at(millis(1_500), () -> client.freezeFor(Duration.ofSeconds(3), true));
    runClient(millis(6_000));
    assertEquals(millis(4_520), echoedAt.get(2));
    assertEquals(millis(5_520), echoedAt.get(3));
  }

  @Test
  void shouldStopTicksButNotTheWallWhenAHostIsSuspended() {
    simulation.at(millis(1_500), () -> client.suspendFor(Duration.ofSeconds(60)));
    SimulatedNode other = simulation.addNode(PeerId.simulated(3), OscillatorModel.perfect());
    other.run(() -> EchoMachines.client(SERVER, SECOND / 7)); // has timers meanwhile
    long tick = client.tickNanos();
    runClient(millis(63_000));
    assertEquals(tick + 3_000_000_000L, client.tickNanos());
    assertEquals(simulation.trueNanos(), client.wallEpochNanos());
    assertEquals(millis(62_020), echoedAt.get(2));
  }

  @Test
  void shouldKeepPartsApartWhenTheNetworkIsDivided() {
    simulation.at(millis(1_500), () -> simulation.partition(List.of(server)));
    simulation.at(millis(3_500), simulation::heal);
    runClient(millis(5_500));
    assertEquals(List.of(1L, 2L, 5L, 6L), echoed);
  }

  @Test
  void shouldLoseOneWayOnlyWhenADirectionIsCut() {
    simulation.at(millis(1_500), () -> simulation.cut(server, client, true));
    simulation.at(millis(2_500), () -> simulation.cut(server, client, false));
    runClient(millis(3_500));
    assertEquals(List.of(1L, 2L, 4L), echoed);
    assertEquals(7, simulation.datagramsDelivered());
  }

  @Test
  void shouldDeliverAllAtOnceWhenACloggedDirectionOpens() {
    simulation.at(millis(1_500), () -> simulation.clog(client, server, Duration.ofSeconds(3)));
    runClient(millis(5_500));
    assertEquals(numbers(1, 6), echoed);
    assertEquals(millis(4_510), echoedAt.get(2));
    assertEquals(echoedAt.get(2), echoedAt.get(4));
  }

  @Test
  void shouldDeliverOldDatagramsAgainWhenTheyAreReplayed() {
    simulation.at(millis(2_500), () -> simulation.replay(server, client, 2));
    runClient(millis(2_900));
    assertEquals(List.of(1L, 2L, 3L, 2L, 3L), echoed);
  }

  @Test
  void shouldDeliverAForgedDatagramWhenItIsInjected() {
    ByteBuffer forged = ByteBuffer.allocate(17);
    forged.put(EchoMachines.FIRST).putLong(99).putLong(0).flip();
    simulation.at(millis(500), () -> simulation.inject(SERVER, client, forged));
    runClient(millis(900));
    assertEquals(List.of(1L, 99L), echoed);
  }

  @Test
  void shouldComeEarlyWhenAFastOscillatorWaits() {
    client.stepFrequency(0.1);
    long tick = client.tickNanos();
    runClient(millis(10_500));
    assertEquals(11_550_000_000L, client.tickNanos() - tick);
    assertEquals(numbers(1, 12), echoed); // asked at 0, 1, 2 ... 11 seconds of its ticks
  }

  @Test
  void shouldFireAtTheNewRateWhenTheFrequencyStepsWhileATimerIsPending() {
    simulation.at(millis(1_500), () -> client.stepFrequency(-0.1));
    long tick = client.tickNanos();
    runClient(millis(3_000));
    // 0.5 s of ticks are left at 1.5 s and take 0.5555... s
    assertEquals(2_055_555_556L + 20_000_000L, echoedAt.get(2).toNanos());
    assertEquals(tick + 1_500_000_000L + 1_350_000_000L, client.tickNanos());
  }

  @Test
  void shouldRefuseToWaitWhenSomebodyPausesOnASimulatedReader() {
    assertThrows(UnsupportedOperationException.class, () -> client.reader().pause(1));
  }

  @Test
  void shouldRefuseASecondNodeWhenTheAddressIsTaken() {
    assertThrows(
        IllegalArgumentException.class,
        () -> simulation.addNode(SERVER, OscillatorModel.perfect()));
    assertThrows(IllegalStateException.class, () -> server.run(EchoMachines::server));
    assertThrows(IllegalStateException.class, client::restart);
  }

  @Test
  void shouldGiveTheSameBytesWhenTheSeedIsTheSame() {
    String first = traceOf(7, 2);
    assertEquals(first, traceOf(7, 2));
    assertNotEquals(first, traceOf(8, 2));
    assertTrue(first.lines().count() > 200, first);
  }

  @Test
  void shouldLeaveTheOthersAsTheyWereWhenANodeIsAdded() {
    String small = traceOf(7, 2);
    String large = traceOf(7, 3);
    String third = PeerId.simulated(3).toString();
    String common =
        large.lines().filter(line -> !line.contains(third)).reduce("", (a, b) -> a + b + "\n");
    assertEquals(small, common);
    assertNotEquals(small, large);
  }

  /** Everything at once: bad clocks, bad links, faults. */
  private static String traceOf(long seed, int clients) {
    StringBuilder text = new StringBuilder();
    Simulation run = Simulation.ofSeed(seed);
    run.traceTo(Trace.to(text));
    run.defaultLink(
        LinkModel.exponential(millis(1), millis(5))
            .withLoss(LossModel.bursty(0.1, 3))
            .withDuplicates(0.1, millis(1))
            .withReordering(0.1, millis(50))
            .withReplays(0.05, Duration.ofSeconds(2))
            .withLate(0.05, Duration.ofSeconds(2)));
    OscillatorModel bad = OscillatorModel.offBy(millis(10), 50).withWander(1e-6);
    SimulatedNode responder = run.addNode(SERVER, bad);
    responder.run(EchoMachines::server);
    for (int i = 0; i < clients - 1; i++) {
      SimulatedNode asker = run.addNode(PeerId.simulated(2 + i), bad);
      asker.run(() -> EchoMachines.client(SERVER, SECOND / 4));
    }
    run.at(Duration.ofSeconds(5), responder::closePort);
    run.at(Duration.ofSeconds(6), responder::restart);
    run.at(Duration.ofSeconds(8), () -> responder.freezeFor(Duration.ofSeconds(1), true));
    run.runFor(Duration.ofSeconds(20));
    assertFalse(text.isEmpty());
    return Objects.requireNonNull(text.toString());
  }
}
