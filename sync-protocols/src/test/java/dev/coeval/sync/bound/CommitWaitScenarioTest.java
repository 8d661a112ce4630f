package dev.coeval.sync.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.time.CommitWait;
import dev.coeval.time.DisciplinedClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/**
 * External consistency (Corbett et al., OSDI 2012, section 4.1.2) where it is hard to have: a
 * transaction that was acknowledged before another one starts, anywhere, has the smaller stamp.
 * Five nodes pass three tokens by ways that no clock sees, while their clocks drift, are stepped
 * and lose their servers.
 */
final class CommitWaitScenarioTest {
  private static final int SEEDS = 25;
  private static final int TOKENS = 3;
  private static final int SECONDS = 22;
  private static final long RETRY_NANOS = 50_000_000L;

  /** The tokens, who has them, and what was acknowledged. */
  private static final class Market {
    private final Town town;
    private final boolean waits;
    private final ScheduledExecutorService executor;
    long lastAcknowledged = Long.MIN_VALUE;
    long commits;
    long inverted;
    long unread;
    double waited;
    double widths;

    Market(Town town, boolean waits) {
      this.town = town;
      this.waits = waits;
      this.executor = executorOf(town);
      for (int token = 0; token < TOKENS; token++) {
        int first = token;
        town.at(3, () -> begin(first));
      }
    }

    /** A transaction on the node that has the token. */
    @SuppressWarnings(
        "FutureReturnValueIgnored") // its loss is looked at, and nothing else is thrown
    private void begin(int node) {
      DisciplinedClock clock = town.clocks.get(node);
      if (!clock.get().isSynchronized()) {
        town.after(RETRY_NANOS, () -> begin(node));
        return;
      }
      long start = town.simulation.trueNanos();
      long width = clock.now().widthNanos();
      long stamp = clock.latestEpochNanos();
      inverted += stamp <= lastAcknowledged ? 1 : 0;
      if (!waits) {
        end(stamp, start, width);
        return;
      }
      Instant until = Instant.ofEpochSecond(0, stamp);
      new CommitWait(clock, clock.reader())
          .whenPast(until, executor)
          .whenComplete(
              (done, lost) -> {
                if (lost == null) {
                  end(stamp, start, width);
                } else { // nothing was acknowledged
                  town.after(RETRY_NANOS, () -> begin(node));
                }
              });
    }

    /** Acknowledged: from now on all who start anywhere must have a later stamp. */
    private void end(long stamp, long start, long width) {
      commits++;
      waited += town.simulation.trueNanos() - start;
      widths += width;
      lastAcknowledged = Math.max(lastAcknowledged, stamp);
      for (DisciplinedClock clock : town.clocks) {
        if (clock.get().isSynchronized() && clock.latestEpochNanos() <= stamp) {
          unread++;
        }
      }
      int next = town.random.nextInt(Town.NODES);
      town.after(town.random.nextLong(2_000_000), () -> begin(next));
    }

    /** An executor whose naps pass in the simulation. */
    private static ScheduledExecutorService executorOf(Town town) {
      return (ScheduledExecutorService)
          Proxy.newProxyInstance(
              Market.class.getClassLoader(),
              new Class<?>[] {ScheduledExecutorService.class},
              (proxy, method, arguments) -> {
                if (!method.getName().equals("schedule")) {
                  throw new UnsupportedOperationException(method.getName());
                }
                Runnable nap = (Runnable) arguments[0];
                town.after((Long) arguments[1], nap);
                return null;
              });
    }
  }

  private static Market run(long seed, boolean waits, double liarPpm) {
    Town town = new Town(seed, liarPpm);
    Market market = new Market(town, waits);
    town.simulation.runFor(Duration.ofSeconds(SECONDS));
    return market;
  }

  @Test
  void shouldBeExternallyConsistentWhenEveryBoundIsHonest() {
    long commits = 0;
    double waited = 0;
    double widths = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Market market = run(seed, true, 0);
      assertEquals(0, market.inverted, "seed " + seed + ": a later transaction, an earlier stamp");
      assertEquals(0, market.unread, "seed " + seed + ": a node reads a time that is past");
      commits += market.commits;
      waited += market.waited;
      widths += market.widths;
    }
    assertTrue(commits > 1_000L * SEEDS, "commits: " + commits);
    // The stamp is the late end, so the early end has a whole width to go: TrueTime's 2 epsilon.
    double ratio = waited / widths;
    assertTrue(ratio > 0.9 && ratio < 1.5, "mean wait in widths of the bound: " + ratio);
  }

  @Test
  void shouldBeSeenToBreakWhenNobodyWaits() {
    for (long seed = 1; seed <= 3; seed++) {
      assertTrue(run(seed, false, 0).inverted > 0, "seed " + seed);
    }
  }

  @Test
  void shouldBeSeenToBreakWhenABoundLies() {
    for (long seed = 1; seed <= 3; seed++) {
      Market market = run(seed, true, -5_000);
      assertTrue(market.inverted > 0 && market.unread > 0, "seed " + seed);
    }
  }
}
