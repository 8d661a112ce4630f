package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.mutual.Adjustment;
import dev.coeval.sync.mutual.MutualConfig;
import dev.coeval.sync.mutual.WelchLynch;
import dev.coeval.sync.precision.Execution;
import dev.coeval.sync.precision.LinkAssumption;
import dev.coeval.sync.precision.OptimalPrecision;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Groups that keep together without a reference. */
final class MutualClaims {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long LEAST = 500_000;
  private static final long UNCERTAINTY = 252_000;
  private static final int MOST_NODES = 10;
  private static final int ROUNDING = 4;
  private static final double PPM = 1e-6;

  private final long seed;

  MutualClaims(long seed) {
    this.seed = seed;
  }

  /** Each may be run on a thread of its own. */
  Claim berkeley() {
    Together group = new Together(seed);
    group.simulation().defaultLink(LinkModel.exponential(nanos(100_000), nanos(500_000)));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 15; i++) {
      group.add(
          OscillatorModel.offBy(
              Duration.ofMillis(random.nextLong(-400, 400)), random.nextDouble(-20, 20)));
    }
    SimulatedNode master = group.nodes().get(0);
    RoundConfig rounds = RoundConfig.every(Duration.ofMinutes(4));
    group.run(master, BerkeleyConfig.coordinator(group.othersThan(master)).with(rounds));
    BerkeleyConfig member = BerkeleyConfig.member().with(rounds);
    group.nodes().stream().skip(1).forEach(node -> group.run(node, member));
    group.simulation().runFor(Duration.ofHours(2));
    long worst = group.worstSkewNanos(15, Duration.ofHours(4), Duration.ofSeconds(10));
    return new Claim(
        "5",
        "Berkeley: 15 nodes, a round each 240 s, 20 ppm: largest difference of any two",
        "≤ 2ε + 2ρT",
        Numbers.time((double) worst),
        "20 ms (TEMPO 1989; stamps of 1 ms)",
        Claim.verdict(worst <= 20_000_000));
  }

  Claim lundeliusLynch() {
    List<String> found = new ArrayList<>();
    boolean isMet = true;
    for (int n = 2; n <= MOST_NODES; n++) {
      long bound = UNCERTAINTY - UNCERTAINTY / n;
      long skew = averagedAgainstTheWorst(n);
      isMet &= Math.abs(skew - bound) <= ROUNDING;
      if (n == 2 || n == 3 || n == MOST_NODES) {
        found.add("n = %d: %,d of %,d ns".formatted(n, skew, bound));
      }
    }
    return new Claim(
        "6",
        "averaging ends at the lower bound when delays are chosen against it, n = 2 to 10",
        "u(1 - 1/n), u = " + Numbers.time((double) UNCERTAINTY),
        String.join("; ", found),
        "equality (Lundelius & Lynch 1984)",
        Claim.verdict(isMet));
  }

  /** What the first sends is slow and what it hears quick; of the last the other way round. */
  private long averagedAgainstTheWorst(int n) {
    Together group = new Together(seed);
    SplittableRandom random = new SplittableRandom(seed + n);
    for (int i = 0; i < n; i++) {
      group.add(OscillatorModel.offBy(nanos(random.nextLong(900_000)), 0));
    }
    group.simulation().defaultLink(taking(LEAST + UNCERTAINTY / 2));
    SimulatedNode first = group.nodes().get(0);
    SimulatedNode last = group.nodes().get(n - 1);
    for (SimulatedNode node : group.nodes()) {
      if (node != first) {
        group.simulation().link(first, node, taking(LEAST + UNCERTAINTY));
        group.simulation().link(node, first, taking(LEAST));
      }
      if (node != first && node != last) {
        group.simulation().link(node, last, taking(LEAST + UNCERTAINTY));
        group.simulation().link(last, node, taking(LEAST));
      }
    }
    for (SimulatedNode node : group.nodes()) {
      group.run(
          node,
          MutualConfig.averaging(group.othersThan(node), SECOND)
              .with(new RoundConfig(SECOND.toNanos(), 100_000_000, 1, 2, 3))
              .with(new PaceConfig(1, 20_000_000, 200_000_000)));
    }
    group.simulation().runFor(SECOND.multipliedBy(4));
    return group.skewNanos(n);
  }

  Claim optimalPrecision() {
    SplittableRandom random = new SplittableRandom(seed);
    int executions = 200;
    int equal = 0;
    double ratio = 0;
    for (int i = 0; i < executions; i++) {
      int n = 3 + random.nextInt(6);
      Execution execution = new Execution(n);
      execution.assume(LinkAssumption.between(LEAST, LEAST + UNCERTAINTY));
      long[] middles = middles(execution, random, n);
      OptimalPrecision optimum = OptimalPrecision.of(execution).orElseThrow();
      long achieved = optimum.precisionOf(optimum.corrections());
      equal += Math.abs(achieved - optimum.nanos()) <= ROUNDING ? 1 : 0;
      ratio += optimum.precisionOf(middles) / optimum.nanos() / executions;
    }
    return new Claim(
        "7",
        "corrections are optimal for the very execution, not only for the worst",
        "maximum cycle mean of the shifts",
        "%d of %d at the optimum; averaging is %s times as far"
            .formatted(equal, executions, Numbers.plain(ratio)),
        "ratio 1 (Attiya, Herzberg & Rajsbaum 1996)",
        Claim.verdict(equal == executions));
  }

  /** A message each way between any two; the corrections of plain averaging. */
  private static long[] middles(Execution execution, SplittableRandom random, int n) {
    long[] offsets = random.longs(n, 0, 1_000_000).toArray();
    long[] corrections = new long[n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        if (p != q) {
          long estimated = LEAST + random.nextLong(UNCERTAINTY) + offsets[q] - offsets[p];
          execution.add(p, q, estimated);
          corrections[q] -= (estimated - LEAST - UNCERTAINTY / 2) / n;
        }
      }
    }
    return corrections;
  }

  Claim welchLynch() {
    Together group = new Together(seed);
    long uncertainty = 20_000;
    group
        .simulation()
        .defaultLink(
            taking(300_000)
                .withRule(
                    passage -> passage.delayNanos() + passage.random().nextLong(uncertainty)));
    SplittableRandom random = new SplittableRandom(seed);
    int honest = 5;
    for (int i = 0; i < honest; i++) {
      group.add(OscillatorModel.offBy(Duration.ofMillis(100L * i), random.nextDouble(-1, 1)));
    }
    for (int i = 1; i <= 2; i++) {
      group.add(OscillatorModel.offBy(Duration.ofSeconds(i), 1_000 * i));
    }
    for (SimulatedNode node : group.nodes()) {
      MutualConfig tolerant =
          MutualConfig.tolerant(group.othersThan(node), 2, SECOND)
              .with(new RoundConfig(SECOND.toNanos(), 100_000_000, 1, 4, 3))
              .with(new PaceConfig(1_000, 5_000_000, 200_000_000));
      boolean isFalse = group.nodes().indexOf(node) >= honest;
      group.run(node, isFalse ? stubborn(tolerant) : tolerant);
    }
    group.simulation().runFor(Duration.ofMinutes(2));
    long worst = group.worstSkewNanos(honest, Duration.ofMinutes(1), Duration.ofMillis(50));
    double bound = 2.0 * uncertainty + 4 * PPM * 1e9;
    return new Claim(
        "10",
        "Welch and Lynch: 7 nodes, 2 of them run away by 1 and 2 ms a second",
        "4ε + 4ρP = " + Numbers.time(bound) + ", f = 2, " + new WelchLynch(2).liars() + " dropped",
        Numbers.time((double) worst),
        Numbers.time(bound) + " (Welch & Lynch 1988)",
        Claim.verdict(worst <= bound));
  }

  /** The same, but it never moves. */
  private static MutualConfig stubborn(MutualConfig config) {
    return new MutualConfig(
        config.peers(), 0, differences -> Adjustment.by(0), config.rounds(), config.pace());
  }

  private static LinkModel taking(long nanos) {
    return LinkModel.fixed(nanos(nanos));
  }

  private static Duration nanos(long count) {
    return Duration.ofNanos(count);
  }
}
