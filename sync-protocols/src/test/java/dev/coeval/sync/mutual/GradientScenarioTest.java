package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Neighbours on a line, against an adversary that knows the delays: the plain maximum carries all
 * the skew there is to one link, an average builds a slope, and gradient synchronization does
 * neither.
 */
final class GradientScenarioTest {

  /** Nodes, and the largest skew between neighbours under each rule, in the same run. */
  @Test
  void shouldKeepNeighboursTogetherWhenOthersGrowWithTheLine() {
    int[] lengths = {4, 12, 36};
    Line.Skews[] gradient = skews(lengths, Line.GRADIENT);
    Line.Skews[] maximum = skews(lengths, Line.MAXIMUM);
    Line.Skews[] average = skews(lengths, Line.AVERAGE);
    for (int i = 0; i < lengths.length; i++) {
      long forced = (2L * (lengths[i] - 1) - 1) * Line.U_NANOS / 2;
      assertTrue(gradient[i].local() <= gradient[i].allowed(), "gradient: " + gradient[i]);
      assertTrue(maximum[i].local() >= forced, "all skew on one link: " + maximum[i]);
    }
    assertTrue(gradient[2].local() <= gradient[0].local() + Line.GRADIENT.kappaNanos());
    assertTrue(gradient[2].global() > 5 * gradient[0].global(), "while the line's own grows");
    assertTrue(average[2].local() > 2 * average[0].local(), "a slope: " + average[2]);
    assertTrue(average[2].local() > gradient[2].local(), "steeper: " + average[2]);
    assertTrue(maximum[2].local() > 10 * gradient[2].local(), "far steeper: " + maximum[2]);
  }

  private static Line.Skews[] skews(int[] lengths, Convergence rule) {
    return IntStream.of(lengths)
        .mapToObj(nodes -> Line.attacked(nodes, rule))
        .toArray(Line.Skews[]::new);
  }

  @Test
  void shouldComeTogetherWhenNodesStartFarApart() {
    MutualGroup group = Line.of(9, 8, Line.GRADIENT, 300_000_000);
    group.runFor(Line.INTERVAL.multipliedBy(200));
    assertTrue(Line.localSkew(group) <= 2 * Line.GRADIENT.kappaNanos(), "" + Line.localSkew(group));
    assertTrue(group.skewNanos() <= 8 * Line.GRADIENT.kappaNanos());
  }

  @Test
  void shouldClaimIntervalThatHoldsEveryNeighbourWhenSettled() {
    MutualGroup group = Line.of(10, 8, Line.GRADIENT, 0);
    long[] readings = {0};
    group.simulation.every(
        Duration.ofMillis(3),
        () -> {
          for (int i = 0; i < group.hosts.size(); i++) {
            MutualGroup.Host host = group.hosts.get(i);
            if (host.isSynchronized()) {
              for (int j = Math.max(0, i - 1); j <= Math.min(7, i + 1); j++) {
                long neighbour = group.hosts.get(j).now();
                assertEquals(
                    true,
                    host.clock.get().boundsAt(host.node.tickNanos()).contains(neighbour),
                    () -> "at " + group.simulation.elapsed());
                readings[0]++;
              }
            }
          }
        });
    group.runFor(Line.INTERVAL.multipliedBy(100));
    assertTrue(readings[0] > 1_000);
  }
}
