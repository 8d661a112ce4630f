package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated networks with numeric limits; every run also checks the bound at every event. */
final class NtpScenarioTest {
  private static final LinkModel LAN =
      LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(50_000));
  private static final OscillatorModel SERVER = OscillatorModel.offBy(Duration.ofMillis(3), 2);
  private static final OscillatorModel CLIENT = OscillatorModel.offBy(Duration.ofMillis(400), 80);
  private static final Duration ACCURATE = Duration.ofNanos(10_000);
  private static final long MILLI = 1_000_000L;

  private static NtpWorld world(long seed, int servers) {
    NtpWorld world = NtpWorld.ofSeed(seed);
    world.links(LAN);
    for (int i = 0; i < servers; i++) {
      world.server(SERVER, ACCURATE);
    }
    return world;
  }

  private static void assertWithin(long limitNanos, NtpWorld world) {
    long error = Math.abs(world.errorNanos());
    assertTrue(error <= limitNanos, "error " + error + " ns");
    assertTrue(error <= world.boundNanos(), "error " + error + ", bound " + world.boundNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldBeWithin100MicrosWhenNetworkIsQuiet(long seed) {
    NtpWorld world = world(seed, 4);
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(60));
    assertWithin(MILLI / 10, world);
    assertTrue(world.boundNanos() < 2 * MILLI, "bound " + world.boundNanos());
    assertEquals(State.SYNCHRONIZED, world.status().state());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldNameTheLiarAndStayRightWhenOneOfFourLies(long seed) {
    NtpWorld world = world(seed, 3);
    NtpWorld.Server liar = world.liar(SERVER, ACCURATE, Duration.ofHours(1));
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(60));
    assertWithin(MILLI / 10, world);
    assertTrue(world.reports.contains(new Rejected(liar.node.id(), Rejection.INCONSISTENT)));
    assertEquals(1, world.reports.stream().filter(Rejected.class::isInstance).distinct().count());
  }

  @Test
  void shouldSaySoWhenLiarsAreHalf() {
    NtpWorld world = world(1, 1);
    world.liar(SERVER, ACCURATE, Duration.ofSeconds(5));
    world.client(
        CLIENT,
        NtpConfig.defaults(world.peers()).withPolling(NtpPolling.every(Duration.ofSeconds(1))));
    world.simulation.runFor(Duration.ofSeconds(30));
    assertTrue(world.status().state() != State.SYNCHRONIZED, world.status().toString());
    assertTrue(world.status().reason().contains("10.0.0.2:123"), world.status().reason());
  }

  @Test
  void shouldHoldOverAndRecoverWhenNetworkPartsAndHeals() {
    NtpWorld world = world(7, 3);
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(30));
    world.simulation.partition(List.of(world.client()));
    world.runFor(Duration.ofSeconds(8));
    assertEquals(State.HOLDOVER, world.status().state());
    for (PeerId peer : world.peers()) {
      assertTrue(world.status().reason().contains(peer + " for "), world.status().reason());
      assertTrue(world.reports.stream().anyMatch(report -> isSilent(report, peer)));
    }
    long early = world.boundNanos();
    world.runFor(Duration.ofSeconds(60));
    assertTrue(world.boundNanos() > early, "the bound grows while nobody answers");
    assertWithin(MILLI, world);
    world.simulation.heal();
    world.runFor(Duration.ofSeconds(5));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertWithin(MILLI / 10, world);
  }

  private static boolean isSilent(Object report, PeerId peer) {
    return report instanceof ServerReachability reachability
        && reachability.peer().equals(peer)
        && !reachability.reachable();
  }

  @Test
  void shouldGoOnWithTheOthersWhenOneServerDies() {
    NtpWorld world = world(8, 3);
    world.client(CLIENT);
    world.simulation.at(Duration.ofSeconds(20), world.servers.get(0).node::kill);
    world.runFor(Duration.ofSeconds(60));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertTrue(world.reports.stream().anyMatch(r -> isSilent(r, world.servers.get(0).node.id())));
    assertWithin(MILLI / 10, world);
  }

  @Test
  void shouldNotFollowServersThatHaveLostTheirReference() {
    NtpWorld world = world(9, 3);
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(20));
    world.servers.forEach(server -> server.setReference(false));
    world.runFor(Duration.ofSeconds(20));
    assertTrue(world.rejected(Rejection.PEER_UNSYNCHRONIZED) >= 3 * 15);
    assertEquals(State.HOLDOVER, world.status().state());
    world.servers.forEach(server -> server.setReference(true));
    world.runFor(Duration.ofSeconds(10));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertWithin(MILLI / 10, world);
  }

  @Test
  void shouldLoseOnlyTheLateOnesWhenRepliesComeAfterTheNextPoll() {
    NtpWorld world = NtpWorld.ofSeed(10);
    world.links(LAN.withLate(0.2, Duration.ofMillis(2_500)));
    world.server(SERVER, ACCURATE);
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(200));
    long good = world.reports.stream().filter(Measurement.class::isInstance).count();
    assertTrue(good > 100 && good < 150, good + " of 200, where 0.8 * 0.8 are in time");
    long late = world.rejected(Rejection.UNREQUESTED);
    long forgotten = world.rejected(Rejection.WRONG_NONCE); // late by more than eight polls
    assertTrue(late > 20 && forgotten < late / 2, late + " late, " + forgotten + " forgotten");
    assertWithin(MILLI / 10, world);
  }

  @Test
  void shouldTakeNoReplayWhenOldRepliesAreSentAgain() {
    NtpWorld world = world(11, 1);
    world.client(CLIENT);
    world.simulation.every(
        Duration.ofMillis(3_300),
        () -> world.simulation.replay(world.servers.get(0).node, world.client(), 16));
    world.runFor(Duration.ofSeconds(60));
    long good = world.reports.stream().filter(Measurement.class::isInstance).count();
    assertTrue(good >= 59 && good <= 61, good + " of 60");
    assertTrue(world.rejected(Rejection.UNREQUESTED) + world.rejected(Rejection.WRONG_NONCE) > 100);
    assertWithin(MILLI / 10, world);
  }

  @Test
  void shouldDropWhatItKnewAndRecoverWhenTheHostSlept() {
    NtpWorld world = world(15, 3);
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(20));
    world.simulation.at(
        Duration.ofSeconds(20), () -> world.client().suspendFor(Duration.ofSeconds(30)));
    world.simulation.runFor(Duration.ofSeconds(32)); // awake, and one poll later
    long falseBefore = world.probe.violationCount(); // only between the waking and the first event
    assertTrue(isPublished(world, State.DISRUPTED));
    world.simulation.runFor(Duration.ofSeconds(20));
    assertEquals(falseBefore, world.probe.violationCount());
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertTrue(Math.abs(world.errorNanos()) <= world.boundNanos());
  }

  @Test
  void shouldKeepToItsBoundWhenSomebodySetsTheWallClock() {
    NtpWorld world = world(16, 3);
    world.client(CLIENT);
    world.simulation.at(
        Duration.ofSeconds(20), () -> world.client().stepWall(Duration.ofHours(-1)));
    world.runFor(Duration.ofSeconds(40));
    assertTrue(isPublished(world, State.DISRUPTED));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertWithin(MILLI / 10, world);
  }

  private static boolean isPublished(NtpWorld world, State state) {
    return world.reports.stream()
        .anyMatch(report -> report instanceof SyncStatus status && status.state() == state);
  }

  @Test
  void shouldNotNoticeWhenTheEraEnds() {
    long eraEnd = Instant.parse("2036-02-07T06:28:16Z").getEpochSecond() * 1_000_000_000L;
    NtpWorld world = new NtpWorld(Simulation.ofSeedAt(12, eraEnd - 30_000_000_000L));
    world.links(LAN);
    for (int i = 0; i < 3; i++) {
      world.server(SERVER, ACCURATE);
    }
    world.client(CLIENT);
    world.runFor(Duration.ofSeconds(60));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    assertEquals(0, world.reports.stream().filter(Rejected.class::isInstance).count());
    assertWithin(MILLI / 10, world);
  }

  @Test
  void shouldPollLessAndLessWhenAllIsWell() {
    NtpWorld world = world(13, 3);
    world.client(CLIENT, NtpConfig.defaults(world.peers()));
    world.runFor(Duration.ofHours(6));
    assertEquals(State.SYNCHRONIZED, world.status().state());
    long requests = world.reports.stream().filter(Measurement.class::isInstance).count();
    long atShortest = 3 * (8 + 6 * 3600 / 64);
    assertTrue(requests < atShortest / 2, requests + " requests, " + atShortest + " at 64 s");
    assertWithin(MILLI, world);
  }

  @Test
  void shouldMeasureTheOffsetWhenServerIsQueried() {
    NtpWorld world = world(14, 1);
    SimulatedNode asker = world.simulation.addNode(PeerId.simulated(50), CLIENT);
    List<QueryResult> results = new ArrayList<>();
    asker.onReport(
        (now, report) -> {
          if (report instanceof QueryResult result) {
            results.add(result);
          }
        });
    NtpQueryConfig config = NtpQueryConfig.defaults(world.peers().get(0));
    asker.run(
        () ->
            new Switchboard()
                .add(
                    NtpQuery.OWNER,
                    NtpCodec::isNtp,
                    new NtpQuery(config, new SplittableRandom(1))));
    world.simulation.runFor(Duration.ofSeconds(20));
    QueryReply best = results.get(0).best().orElseThrow();
    Measurement measurement = best.measurement();
    assertEquals(4, results.get(0).answered());
    assertTrue(best.errorNanos() < MILLI, "error " + best.errorNanos());
    assertFalse(best.bounds().isEmpty());
    assertTrue(measurement.delayNanos() >= 200_000);
    assertFalse(asker.isRunning());
  }
}
