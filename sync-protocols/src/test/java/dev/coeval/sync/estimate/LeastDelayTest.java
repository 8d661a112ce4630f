package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastDelayTest {
  private static final long ROUTE = 2_000_000;

  private static long queued(SplittableRandom random, double mean) {
    return (long) (-mean * Math.log((1 - random.nextDouble()) * (1 - random.nextDouble())));
  }

  @Test
  void shouldKnowTheLeastOfTheRingAndNoOlder() {
    LeastDelay delays = new LeastDelay(4);
    long[] added = {9, 3, 5, 7, 8, 6, 5, 9, 9, 9};
    long[] least = {9, 3, 3, 3, 3, 5, 5, 5, 5, 5};
    for (int i = 0; i < added.length; i++) {
      delays.add(added[i]);
      assertEquals(least[i], delays.least(), "after " + i);
    }
    delays.add(9);
    assertEquals(9, delays.least());
    assertEquals(4, delays.size());
  }

  @Test
  void shouldDoubtTheLeastAsMuchAsItIsWrongWhenQueuesAreExponential() {
    double doubt = 0;
    double wrong = 0;
    for (int seed = 1; seed <= 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      LeastDelay delays = new LeastDelay(1024);
      for (int i = 0; i < 400; i++) {
        delays.add(ROUTE + queued(random, 100_000));
      }
      doubt += delays.uncertainty();
      wrong += delays.least() - ROUTE;
    }
    assertTrue(doubt > wrong && doubt < 1.5 * wrong, doubt + " of " + wrong);
  }

  @Test
  void shouldTakePartOfTheRoundTripForExcessWhenThereAreFew() {
    LeastDelay delays = new LeastDelay(8);
    delays.add(1000);
    assertEquals(1000, delays.uncertainty());
    delays.add(1000);
    assertEquals(500, delays.uncertainty());
    delays.add(1000);
    assertEquals(0, delays.uncertainty());
  }

  @Test
  void shouldFollowWhenTheRouteBecomesLongerAndWhenItBecomesShorter() {
    SplittableRandom random = new SplittableRandom(5);
    LeastDelay delays = new LeastDelay(1024);
    for (int i = 0; i < 500; i++) {
      delays.add(ROUTE + queued(random, 100_000));
    }
    for (int i = 0; i < 64; i++) {
      assertTrue(i > 40 || delays.least() < ROUTE + 100_000, "too early: " + i);
      delays.add(3 * ROUTE + queued(random, 100_000));
    }
    assertTrue(delays.size() < 64);
    assertTrue(delays.least() >= 3 * ROUTE);
    delays.add(ROUTE);
    assertEquals(ROUTE, delays.least());
  }

  @Test
  void shouldForgetNothingByChanceWhenTheRouteStays() {
    SplittableRandom random = new SplittableRandom(9);
    LeastDelay delays = new LeastDelay(1024);
    for (int i = 0; i < 200_000; i++) {
      delays.add(ROUTE + queued(random, 100_000));
      assertTrue(delays.size() == Math.min(i + 1, 1024), "forgot at " + i);
    }
  }

  @Test
  void shouldKeepTheRouteWhenAQueueStandsForAWhile() {
    SplittableRandom random = new SplittableRandom(6);
    LeastDelay delays = new LeastDelay(1024);
    for (int i = 0; i < 1000; i++) {
      long queue = i % 120 < 40 ? 20_000_000 : 0;
      delays.add(ROUTE + queue + queued(random, 100_000));
    }
    assertTrue(delays.least() < ROUTE + 50_000);
    assertEquals(1000, delays.size());
  }
}
