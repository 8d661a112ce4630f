package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.LinkModel;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The setting that Berkeley UNIX was measured in: fifteen hosts, a round every four minutes, stamps
 * of a millisecond, oscillators within 20 ppm; its manual says "within 20 milliseconds".
 *
 * <p>A stamp cut to a millisecond is a delay of up to one, from the other side: so it is simulated.
 */
final class PublishedSettingScenarioTest {
  private static final int HOSTS = 15;
  private static final double RHO_PPM = 20;
  private static final Duration INTERVAL = Duration.ofMinutes(4);
  private static final long STAMP_NANOS = 1_000_000;

  /** 2 eps + 2 rho T: a reading is off by half a stamp each way at the most. */
  private static final long BOUND_NANOS =
      STAMP_NANOS + Math.round(2 * RHO_PPM * 1e-6 * INTERVAL.toNanos());

  private static final long PUBLISHED_NANOS = 20_000_000;

  private static long skewNanos(SimulatedGroup group) {
    long high = group.hosts.stream().mapToLong(SimulatedGroup.Host::now).max().orElseThrow();
    long low = group.hosts.stream().mapToLong(SimulatedGroup.Host::now).min().orElseThrow();
    return high - low;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldStayWithinBoundAndPublishedFigureWhenRoundsAreFourMinutesApart(long seed) {
    BerkeleyConfig config = BerkeleyConfig.member().with(RoundConfig.every(INTERVAL));
    SimulatedGroup group = new SimulatedGroup(seed, HOSTS, config, RHO_PPM);
    group.simulation.defaultLink(
        LinkModel.fixed(Duration.ofNanos(500_000))
            .withRule(passage -> passage.delayNanos() + passage.random().nextLong(STAMP_NANOS)));
    group.start(Duration.ofSeconds(3));
    group.runFor(INTERVAL.multipliedBy(12));
    long worst = 0;
    for (int second = 0; second < Duration.ofHours(5).toSeconds(); second += 20) {
      group.runFor(Duration.ofSeconds(20));
      worst = Math.max(worst, skewNanos(group));
    }
    long found = worst;
    assertTrue(found <= BOUND_NANOS, () -> "seed " + seed + ": " + found + " ns");
    assertTrue(found <= PUBLISHED_NANOS);
    group.assertBoundsHeld();
    assertTrue(group.readings > 10_000, () -> "readings " + group.readings);
    assertEquals(1, group.leading().size());
  }
}
