package dev.coeval.sync.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.sync.measure.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DelayFiltersTest {
  private static final PeerId PEER = PeerId.simulated(1);

  private static Measurement exchange(long t1, long forward, long backward) {
    long t2 = t1 + 1000 + forward;
    return new Measurement(PEER, t1, t2, t2, t1 + forward + backward, Root.EXACT);
  }

  @Test
  void shouldGiveTheQuickestOnceWhenOthersAreSlower() {
    MinimumDelayFilter filter = new MinimumDelayFilter(3);
    assertEquals(Optional.of(new OffsetEstimate(100, 1000, 58)), filter.add(exchange(0, 100, 100)));
    assertTrue(filter.add(exchange(1000, 300, 100)).isEmpty());
    assertEquals(1010, filter.add(exchange(2000, 80, 60)).orElseThrow().offsetNanos());
    assertTrue(filter.add(exchange(3000, 100, 100)).isEmpty());
    assertTrue(filter.add(exchange(4000, 100, 90)).isEmpty());
    // The quickest has left the ring of three: the next quickest, though not the newest.
    assertEquals(4095, filter.add(exchange(5000, 200, 200)).orElseThrow().tickNanos());
  }

  @Test
  void shouldStartAnewWhenCleared() {
    MinimumDelayFilter filter = new MinimumDelayFilter(3);
    filter.add(exchange(5000, 10, 10));
    filter.clear();
    assertTrue(filter.add(exchange(0, 100, 100)).isPresent());
  }

  @Test
  void shouldBelieveQuickExchangesMoreThanSlowOnes() {
    DelayWeightedFilter filter = new DelayWeightedFilter(8);
    for (int i = 0; i < 8; i++) {
      filter.add(exchange(i * 1000L, 100, 100));
    }
    OffsetEstimate quick = filter.add(exchange(10_000, 100, 100));
    OffsetEstimate slow = filter.add(exchange(20_000, 1100, 100));
    assertTrue(quick.errorNanos() <= 1, () -> "quick: " + quick);
    assertEquals(1000 / Math.sqrt(12), (double) slow.errorNanos(), 2);
    assertEquals(1500, slow.offsetNanos());
    assertEquals(20_600, slow.tickNanos());
  }

  @Test
  void shouldTakeTheRoundTripForDoubtWhenItIsTheFirst() {
    OffsetEstimate first = new DelayWeightedFilter(8).add(exchange(0, 100, 100));
    assertEquals(200 / Math.sqrt(12), (double) first.errorNanos(), 1);
  }

  /** The error is not only an order of good and bad: it is one standard deviation. */
  @Test
  void shouldClaimTheErrorItHasWhenJitterIsExponential() {
    double sum = 0;
    int count = 0;
    for (int seed = 0; seed < 50; seed++) {
      World world = new World(seed, 0);
      DelayWeightedFilter filter = new DelayWeightedFilter(64);
      for (int i = 0; i < 200; i++) {
        double forward = 50_000 + world.exponential(100_000);
        OffsetEstimate sample =
            filter.add(world.exchange(PEER, forward, 50_000 + world.exponential(100_000), 0));
        if (i >= 20) {
          double error = (double) (sample.offsetNanos() - world.trueOffset());
          sum += error * error / ((double) sample.errorNanos() * sample.errorNanos());
          count++;
        }
      }
    }
    assertEquals(1, Math.sqrt(sum / count), 0.3);
  }

  /** Few values, so that many are equal; and now and then all is forgotten. */
  @Test
  void shouldWeighAsIfItSortedWhatItRemembersAtEachExchange() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int capacity = 1 + random.nextInt(70);
      DelayWeightedFilter filter = new DelayWeightedFilter(capacity);
      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(150) == 0) {
          filter.clear();
          delays.clear();
        }
        long forward = 1_000 + 100L * random.nextInt(20);
        delays.add(forward + 1_000);
        List<Long> last =
            delays.subList(Math.max(0, delays.size() - capacity), delays.size()).stream()
                .sorted()
                .toList();
        long least = last.get(0);
        double unlearned = ExcessDelay.ofUnlearned((double) least, last.size());
        if (last.size() >= 3) { // exchanges that are all alike are all quick ones
          unlearned = Math.min(unlearned, (double) (last.get(last.size() - 1) - least));
        }
        double unsure = 0.15 * (last.get(last.size() / 2) - least) + unlearned;
        long expected = (long) Math.ceil((forward + 1_000 - least + unsure) / Math.sqrt(12));
        assertEquals(
            expected,
            filter.add(exchange(i * 10_000L, forward, 1_000)).errorNanos(),
            "seed " + seed);
      }
    }
  }

  @Test
  void shouldRejectCapacitiesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new MinimumDelayFilter(0));
    assertThrows(IllegalArgumentException.class, () -> new MinimumDelayFilter(1025));
    assertThrows(IllegalArgumentException.class, () -> new DelayWeightedFilter(0));
    assertThrows(IllegalArgumentException.class, () -> new DelayWeightedFilter(1025));
  }
}
