package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.mutual.MutualGroup.Host;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How near n clocks of perfect rate come when delays vary by u: u (1 - 1/n), and no nearer. */
final class LundeliusLynchScenarioTest {
  private static final long LEAST_NANOS = 500_000;
  private static final long U_NANOS = 252_000; // 2 n divides it for most n
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** The model and the average round to whole nanoseconds, at either end. */
  private static final double ROUNDING_NANOS = 4;

  private static double bound(int n) {
    return U_NANOS * (1 - 1.0 / n);
  }

  private static MutualGroup group(long seed, int n) {
    MutualGroup group = new MutualGroup(seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < n; i++) {
      Duration offset = Duration.ofNanos(random.nextLong(900_000));
      group.add(OscillatorModel.offBy(offset, 0));
    }
    return group;
  }

  private static void start(MutualGroup group) {
    for (Host host : group.hosts) {
      host.run(
          MutualConfig.averaging(group.othersThan(host), INTERVAL)
              .with(new RoundConfig(INTERVAL.toNanos(), 100_000_000, 1, 2, 3))
              .with(new PaceConfig(1, 20_000_000, 200_000_000)));
    }
    group.checkClaims(0);
  }

  private static LinkModel taking(long nanos) {
    return LinkModel.fixed(Duration.ofNanos(nanos));
  }

  /** What the first sends is slow and what it hears quick; of the last the other way round. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldEndExactlyAtTheBoundWhenDelaysAreChosenAgainstIt(int n) {
    MutualGroup group = group(n, n);
    Host first = group.hosts.get(0);
    Host last = group.hosts.get(n - 1);
    group.simulation.defaultLink(taking(LEAST_NANOS + U_NANOS / 2));
    for (Host host : group.hosts) {
      if (host != first) {
        group.simulation.link(first.node, host.node, taking(LEAST_NANOS + U_NANOS));
        group.simulation.link(host.node, first.node, taking(LEAST_NANOS));
      }
      if (host != last && host != first) {
        group.simulation.link(host.node, last.node, taking(LEAST_NANOS + U_NANOS));
        group.simulation.link(last.node, host.node, taking(LEAST_NANOS));
      }
    }
    start(group);
    for (int round = 0; round < 4; round++) {
      group.runFor(INTERVAL);
      if (round > 0) {
        assertEquals(
            bound(n), (double) (first.now() - last.now()), ROUNDING_NANOS, "round " + round);
        assertEquals(
            bound(n), (double) group.skewNanos(), ROUNDING_NANOS, "nobody is further apart");
      }
    }
    assertTrue(group.readings > 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 10})
  void shouldNeverExceedTheBoundWhenDelaysAreRandom(int n) {
    for (long seed = 1; seed <= 10; seed++) {
      MutualGroup group = group(seed, n);
      group.simulation.defaultLink(
          taking(LEAST_NANOS)
              .withRule(
                  passage -> {
                    double draw = passage.random().nextDouble();
                    long extra = draw < 0.3 ? 0 : draw > 0.7 ? U_NANOS : (long) (draw * U_NANOS);
                    return passage.delayNanos() + extra;
                  }));
      start(group);
      group.runFor(INTERVAL.multipliedBy(2));
      for (int round = 0; round < 8; round++) {
        group.runFor(INTERVAL);
        long skew = group.skewNanos();
        assertTrue(skew <= bound(n) + ROUNDING_NANOS, "seed " + seed + ": " + skew);
      }
    }
  }
}
