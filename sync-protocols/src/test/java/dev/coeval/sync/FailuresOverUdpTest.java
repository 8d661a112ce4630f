package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Independent failures of servers, clients and the network between them, over real UDP sockets: who
 * notices. Throughout, the truth lies within what every client claims.
 *
 * <p>As the machine may be busy, nothing is asserted of how soon, but that it is within half a
 * minute.
 */
@Timeout(120)
final class FailuresOverUdpTest {
  private static final Duration LIE = Duration.ofMillis(250);
  private static final Duration FROZEN = Duration.ofMillis(800);
  private static final int ENOUGH = 5;

  private final LoopbackLab lab = new LoopbackLab();
  private final List<Follower> followers = new ArrayList<>();
  private volatile boolean honest = true;

  @AfterEach
  void closeAndSeeThatClaimsWereHeld() {
    lab.close();
    for (Follower follower : followers) {
      assertTrue(follower.held() > 0, "no claim was ever held against the truth");
    }
  }

  private LoopbackNode serverOn(AskingProtocol protocol, Duration lie) {
    DriftingTime truth = lab.host(0, 0);
    LoopbackNode server = new LoopbackNode("server", truth, lab.served(lie));
    protocol.server(server.board(), server.clock());
    return lab.add(server);
  }

  private LoopbackNode serve(AskingProtocol protocol, int port, Duration lie) {
    return serverOn(protocol, lie).open(port, true);
  }

