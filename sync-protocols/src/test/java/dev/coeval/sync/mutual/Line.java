package dev.coeval.sync.mutual;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.mutual.MutualGroup.Host;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** Nodes in a row, each linked to the next, and two adversaries. */
final class Line {
  static final Duration INTERVAL = Duration.ofMillis(200);
  static final long LEAST_NANOS = 50_000;

  /** What delays vary by: a reading is off by half of it. */
  static final long U_NANOS = 10_000;

  private static final long DRIFT_PPB = 2_000;
  private static final long FAST_PPB = 20_000;
  private static final long DELTA_NANOS =
      U_NANOS / 2 + (FAST_PPB + 2 * DRIFT_PPB) * INTERVAL.toMillis() / 1_000;

  static final Gradient GRADIENT =
      new Gradient(2 * DELTA_NANOS + 1_000, DELTA_NANOS, FAST_PPB, 250_000);

  /** Each follows the neighbour that is furthest ahead. */
  static final Convergence MAXIMUM =
      differences -> Adjustment.by(differences[differences.length - 1]);

  /** Each goes to the middle of its neighbours and itself. */
  static final Convergence AVERAGE = new LundeliusLynch();

  private static final int ROUNDS_A_NODE = 25;

  private Line() {}

  /**
   * The largest skews of a run: of neighbours, of any two, and what the theorem allows of those.
   */
  record Skews(long local, long global) {

    long allowed() {
      return GRADIENT.localSkewNanos(global, DRIFT_PPB);
    }
  }

  /** Random delays and rates, and clocks that start apart. */
  static MutualGroup of(long seed, int nodes, Convergence rule, long spreadNanos) {
    MutualGroup group = new MutualGroup(seed);
    group.simulation.defaultLink(
        LinkModel.fixed(Duration.ofNanos(LEAST_NANOS))
            .withRule(passage -> passage.delayNanos() + passage.random().nextLong(U_NANOS)));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < nodes; i++) {
      Duration offset = Duration.ofNanos(spreadNanos == 0 ? 0 : random.nextLong(spreadNanos));
      group.add(OscillatorModel.offBy(offset, (random.nextDouble() * 2 - 1) * DRIFT_PPB / 1e3));
    }
    start(group, rule);
    return group;
  }

  /**
   * One half of the line runs as fast as oscillators may, the other as slowly, and each link hides
   * half of u from one end to the other, until the first clock is ahead of the last by as much as
   * can be. Then, one link a round, it shows all that it hid and as much again: who follows at once
   * jumps further the further down the line it stands, and its next neighbour does not know yet.
   */
  static Skews attacked(int nodes, Convergence rule) {
    MutualGroup group = new MutualGroup(nodes);
    for (int i = 0; i < nodes; i++) {
      double ppm = (i < nodes / 2 ? 1 : -1) * DRIFT_PPB / 1e3;
      group.add(OscillatorModel.offBy(Duration.ZERO, ppm));
    }
    int patience = ROUNDS_A_NODE * nodes;
    for (int i = 1; i < nodes; i++) {
      Host first = group.hosts.get(i - 1);
      Host second = group.hosts.get(i);
      boolean isLast = i == nodes - 1;
      long turn =
          isLast ? Long.MAX_VALUE : (patience + i) * INTERVAL.toNanos() - INTERVAL.toNanos() / 4;
      LongPredicate hides = sinceStart -> sinceStart < turn;
      group.simulation.link(first.node, second.node, slowWhile(hides));
      group.simulation.link(second.node, first.node, slowWhile(hides.negate()));
    }
    start(group, rule);
    return run(group, patience + nodes);
  }

  static long localSkew(MutualGroup group) {
    long worst = 0;
    for (int i = 1; i < group.hosts.size(); i++) {
      long skew = Math.abs(group.hosts.get(i).now() - group.hosts.get(i - 1).now());
      worst = Math.max(worst, skew);
    }
    return worst;
  }

  private static LinkModel slowWhile(LongPredicate slow) {
    return LinkModel.fixed(Duration.ofNanos(LEAST_NANOS))
        .withRule(
            passage -> passage.delayNanos() + (slow.test(passage.sinceStartNanos()) ? U_NANOS : 0));
  }

  private static void start(MutualGroup group, Convergence rule) {
    for (int i = 0; i < group.hosts.size(); i++) {
      List<PeerId> neighbours =
          java.util.stream.IntStream.of(i - 1, i + 1)
              .filter(j -> j >= 0 && j < group.hosts.size())
              .mapToObj(j -> group.hosts.get(j).node.id())
              .toList();
      RoundConfig rounds = new RoundConfig(INTERVAL.toNanos(), 40_000_000, 1, 2, 3);
      PaceConfig pace = new PaceConfig(DRIFT_PPB, 50_000_000, INTERVAL.toNanos() / 4);
      group.hosts.get(i).run(new MutualConfig(neighbours, 0, rule, rounds, pace));
    }
  }

  private static Skews run(MutualGroup group, int rounds) {
    long local = 0;
    long global = 0;
    group.runFor(INTERVAL.multipliedBy(9).dividedBy(10)); // nobody's clock is being set then
    for (int round = 0; round < rounds; round++) {
      group.runFor(INTERVAL);
      local = Math.max(local, localSkew(group));
      global = Math.max(global, group.skewNanos());
    }
    return new Skews(local, global);
  }
}
