package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.mutual.Adjustment;
import dev.coeval.sync.mutual.Convergence;
import dev.coeval.sync.mutual.Gradient;
import dev.coeval.sync.mutual.MutualConfig;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Nodes in a row under an adversary: one half of the line runs as fast as it may, the other as
 * slowly, each link hides half of what its delay varies by from one end to the other, and then, one
 * link a round, shows all it hid.
 */
final class GradientClaims {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final long LEAST = 50_000;
  private static final long UNCERTAINTY = 10_000;
  private static final long DRIFT_PPB = 2_000;
  private static final long FAST_PPB = 20_000;
  private static final long DELTA =
      UNCERTAINTY / 2 + (FAST_PPB + 2 * DRIFT_PPB) * INTERVAL.toMillis() / 1_000;
  private static final Gradient GRADIENT =
      new Gradient(2 * DELTA + 1_000, DELTA, FAST_PPB, 250_000);
  private static final Convergence MAXIMUM =
      differences -> Adjustment.by(differences[differences.length - 1]);
  private static final int ROUNDS_A_NODE = 25;
  private static final int[] LENGTHS = {4, 12, 36};

  private GradientClaims() {}

  /** The largest skews of a run: of neighbours, and of any two. */
  private record Skews(long local, long global) {}

  static Claim gradient() {
    StringBuilder ours = new StringBuilder();
    StringBuilder theirs = new StringBuilder();
    boolean isWithin = true;
    for (int nodes : LENGTHS) {
      Skews gradient = attacked(nodes, GRADIENT);
      Skews maximum = attacked(nodes, MAXIMUM);
      isWithin &= gradient.local <= GRADIENT.localSkewNanos(gradient.global, DRIFT_PPB);
      ours.append(nodes == LENGTHS[0] ? "" : "; ").append(words(gradient));
      theirs.append(nodes == LENGTHS[0] ? "" : "; ").append(words(maximum));
    }
    return new Claim(
        "11",
        "gradient, a line of 4, 12, 36 nodes: the most that neighbours are apart, of any two",
        "local O(log D), global O(D)",
        ours.toString(),
        "following the maximum: " + theirs,
        Claim.verdict(isWithin));
  }

  private static String words(Skews skews) {
    return Numbers.time((double) skews.local) + " of " + Numbers.time((double) skews.global);
  }

  private static Skews attacked(int nodes, Convergence rule) {
    Together group = new Together(nodes);
    for (int i = 0; i < nodes; i++) {
      group.add(OscillatorModel.offBy(Duration.ZERO, (i < nodes / 2 ? 1 : -1) * DRIFT_PPB / 1e3));
    }
    int patience = ROUNDS_A_NODE * nodes;
    for (int i = 1; i < nodes; i++) {
      SimulatedNode first = group.nodes().get(i - 1);
      SimulatedNode second = group.nodes().get(i);
      long round = INTERVAL.toNanos();
      long turn = i == nodes - 1 ? Long.MAX_VALUE : (patience + i) * round - round / 4;
      LongPredicate hides = sinceStart -> sinceStart < turn;
      group.simulation().link(first, second, slowWhile(hides));
      group.simulation().link(second, first, slowWhile(hides.negate()));
    }
    start(group, rule);
    return run(group, patience + nodes);
  }

  private static void start(Together group, Convergence rule) {
    int nodes = group.nodes().size();
    for (int i = 0; i < nodes; i++) {
      List<PeerId> neighbours =
          IntStream.of(i - 1, i + 1)
              .filter(j -> j >= 0 && j < nodes)
              .mapToObj(j -> group.nodes().get(j).id())
              .toList();
      RoundConfig rounds = new RoundConfig(INTERVAL.toNanos(), 40_000_000, 1, 2, 3);
      PaceConfig pace = new PaceConfig(DRIFT_PPB, 50_000_000, INTERVAL.toNanos() / 4);
      group.run(group.nodes().get(i), new MutualConfig(neighbours, 0, rule, rounds, pace));
    }
  }

  /** Looked at when nobody's clock is being set. */
  private static Skews run(Together group, int rounds) {
    long local = 0;
    long global = 0;
    group.simulation().runFor(INTERVAL.multipliedBy(9).dividedBy(10));
    for (int round = 0; round < rounds; round++) {
      group.simulation().runFor(INTERVAL);
      local = Math.max(local, group.localSkewNanos());
      global = Math.max(global, group.skewNanos(group.nodes().size()));
    }
    return new Skews(local, global);
  }

  private static LinkModel slowWhile(LongPredicate slow) {
    return LinkModel.fixed(Duration.ofNanos(LEAST))
        .withRule(
            passage ->
                passage.delayNanos() + (slow.test(passage.sinceStartNanos()) ? UNCERTAINTY : 0));
  }
}
