package dev.coeval.bench.scale;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.mutual.LundeliusLynch;
import dev.coeval.sync.mutual.MutualConfig;
import dev.coeval.sync.mutual.MutualNode;
import dev.coeval.sync.wire.Keyring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A random graph in which every node has four neighbours, and goes to the average of them and
 * itself every sixteen seconds.
 *
 * <p>The graph is two random rings over the same nodes that share no edge: so it is connected, and
 * all but surely an expander.
 */
final class GossipNetwork extends Network {
  private static final Duration INTERVAL = Duration.ofSeconds(16);
  private static final long TIMEOUT_NANOS = 1_000_000_000L;
  private static final PaceConfig PACE = new PaceConfig(100_000, 500_000, INTERVAL.toNanos() / 4);

  GossipNetwork(int nodes, long seed) {
    super(seed);
    for (int i = 0; i < nodes; i++) {
      addMember(PACE.clockDriftBoundPpb(), PACE.steeringPolicy());
    }
    int[][] neighbours = twoRings(nodes);
    RoundConfig rounds = new RoundConfig(INTERVAL.toNanos(), TIMEOUT_NANOS, 1, 2, 3);
    for (int i = 0; i < nodes; i++) {
      Member member = members.get(i);
      List<PeerId> peers = Arrays.stream(neighbours[i]).mapToObj(Network::idOf).toList();
      MutualConfig config = new MutualConfig(peers, 0, new LundeliusLynch(), rounds, PACE);
      long seedOfNode = simulation.seedFor("mutual", member.node().id());
      member.node().run(() -> board(config, member, seedOfNode));
    }
  }

  private static Switchboard board(MutualConfig config, Member member, long seed) {
    MutualNode node = new MutualNode("mutual", config, member.clock(), Keyring.empty(), seed);
    return new Switchboard().add(node).add("mutual", first -> first == MutualNode.FIRST_BYTE, node);
  }

  /** Draws rings until they share no edge: one of seven draws or so. */
  private int[][] twoRings(int nodes) {
    while (true) {
      int[][] neighbours = new int[nodes][0];
      addRing(neighbours);
      addRing(neighbours);
      boolean distinct =
          Arrays.stream(neighbours)
              .allMatch(each -> Arrays.stream(each).distinct().count() == each.length);
      if (distinct) {
        return neighbours;
      }
    }
  }

  private void addRing(int[][] neighbours) {
    List<Integer> ring = new ArrayList<>();
    for (int i = 0; i < neighbours.length; i++) {
      ring.add(random.nextInt(i + 1), i); // a random place among those before
    }
    for (int i = 0; i < ring.size(); i++) {
      int one = ring.get(i);
      int other = ring.get((i + 1) % ring.size());
      neighbours[one] = with(neighbours[one], other);
      neighbours[other] = with(neighbours[other], one);
    }
  }

  private static int[] with(int[] neighbours, int one) {
    int[] more = Arrays.copyOf(neighbours, neighbours.length + 1);
    more[neighbours.length] = one;
    return more;
  }

  @Override
  double worstErrorNanos() {
    long now = simulation.trueNanos();
    double mean = members.stream().mapToLong(member -> member.errorNanos(now)).average().orElse(0);
    return members.stream()
        .mapToDouble(member -> Math.abs(member.errorNanos(now) - mean))
        .max()
        .orElse(0);
  }
}
