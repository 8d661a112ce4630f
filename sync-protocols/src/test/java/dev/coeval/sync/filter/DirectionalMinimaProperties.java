package dev.coeval.sync.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class DirectionalMinimaProperties {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final long DRIFT_PPB = 200_000;
  private static final long MIN_ONE_WAY = 20_000;

  /** The local rate wanders within its bound, the ways differ, the peer errs as it admits. */
  @Property(tries = 500)
  void shouldHoldTheTruthWhenAssumptionsHold(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int capacity) {
    World world = new World(seed, 0);
    DirectionalMinima minima = new DirectionalMinima(capacity, MIN_ONE_WAY, DRIFT_PPB);
    for (int i = 0; i < 60; i++) {
      minima.add(exchange(world));
      assertHolds(minima.boundsAt(world.tick()), world);
      world.setDrift(world.uniform(-200e-6, 200e-6));
      world.pass(world.exponential(1e9));
      assertHolds(minima.boundsAt(world.tick()), world);
    }
  }

  /** The bounds from the definition, in exact decimals: no ring, no running minimum. */
  @Property(tries = 300)
  void shouldEqualTheDefinitionWhenRingTurns(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int capacity,
      @ForAll @LongRange(max = 5_000_000) long driftPpb,
      @ForAll @IntRange(min = 1, max = 40) int exchanges) {
    World world = new World(seed, 0);
    DirectionalMinima minima = new DirectionalMinima(capacity, MIN_ONE_WAY, driftPpb);
    List<Measurement> all = new ArrayList<>();
    for (int i = 0; i < exchanges; i++) {
      Measurement measurement = exchange(world);
      all.add(measurement);
      minima.add(measurement);
      world.pass(world.exponential(1e9));
    }
    OffsetBounds bounds = minima.boundsAt(world.tick());
    List<Measurement> held = all.subList(Math.max(0, all.size() - capacity), all.size());
    assertEquals(held.size(), minima.size());
    BigDecimal low = null;
    BigDecimal high = null;
    for (Measurement m : held) {
      BigDecimal doubt = doubt(m, world.tick(), driftPpb);
      BigDecimal highest = BigDecimal.valueOf(m.peerReceivedEpochNanos() - m.sentTickNanos());
      BigDecimal lowest = BigDecimal.valueOf(m.peerSentEpochNanos() - m.receivedTickNanos());
      highest = highest.subtract(BigDecimal.valueOf(MIN_ONE_WAY)).add(doubt);
      lowest = lowest.add(BigDecimal.valueOf(MIN_ONE_WAY)).subtract(doubt);
      high = high == null ? highest : high.min(highest);
      low = low == null ? lowest : low.max(lowest);
    }
    assertOutwards(BigDecimal.valueOf(bounds.highNanos()).subtract(high));
    assertOutwards(low.subtract(BigDecimal.valueOf(bounds.lowNanos())));
  }

  /** Zero jitter and a known frequency leave nothing but rounding. */
  @Property(tries = 100)
  void shouldFindTheOffsetExactlyWhenNothingJitters(
      @ForAll long seed, @ForAll @IntRange(min = -100, max = 100) int driftPpm) {
    double drift = driftPpm * 1e-6;
    World world = new World(seed, drift);
    DirectionalMinima minima = new DirectionalMinima(16, 0, DRIFT_PPB);
    for (int i = 0; i < 30; i++) {
      minima.add(world.exchange(PEER, 70_000, 70_000, 0));
      world.pass(250e6);
    }
    double frequency = 1 / (1 + drift) - 1;
    long offset = minima.estimateAt(world.tick(), frequency).orElseThrow().offsetNanos();
    assertEquals(0, (double) (offset - world.trueOffset()), 3.0);
  }

  private static Measurement exchange(World world) {
    Root root = new Root(2_000, 1_000, 100);
    long wrong = (long) world.uniform(-2_000, 2_000);
    double[] ways = {
      MIN_ONE_WAY + world.exponential(world.uniform(0, 1e6)),
      MIN_ONE_WAY + world.exponential(world.uniform(0, 1e5))
    };
    return world.exchange(PEER, ways, wrong, root);
  }

  private static BigDecimal doubt(Measurement m, long tick, long driftPpb) {
    BigDecimal rho = BigDecimal.valueOf(driftPpb).movePointLeft(9);
    BigDecimal growth = rho.divide(BigDecimal.ONE.subtract(rho), 30, RoundingMode.CEILING);
    long gone = tick - m.sentTickNanos();
    return growth.multiply(BigDecimal.valueOf(gone)).add(BigDecimal.valueOf(m.root().errorNanos()));
  }

  /** Never inside the exact bound, and outside it only by rounding twice. */
  private static void assertOutwards(BigDecimal slack) {
    assertTrue(slack.signum() >= 0, () -> "inside the exact bound by " + slack.negate());
    assertTrue(slack.doubleValue() <= 4.1, () -> "outside the exact bound by " + slack);
  }

  private static void assertHolds(OffsetBounds bounds, World world) {
    long truth = world.trueOffset();
    assertTrue(
        bounds.lowNanos() <= truth && truth <= bounds.highNanos(),
        () -> truth + " is not within " + bounds);
  }
}
