package dev.coeval.sync.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.sync.measure.World;
import org.junit.jupiter.api.Test;

final class DirectionalMinimaTest {
  private static final PeerId PEER = PeerId.simulated(1);

  /** An exchange of offset 1000 whose request and reply take so long. */
  private static Measurement exchange(long t1, long forward, long backward) {
    long t2 = t1 + 1000 + forward;
    return new Measurement(PEER, t1, t2, t2 + 5, t1 + forward + 5 + backward, Root.EXACT);
  }

  @Test
  void shouldTakeEachDirectionFromAnotherExchangeWhenThatIsQuicker() {
    DirectionalMinima minima = new DirectionalMinima(8, 0, 0);
    minima.add(exchange(0, 10, 90));
    minima.add(exchange(1000, 80, 20));
    assertEquals(new OffsetBounds(5000, 980, 1010), minima.boundsAt(5000));
    assertEquals(995, minima.estimateAt(5000, 0).orElseThrow().offsetNanos());
  }

  @Test
  void shouldSubtractTheLeastTimeOfEachWayWhenKnown() {
    DirectionalMinima minima = new DirectionalMinima(8, 7, 0);
    minima.add(exchange(0, 10, 20));
    assertEquals(new OffsetBounds(100, 987, 1003), minima.boundsAt(100));
  }

  @Test
  void shouldWidenWithAgeAtTheDriftBound() {
    DirectionalMinima minima = new DirectionalMinima(8, 0, 200_000);
    minima.add(exchange(0, 10, 10));
    OffsetBounds fresh = minima.boundsAt(25);
    OffsetBounds old = minima.boundsAt(1_000_000_025L);
    assertEquals(200_042, old.highNanos() - fresh.highNanos());
    assertEquals(200_042, fresh.lowNanos() - old.lowNanos());
  }

  @Test
  void shouldBeEmptyWhenThePeerStepped() {
    DirectionalMinima minima = new DirectionalMinima(8, 0, 200_000);
    minima.add(exchange(0, 10, 10));
    Measurement stepped = new Measurement(PEER, 1000, 3_000_010, 3_000_015, 1025, Root.EXACT);
    minima.add(stepped);
    assertTrue(minima.boundsAt(1025).isEmpty());
    minima.clear();
    minima.add(stepped);
    assertFalse(minima.boundsAt(1025).isEmpty());
  }

  @Test
  void shouldForgetTheOldestWhenFull() {
    DirectionalMinima minima = new DirectionalMinima(2, 0, 0);
    minima.add(exchange(0, 1, 1));
    minima.add(exchange(100, 10, 10));
    minima.add(exchange(200, 20, 20));
    assertEquals(2, minima.size());
    assertEquals(new OffsetBounds(300, 990, 1010), minima.boundsAt(300));
  }

  @Test
  void shouldKnowNothingWhenNothingWasAdded() {
    DirectionalMinima minima = new DirectionalMinima(2, 0, 0);
    assertTrue(minima.estimateAt(0, 0).isEmpty());
    assertEquals(new OffsetBounds(9, Long.MIN_VALUE, Long.MAX_VALUE), minima.boundsAt(9));
    assertEquals(0, minima.meanAgeNanosAt(9));
  }

  @Test
  void shouldTellTheMeanAgeOfWhatItHolds() {
    DirectionalMinima minima = new DirectionalMinima(4, 0, 0);
    minima.add(exchange(0, 10, 10));
    minima.add(exchange(100, 10, 10));
    assertEquals(925, minima.meanAgeNanosAt(1000));
  }

  /** Error figures are right within a factor of two where the jitter is exponential. */
  @Test
  void shouldClaimTheErrorItHasWhenJitterIsExponential() {
    for (int n : new int[] {8, 16, 64}) {
      double squares = 0;
      double claimed = 0;
      for (int seed = 0; seed < 500; seed++) {
        World world = new World(seed, 0);
        DirectionalMinima minima = new DirectionalMinima(n, 0, 0);
        for (int i = 0; i < n; i++) {
          double forward = 50_000 + world.exponential(100_000);
          minima.add(world.exchange(PEER, forward, 50_000 + world.exponential(100_000), 0));
        }
        OffsetEstimate estimate = minima.estimateAt(world.tick(), 0).orElseThrow();
        double error = estimate.offsetNanos() - world.trueOffset();
        squares += error * error / 500;
        claimed += (double) estimate.errorNanos() * estimate.errorNanos() / 500;
      }
      double ratio = Math.sqrt(claimed / squares);
      assertTrue(ratio > 0.5 && ratio < 2, "claimed over true, n=" + n + ": " + ratio);
      double theory = 100_000 / (Math.sqrt(2) * n);
      assertTrue(Math.sqrt(squares) < 1.3 * theory, "n=" + n + ": " + Math.sqrt(squares));
    }
  }

  @Test
  void shouldRejectLimitsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new DirectionalMinima(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new DirectionalMinima(1025, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new DirectionalMinima(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new DirectionalMinima(1, 0, -1));
  }

  @Test
  void shouldStayAsItWasWhenStampsOverflow() {
    DirectionalMinima minima = new DirectionalMinima(2, 0, 0);
    minima.add(exchange(0, 1, 1));
    Measurement absurd =
        new Measurement(PEER, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, Root.EXACT);
    assertThrows(ArithmeticException.class, () -> minima.add(absurd));
    assertEquals(1, minima.size());
    assertEquals(new OffsetBounds(10, 999, 1001), minima.boundsAt(10));
  }
}
