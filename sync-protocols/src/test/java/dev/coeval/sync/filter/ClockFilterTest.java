package dev.coeval.sync.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.filter.ClockFilter.Filtered;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClockFilterTest {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final long PRECISION = 20;
  private static final Root ROOT = new Root(0, 0, 100);
  private static final long SECOND = 1_000_000_000L;

  private static Measurement exchange(long t1, long offset, long forward, long backward) {
    long t2 = t1 + offset + forward;
    return new Measurement(PEER, t1, t2, t2, t1 + forward + backward, ROOT);
  }

  @Test
  void shouldGiveHalfOfTheLargestDispersionWhenOneStageIsFilled() {
    Filtered first = new ClockFilter(PRECISION).add(exchange(0, 5000, 300, 100), 0).orElseThrow();
    assertEquals(5100, first.estimate().offsetNanos());
    assertEquals(400, first.delayNanos());
    // 120 / 2, and 16 s times 1/4 + 1/8 + ... + 1/256
    assertEquals(60 + 16e9 * 127 / 256, (double) first.dispersionNanos(), 1);
    assertEquals(PRECISION, first.jitterNanos());
    assertEquals(200 + first.dispersionNanos(), first.distanceNanos());
  }

  @Test
  void shouldNotUseAnExchangeTwiceOrAnOlderOne() {
    ClockFilter filter = new ClockFilter(PRECISION);
    assertTrue(filter.add(exchange(0, 0, 100, 100), 0).isPresent());
    assertTrue(filter.add(exchange(SECOND, 0, 400, 100), 0).isEmpty());
    assertTrue(filter.add(exchange(2 * SECOND, 0, 50, 100), 0).isPresent());
    for (int i = 3; i < 10; i++) {
      assertTrue(filter.add(exchange(i * SECOND, 0, 300, 100), 0).isEmpty(), "at " + i);
    }
    assertTrue(filter.add(exchange(10 * SECOND, 0, 300, 100), 0).isPresent());
  }

  @Test
  void shouldTellOfSilenceByDispersion() {
    ClockFilter filter = new ClockFilter(PRECISION);
    for (int i = 0; i < 8; i++) {
      filter.add(exchange(i * SECOND, 0, 100, 100), 0);
    }
    filter.missed(8 * SECOND);
    filter.missed(9 * SECOND);
    Filtered after = filter.add(exchange(10 * SECOND, 0, 90, 90), 0).orElseThrow();
    // The two dummies are the last of eight: 16 s times 1/128 + 1/256.
    assertTrue(after.dispersionNanos() >= 16e9 * 3 / 256, () -> "" + after);
    assertTrue(after.dispersionNanos() < 16e9 * 3 / 256 + 100_000, () -> "" + after);
  }

  @Test
  void shouldMoveOffsetsAlongTheFrequencyBeforeItComparesThem() {
    ClockFilter filter = new ClockFilter(PRECISION);
    Optional<Filtered> last = Optional.empty();
    for (int i = 0; i < 8; i++) {
      last = filter.add(exchange(i * SECOND, i * 100_000L, 100, 100), 100e-6);
    }
    assertEquals(PRECISION, last.orElseThrow().jitterNanos());
  }

  /** The formulas of section 10 over a plain list, written a second time. */
  @Test
  void shouldEqualTheFormulasWhenFedAtRandom() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ClockFilter filter = new ClockFilter(PRECISION);
      List<Measurement> polls = new ArrayList<>();
      long tick = 0;
      for (int i = 0; i < 30; i++) {
        tick += 1 + random.nextLong(64 * SECOND);
        Measurement m =
            exchange(
                tick, random.nextLong(1_000_000), random.nextLong(9_999), random.nextLong(9_999));
        polls.add(m);
        Optional<Filtered> filtered = filter.add(m, 0);
        if (filtered.isPresent()) {
          check(polls.subList(Math.max(0, polls.size() - 8), polls.size()), filtered.get(), seed);
        }
      }
    }
  }

  private static void check(List<Measurement> held, Filtered filtered, int seed) {
    long now = held.get(held.size() - 1).receivedTickNanos();
    List<Measurement> sorted = new ArrayList<>(held);
    sorted.sort(Comparator.comparingLong(m -> Math.max(PRECISION, m.delayNanos())));
    double dispersion = 0;
    double squares = 0;
    double share = 0.5;
    for (Measurement m : sorted) {
      long age = now - m.receivedTickNanos();
      dispersion += share * (120 + 15e-6 * (m.roundTripNanos() + age));
      squares += Math.pow((double) (m.offsetNanos() - sorted.get(0).offsetNanos()), 2);
      share /= 2;
    }
    dispersion += 16e9 * (2 * share - 1.0 / 256);
    double jitter = sorted.size() < 2 ? 0 : Math.sqrt(squares / (sorted.size() - 1));
    assertEquals(sorted.get(0).offsetNanos(), filtered.estimate().offsetNanos(), "seed " + seed);
    assertEquals(dispersion, (double) filtered.dispersionNanos(), 1.1, "seed " + seed);
    assertEquals(
        Math.max((double) PRECISION, jitter), (double) filtered.jitterNanos(), 1.1, "seed " + seed);
  }

  @Test
  void shouldRejectANegativePrecision() {
    assertThrows(IllegalArgumentException.class, () -> new ClockFilter(-1));
  }
}
