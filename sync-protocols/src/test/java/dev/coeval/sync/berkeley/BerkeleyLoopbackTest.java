package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Four nodes over real UDP on this host, with clocks up to half a second and 100 ppm apart.
 *
 * <p>No time is asserted, as the machine may be busy; that the claims hold always is, and that the
 * clocks come together in the end.
 */
final class BerkeleyLoopbackTest {
  private static final long[] OFFSET_MILLIS = {400, -500, 120, -80};
  private static final long[] DRIFT_PPB = {100_000, -100_000, 30_000, -45_000};
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long TOGETHER_NANOS = 1_000_000;

  private final ClockReader system = ClockReader.system();
  private final BerkeleyConfig config =
      BerkeleyConfig.member().with(RoundConfig.every(Duration.ofMillis(100)));
  private final List<Node> nodes = new ArrayList<>();

  /** Rounds of which not all nodes were part, by term and number. */
  private final Set<String> partial = ConcurrentHashMap.newKeySet();

  private static final class Node {
    private final SyncNode sync;

    private volatile Role role = Role.MEMBER;
    private volatile String corrected = "";

    Node(SyncNode sync) {
      this.sync = sync;
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> node.sync.close());
  }

  private Node open(int number, List<PeerId> members) {
    PaceConfig pace = config.pace();
    ClockReader reader =
        DriftingTime.over(system, Duration.ofMillis(OFFSET_MILLIS[number]), DRIFT_PPB[number])
            .reader();
    SyncNode sync = new SyncNode(reader, pace.clockDriftBoundPpb(), pace.steeringPolicy());
    BerkeleyConfig own =
        new BerkeleyConfig(members, config.rounds(), config.agreement(), config.pace());
    BerkeleyNode machine =
        new BerkeleyNode("berkeley", own, sync.clock(), Keyring.empty(), 100 + number);
    Node node = new Node(sync);
    sync.board().add("berkeley", first -> first == BerkeleyNode.FIRST_BYTE, machine);
    sync.listen(report -> hear(node, report));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    sync.open(UdpConfig.bound(any));
    nodes.add(node);
    return node;
  }

  private void hear(Node node, Report report) {
    if (report instanceof RoundCompleted round) {
      boolean full = round.coordinatorTakesPart() && round.participants().size() == 3;
      if (!full || !round.bounded()) {
        partial.add(round.term() + " " + round.round());
      }
    } else if (report instanceof Corrected corrected) {
      node.corrected = corrected.bounded() ? corrected.term() + " " + corrected.round() : "";
    } else if (report instanceof RoleChanged changed) {
      node.role = changed.role();
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = system.tickNanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(system.tickNanos() < deadline, what);
      system.pause(5_000_000);
    }
  }

  private double mean() {
    long base = nodes.get(0).sync.clock().epochNanos();
    return base
        + nodes.stream()
            .mapToLong(node -> node.sync.clock().epochNanos() - base)
            .average()
            .orElse(0);
  }

  private boolean isTogether() {
    long base = nodes.get(0).sync.clock().epochNanos();
    return nodes.stream().allMatch(node -> node.sync.clock().get().isSynchronized())
        && nodes.stream()
            .allMatch(node -> Math.abs(node.sync.clock().epochNanos() - base) < TOGETHER_NANOS);
  }

  /** Whether a claim was held against the mean; not if its round was not everybody's. */
  private boolean check(Node node) {
    String before = node.corrected;
    double earliestMean = mean();
    BoundedInstant claimed = node.sync.clock().now();
    double latestMean = mean();
    system.pause(20_000_000); // until the coordinator has said who took part
    if (before.isEmpty() || !before.equals(node.corrected) || partial.contains(before)) {
      return false;
    }
    assertTrue(claimed.earliestEpochNanos() <= latestMean, () -> node.corrected + " " + claimed);
    assertTrue(claimed.latestEpochNanos() >= earliestMean, () -> node.corrected + " " + claimed);
    return true;
  }

  @Test
  void shouldComeTogetherAndHoldTheirClaimsWhenOverUdp() {
    List<PeerId> members = new ArrayList<>();
    for (int number = 1; number < 4; number++) {
      members.add(PeerId.of(open(number, List.of()).sync.address()));
    }
    Node coordinator = open(0, members);
    await("nodes come together", this::isTogether);
    int held = 0;
    for (int i = 0; i < 60; i++) {
      held += check(nodes.get(i % nodes.size())) ? 1 : 0;
    }
    int checked = held;
    assertTrue(checked > 0, "claims held against the mean: " + checked);
    coordinator.sync.close();
    nodes.remove(coordinator);
    await(
        "another coordinator",
        () -> nodes.stream().filter(node -> node.role == Role.COORDINATOR).count() == 1);
    await("still together", this::isTogether);
  }
}
