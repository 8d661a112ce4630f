package dev.coeval.sync.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A hybrid clock that is fed by the live bound (Kulkarni et al., OPODIS 2014, corollaries 1 and 3):
 * at every event {@code |l - pt| <= eps} with the eps that the clocks themselves claim then, and
 * {@code c <= N * (eps + 1)}, while clocks drift, are stepped and lose their servers.
 */
final class HybridBoundScenarioTest {
  private static final int SEEDS = 20;
  private static final int SECONDS = 20;
  private static final long MILLI = 1_000_000L;

  /** Nodes that stamp events and send stamps to each other. */
  private static final class Post {
    private final Town town;
    private final List<HybridLogicalClock> hybrids = new ArrayList<>();
    private long worstNanos;
    long events;
    long refused;
    long beyond;
    long counted;

    Post(Town town) {
      this.town = town;
      for (DisciplinedClock clock : town.clocks) {
        hybrids.add(HybridLogicalClock.builder(clock).maxOffset(() -> epsilonNanos(clock)).build());
      }
      for (int i = 0; i < Town.NODES; i++) {
        int node = i;
        town.at(3 + i * 1e-4, () -> event(node));
      }
    }

    /** Our own error now, and the largest with which anybody stamped. */
    private long epsilonNanos(DisciplinedClock clock) {
      return clock.errorNanos() + worstNanos;
    }

    /** A local event, and its stamp on the way to somebody; a tick of the unit apart at least. */
    private void event(int node) {
      DisciplinedClock clock = town.clocks.get(node);
      town.after(MILLI + 1 + town.random.nextLong(4 * MILLI), () -> event(node));
      if (!clock.get().isSynchronized()) {
        return;
      }
      worstNanos = Math.max(worstNanos, clock.errorNanos());
      HybridTimestamp stamp = hybrids.get(node).tick();
      check(clock, stamp);
      int to = town.random.nextInt(Town.NODES);
      town.after(town.random.nextLong(3 * MILLI), () -> receive(to, stamp));
    }

    private void receive(int node, HybridTimestamp stamp) {
      DisciplinedClock clock = town.clocks.get(node);
      if (!clock.get().isSynchronized()) {
        return;
      }
      worstNanos = Math.max(worstNanos, clock.errorNanos());
      Optional<HybridTimestamp> received = hybrids.get(node).tryReceive(stamp);
      refused += received.isEmpty() ? 1 : 0;
      received.ifPresent(taken -> check(clock, taken));
    }

    private void check(DisciplinedClock clock, HybridTimestamp stamp) {
      events++;
      long physicalMillis = Math.floorDiv(clock.epochNanos(), MILLI);
      long ahead = stamp.epochMillis() - physicalMillis;
      long epsilonMillis = Math.floorDiv(epsilonNanos(clock) + MILLI - 1, MILLI);
      beyond += ahead < 0 || ahead > epsilonMillis ? 1 : 0;
      counted += stamp.counter() > 2 * Town.NODES * (epsilonMillis + 1) ? 1 : 0;
    }
  }

  private static Post run(long seed, double liarPpm) {
    Town town = new Town(seed, liarPpm);
    Post post = new Post(town);
    town.simulation.runFor(Duration.ofSeconds(SECONDS));
    return post;
  }

  @Test
  void shouldStayWithinTheLiveBoundWhenEveryBoundIsHonest() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Post post = run(seed, 0);
      assertEquals(0, post.refused, "seed " + seed + ": an honest stamp was refused");
      assertEquals(0, post.beyond, "seed " + seed + ": further from physical time than eps");
      assertEquals(0, post.counted, "seed " + seed + ": counted beyond N * (eps + 1)");
      assertTrue(post.events > 10_000, "events " + post.events);
    }
  }

  @Test
  void shouldBeSeenToBreakWhenOneBoundLies() {
    for (long seed = 1; seed <= 3; seed++) {
      Post post = run(seed, 20_000);
      assertTrue(post.refused > 0, "seed " + seed + ": no stamp was refused");
    }
  }
}
