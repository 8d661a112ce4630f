package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Four nodes over real UDP on this host, one of which tells an hour ahead of its own clock to all:
 * no time is asserted, that the claims hold always is, and that the clocks come together in the
 * end.
 */
final class MutualLoopbackTest {
  private static final long[] OFFSET_MILLIS = {300, -250, 40};
  private static final long[] DRIFT_PPB = {100_000, -80_000, 20_000};
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final long TOGETHER_NANOS = 2_000_000;

  private final ClockReader system = ClockReader.system();
  private final List<SyncNode> honest = new ArrayList<>();
  private final List<SyncNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(SyncNode::close);
  }

  private void open(int index, List<InetSocketAddress> addresses, boolean lies) throws Exception {
    List<PeerId> others = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      if (!address.equals(addresses.get(index))) {
        others.add(PeerId.of(address));
      }
    }
    MutualConfig config = MutualConfig.tolerant(others, 1, INTERVAL);
    ClockReader reader =
        lies
            ? DriftingTime.over(system, Duration.ofHours(1), 0).reader()
            : DriftingTime.over(system, Duration.ofMillis(OFFSET_MILLIS[index]), DRIFT_PPB[index])
                .reader();
    SyncNode node =
        new SyncNode(reader, config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
    MutualNode machine = new MutualNode("mutual", config, node.clock(), Keyring.empty(), index);
    node.board().add(machine);
    if (!lies) { // the liar never follows anybody
      node.board().add("mutual", first -> first == MutualNode.FIRST_BYTE, machine);
      honest.add(node);
    }
    node.open(UdpConfig.bound(addresses.get(index)));
    nodes.add(node);
  }

  /** Ports that are free now. */
  private static List<InetSocketAddress> addresses() throws Exception {
    List<DatagramSocket> sockets = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      addresses.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
    }
    sockets.forEach(DatagramSocket::close);
    return addresses;
  }

  private boolean isTogether() {
    long base = honest.get(0).clock().epochNanos();
    return honest.stream()
        .allMatch(
            node ->
                node.clock().get().isSynchronized()
                    && Math.abs(node.clock().epochNanos() - base) < TOGETHER_NANOS);
  }

  private long[] clocks() {
    return honest.stream().mapToLong(node -> node.clock().epochNanos()).toArray();
  }

  private static long median(LongStream clocks) {
    return clocks.sorted().skip(1).findFirst().orElseThrow();
  }

  @Test
  void shouldComeTogetherAndHoldClaimsWhenOneOfFourLiesOverUdp() throws Exception {
    List<InetSocketAddress> addresses = addresses();
    for (int i = 0; i < 4; i++) {
      open(i, addresses, i == 3);
    }
    long deadline = system.tickNanos() + PATIENCE.toNanos();
    while (!isTogether()) {
      assertTrue(system.tickNanos() < deadline, () -> "apart: " + Arrays.toString(clocks()));
      system.pause(5_000_000);
    }
    for (int i = 0; i < 60; i++) {
      long[] before = clocks();
      BoundedInstant claimed = honest.get(i % 3).clock().now();
      long[] after = clocks();
      assertTrue(claimed.earliestEpochNanos() <= median(Arrays.stream(after)), claimed::toString);
      assertTrue(claimed.latestEpochNanos() >= median(Arrays.stream(before)), claimed::toString);
      system.pause(3_000_000);
    }
  }
}