  /**
   * A client, not open yet, on a host that is 300 ms and nearly its drift bound off, or the other
   * way round.
   */
  private LoopbackNode client(AskingProtocol protocol, List<PeerId> servers) {
    int number = followers.size() + 1;
    long sign = number % 2 == 0 ? -1 : 1;
    DriftingTime host = lab.host(sign * 300, sign * 190_000);
    DisciplinedClock clock =
        new DisciplinedClock(
            host.reader(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
    LoopbackNode client = new LoopbackNode("client " + number, host, clock);
    followers.add(new Follower(lab, client, () -> honest));
    protocol.client(client.board(), servers, number);
    return lab.add(client);
  }

  private static Predicate<Report> is(State state) {
    return report -> report instanceof SyncStatus status && status.state() == state;
  }

  private static boolean accuses(Report report, PeerId peer) {
    return report instanceof Rejected rejected
        && rejected.from().equals(peer)
        && rejected.reason() == Rejection.INCONSISTENT;
  }

  private static boolean isUnreachable(Report report, PeerId peer) {
    return report instanceof PeerUnreachable unreachable && unreachable.peer().equals(peer);
  }

  private void awaitReport(LoopbackNode node, int mark, State state) {
    lab.await(node + " to say " + state, () -> node.said(mark, is(state)));
  }

  /** Until a client has had so many more exchanges. */
  private void awaitExchanges(LoopbackNode client, int exchanges) {
    int mark = client.mark();
    lab.await(
        "exchanges of " + client,
        () -> client.count(mark, Measurement.class::isInstance) >= exchanges);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldOverAndComeBackWhenTheServerIsKilledAndRestarted(AskingProtocol protocol) {
    LoopbackNode server = serve(protocol, 0, Duration.ZERO);
    LoopbackNode client = client(protocol, List.of(server.address())).open(0, true);
    awaitReport(client, 0, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    int killed = client.mark();
    PeerId peer = server.address();
    server.close();
    lab.await("the closed port", () -> client.said(killed, r -> isUnreachable(r, peer)));
    awaitReport(client, killed, State.HOLDOVER);
    assertTrue(client.clock().get().isSynchronized(), () -> "kept its bound: " + client);
    lab.goOn(Duration.ofMillis(200));
    int restarted = client.mark();
    serve(protocol, peer.port(), Duration.ZERO);
    awaitReport(client, restarted, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    assertFalse(client.said(killed, is(State.DISRUPTED)), client::toString);
  }

  /**
   * A server that comes back with another time contradicts what it said before. As it is the only
   * one, its new time must then be believed; its return to the truth is noticed like its lie.
   */
  @ParameterizedTest
  @CsvSource({"CRISTIAN, true", "CRISTIAN, false", "NTP, true", "NTP, false"})
  void shouldSayDisruptedWhenTheServerComesBackWithAnotherTime(
      AskingProtocol protocol, boolean missed) {
    LoopbackNode first = serve(protocol, 0, Duration.ZERO);
    PeerId peer = first.address();
    LoopbackNode client = client(protocol, List.of(peer)).open(0, true);
    awaitReport(client, 0, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    honest = false;
    LoopbackNode liar = restart(protocol, first, client, new Change(LIE, missed));
    long before = followers.get(0).held();
    honest = true;
    restart(protocol, liar, client, new Change(Duration.ZERO, missed));
    awaitExchanges(client, ENOUGH);
    assertTrue(followers.get(0).held() > before, "the honest server's claims were held");
  }

  /** Whether the client is let miss the server first, and what is wrong with its new time. */
  private record Change(Duration lie, boolean missed) {}

  /** Kills a server and starts it on the same port, until the client has gone along. */
  private LoopbackNode restart(
      AskingProtocol protocol, LoopbackNode server, LoopbackNode client, Change change) {
    int killed = client.mark();
    int port = server.port();
    server.close();
    if (change.missed) {
      awaitReport(client, killed, State.HOLDOVER);
    }
    LoopbackNode next = serve(protocol, port, change.lie);
    awaitReport(client, killed, State.DISRUPTED);
    lab.await("synchronized anew: " + client, () -> client.is(State.SYNCHRONIZED));
    awaitExchanges(client, ENOUGH);
    return next;
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameTheLiarAndGoOnWhenOneOfThreeServersTurnsFalse(AskingProtocol protocol) {
    List<LoopbackNode> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(serve(protocol, 0, Duration.ZERO));
    }
    List<PeerId> peers = servers.stream().map(LoopbackNode::address).toList();
    LoopbackNode client = client(protocol, peers).open(0, true);
    awaitReport(client, 0, State.SYNCHRONIZED);
    awaitExchanges(client, 3 * ENOUGH);
    int mark = client.mark();
    servers.get(1).close();
    LoopbackNode liar = serve(protocol, peers.get(1).port(), LIE);
    lab.await("the liar to be named", () -> client.said(mark, r -> accuses(r, peers.get(1))));
    awaitExchanges(client, 3 * ENOUGH);
    lab.await("synchronized: " + client, () -> client.is(State.SYNCHRONIZED));
    assertFalse(client.said(mark, is(State.DISRUPTED)), client::toString);
    assertFalse(client.said(0, r -> accuses(r, peers.get(0)) || accuses(r, peers.get(2))));
    assertTrue(liar.isRunning());
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameTheLiarWhenOneOfThreeServersIsFalseFromTheStart(AskingProtocol protocol) {
    List<PeerId> servers = new ArrayList<>();
    for (Duration lie : List.of(LIE.negated(), Duration.ZERO, Duration.ZERO)) {
      servers.add(serve(protocol, 0, lie).address());
    }
    LoopbackNode client = client(protocol, servers).open(0, true);
    awaitReport(client, 0, State.SYNCHRONIZED);
    lab.await("the liar to be named", () -> client.said(0, r -> accuses(r, servers.get(0))));
    awaitExchanges(client, 3 * ENOUGH);
    lab.await("synchronized: " + client, () -> client.is(State.SYNCHRONIZED));
    assertFalse(client.said(0, r -> accuses(r, servers.get(1)) || accuses(r, servers.get(2))));
  }

  /** Requests, replies, or both are lost; the other client's are not. */
  @ParameterizedTest
  @CsvSource({
    "CRISTIAN, true, true",
    "CRISTIAN, true, false",
    "CRISTIAN, false, true",
    "NTP, true, true",
    "NTP, true, false",
    "NTP, false, true"
  })
  void shouldBeNoticedByTheOneCutOffWhenTheNetworkIsDividedAndHealed(
      AskingProtocol protocol, boolean requests, boolean replies) {
    try (UdpRelay relay = UdpRelay.open(3)) {
      relay.stand(0, serve(protocol, 0, Duration.ZERO).address());
      LoopbackNode connected = client(protocol, List.of(relay.face(0))).open(0, false);
      LoopbackNode cutOff = client(protocol, List.of(relay.face(0))).open(0, false);
      relay.stand(1, connected.address());
      relay.stand(2, cutOff.address());
      awaitReport(connected, 0, State.SYNCHRONIZED);
      awaitReport(cutOff, 0, State.SYNCHRONIZED);
      awaitExchanges(cutOff, ENOUGH);
      if (requests) {
        relay.cut(2, 0);
      }
      if (replies) {
        relay.cut(0, 2);
      }
      divided(connected, cutOff, relay);
    }
  }

  private void divided(LoopbackNode connected, LoopbackNode cutOff, UdpRelay relay) {
    int divided = cutOff.mark();
    awaitReport(cutOff, divided, State.HOLDOVER);
    awaitExchanges(connected, ENOUGH);
    assertTrue(cutOff.is(State.HOLDOVER), cutOff::toString);
    assertTrue(cutOff.clock().get().isSynchronized(), () -> "kept its bound: " + cutOff);
    lab.await("the other to be " + State.SYNCHRONIZED, () -> connected.is(State.SYNCHRONIZED));
    int healed = cutOff.mark();
    relay.heal();
    awaitReport(cutOff, healed, State.SYNCHRONIZED);
    awaitExchanges(cutOff, ENOUGH);
    assertFalse(cutOff.said(divided, is(State.DISRUPTED)), cutOff::toString);
  }

  /** What it answers when it wakes are questions of long ago. */
  @ParameterizedTest
  @EnumSource
  void shouldHoldOverAndComeBackWhenTheServerFreezes(AskingProtocol protocol) {
    LoopbackNode server = serverOn(protocol, Duration.ZERO).openByHand(0);
    LoopbackNode client = client(protocol, List.of(server.address())).open(0, false);
    awaitReport(client, 0, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    int froze = client.mark();
    lab.freeze(server);
    awaitReport(client, froze, State.HOLDOVER);
    int thawed = client.mark();
    lab.thaw(server);
    awaitReport(client, thawed, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    lab.await("late answers", () -> client.said(thawed, Rejected.class::isInstance));
    assertFalse(client.said(froze, is(State.DISRUPTED)), client::toString);
  }

  /** Its own timers and a reply wait for it; it must not take the reply for a quick one. */
  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhenAClientFreezes(AskingProtocol protocol) {
    LoopbackNode server = serve(protocol, 0, Duration.ZERO);
    LoopbackNode client = client(protocol, List.of(server.address())).openByHand(0);
    awaitReport(client, 0, State.SYNCHRONIZED);
    awaitExchanges(client, ENOUGH);
    int froze = client.mark();
    lab.freeze(client);
    lab.goOn(FROZEN);
    assertFalse(client.said(froze, report -> true), client::toString);
    lab.thaw(client);
    awaitExchanges(client, ENOUGH);
    lab.await("synchronized: " + client, () -> client.is(State.SYNCHRONIZED));
    assertFalse(client.said(froze, is(State.DISRUPTED)), client::toString);
  }
}
