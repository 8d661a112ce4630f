package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.mutual.MutualGroup.Host;
import dev.coeval.sync.precision.ExecutionRecorder;
import dev.coeval.sync.precision.LinkAssumption;
import dev.coeval.sync.precision.OptimalPrecision;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mutual synchronization gives away against the best that its own datagrams allowed. */
final class OptimalityScenarioTest {
  private static final long LEAST_NANOS = 100_000;
  private static final long U_NANOS = 120_000;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static MutualGroup group(long seed, int n, Convergence rule) {
    MutualGroup group = new MutualGroup(seed);
    group.simulation.defaultLink(
        LinkModel.fixed(Duration.ofNanos(LEAST_NANOS))
            .withLoss(0.1)
            .withDuplicates(0.1, Duration.ofNanos(10_000))
            .withRule(passage -> passage.delayNanos() + passage.random().nextLong(U_NANOS)));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < n; i++) {
      Duration offset = Duration.ofNanos(random.nextLong(900_000));
      group.add(OscillatorModel.offBy(offset, 0)); // the theory knows no drift
    }
    for (Host host : group.hosts) {
      host.run(
          new MutualConfig(
              group.othersThan(host),
              0,
              rule,
              new RoundConfig(INTERVAL.toNanos(), 50_000_000, 3, 8, 3),
              new PaceConfig(1, 20_000_000, 200_000_000)));
    }
    return group;
  }

  private static long[] corrections(MutualGroup group) {
    return group.hosts.stream().mapToLong(host -> host.now() - host.node.tickNanos()).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void shouldNeverBeatTheOptimumAndComeNearItWhenItsRunIsRecorded(int n) {
    double worstRatio = 0;
    for (long seed = 1; seed <= 5; seed++) {
      MutualGroup group = group(seed, n, new LundeliusLynch());
      group.runFor(Duration.ofMillis(5_900)); // between two rounds
      ExecutionRecorder recorder = new ExecutionRecorder(group.simulation);
      group.simulation.onTraffic(recorder);
      group.runFor(INTERVAL);
      recorder.execution().assume(LinkAssumption.atLeast(LEAST_NANOS));
      OptimalPrecision best = OptimalPrecision.of(recorder.execution()).orElseThrow();
      double ratio = best.precisionOf(corrections(group)) / best.nanos();
      worstRatio = Math.max(worstRatio, ratio);
      assertTrue(ratio >= 1 - 1e-9, "seed " + seed + ": " + ratio);
      long[] optimal = best.corrections();
      assertEquals(best.nanos(), (double) best.precisionOf(optimal), 1);
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      for (int i = 0; i < n; i++) {
        long clock = group.hosts.get(i).node.tickNanos() + optimal[i];
        low = Math.min(low, clock);
        high = Math.max(high, clock);
      }
      assertTrue(high - low <= best.nanos() + 1, "the optimum holds: " + (high - low));
      assertTrue(best.nanos() < U_NANOS * (1 - 1.0 / n), "below what can be promised before");
    }
    assertTrue(worstRatio < 4, "given away: " + worstRatio);
  }
}
