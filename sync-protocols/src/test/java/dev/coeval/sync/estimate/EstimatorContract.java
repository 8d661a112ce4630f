package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every estimator of exchanges keeps, whatever its name. */
final class EstimatorContract {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_800_000_000_000_000_000L;
  private static final long DRIFT_PPB = 200_000;
  private static final double FREQUENCY = 40e-6;

  /** All that estimate of exchanges by themselves: {@code pll} follows the combined offset. */
  static Stream<String> names() {
    return Disciplines.names().stream().filter(name -> !name.equals("pll"));
  }

  private static Estimator create(String name) {
    return Disciplines.named(name).orElseThrow().ofSource().get();
  }

  private static Measurement exchange(long tick, long offset, long forward, long backward) {
    long served = tick + forward + offset;
    return new Measurement(PEER, tick, served, served, tick + forward + backward, Root.EXACT);
  }

  private static boolean feed(Estimator estimator, Measurement measurement) {
    return estimator.add(measurement, measurement.bounds(0, DRIFT_PPB));
  }

  private static void assertNear(long expected, long actual, long within) {
    long off = Math.abs(actual - expected);
    assertTrue(off <= within, () -> actual + " is off by " + off);
  }

  private static long truth(long tick) {
    return Math.round(tick * FREQUENCY);
  }

  /** One exchange a second over a path of 400 µs with exponential jitter. */
  private static List<Measurement> trace(long seed, int count, long offset) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Measurement> exchanges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long tick = i * SECOND;
      long forward = 200_000 + Math.round(50_000 * random.nextExponential());
      long backward = 200_000 + Math.round(50_000 * random.nextExponential());
      exchanges.add(exchange(tick, offset + truth(tick), forward, backward));
    }
    return exchanges;
  }

  private static long end(List<Measurement> exchanges) {
    return exchanges.get(exchanges.size() - 1).receivedTickNanos();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeUnknownWhenThereWasNoExchange(String name) {
    Estimator estimator = create(name);
    assertFalse(estimator.isKnown());
    assertThrows(IllegalStateException.class, () -> estimator.offsetNanosAt(0));
    assertThrows(IllegalStateException.class, () -> estimator.errorNanosAt(0));
    assertEquals(0, estimator.frequency());
    assertTrue(estimator.frequencyError() > 0);
    assertTrue(estimator.wander() >= 0);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldGiveTheMiddleWhenThereWasOneExchange(String name) {
    Estimator estimator = create(name);
    assertTrue(feed(estimator, exchange(5 * SECOND, EPOCH, 300_000, 100_000)));
    assertTrue(estimator.isKnown());
    long there = estimator.offsetNanosAt(5 * SECOND + 400_000);
    assertNear(EPOCH + 100_000, there, 1);
    assertEquals(0, estimator.frequency(), 1e-9);
    assertTrue(estimator.errorNanosAt(5 * SECOND + 400_000) > 0);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldMoveAllOffsetsByExactlyThatWhenShifted(String name) {
    Estimator estimator = create(name);
    Estimator control = create(name);
    List<Measurement> before = trace(7, 60, 0);
    List<Measurement> shifted = trace(7, 60, -SECOND);
    for (int i = 0; i < 40; i++) {
      feed(estimator, before.get(i));
      feed(control, before.get(i));
    }
    estimator.shift(-SECOND);
    long tick = end(before);
    assertEquals(control.offsetNanosAt(tick) - SECOND, estimator.offsetNanosAt(tick));
    assertEquals(control.errorNanosAt(tick), estimator.errorNanosAt(tick));
    for (int i = 40; i < 60; i++) {
      feed(estimator, shifted.get(i));
      feed(control, before.get(i));
    }
    assertNear(control.offsetNanosAt(tick) - SECOND, estimator.offsetNanosAt(tick), 1);
    assertEquals(control.frequency(), estimator.frequency(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldForgetTheOffsetWhenReset(String name) {
    Estimator estimator = create(name);
    trace(8, 40, 0).forEach(m -> feed(estimator, m));
    double frequency = estimator.frequency();
    estimator.reset();
    assertFalse(estimator.isKnown());
    assertThrows(IllegalStateException.class, () -> estimator.offsetNanosAt(0));
    feed(estimator, exchange(100 * SECOND, EPOCH, 200_000, 200_000));
    assertNear(EPOCH, estimator.offsetNanosAt(100 * SECOND + 200_000), 100);
    assertEquals(frequency, estimator.frequency(), 1e-6, "the oscillator is the same");
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldStayWithinTheBoundsWhateverComes(String name) {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Estimator estimator = create(name);
      long tick = 0;
      for (int i = 0; i < 200; i++) {
        tick += 1_000_000 + random.nextLong(SECOND);
        Measurement wild =
            exchange(tick, random.nextLong(1_000_000), random.nextLong(100_000), 100_000);
        long middle = random.nextLong(1_000_000);
        OffsetBounds bounds =
            new OffsetBounds(wild.receivedTickNanos(), middle - 1_000, middle + 1_000);
        estimator.add(wild, bounds);
        long there = estimator.offsetNanosAt(bounds.tickNanos());
        assertEquals(bounds.clamp(there), there, "seed " + seed + " at " + i);
        assertIsSane(estimator, bounds.tickNanos());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldSayTheSameWhenExchangesAreTheSame(String name) {
    Estimator one = create(name);
    Estimator other = create(name);
    for (Measurement measurement : trace(9, 100, EPOCH)) {
      assertEquals(feed(one, measurement), feed(other, measurement));
      long tick = measurement.receivedTickNanos();
      assertEquals(one.offsetNanosAt(tick), other.offsetNanosAt(tick));
      assertEquals(one.errorNanosAt(tick), other.errorNanosAt(tick));
      assertEquals(one.frequency(), other.frequency());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldTakeNoHarmWhenExchangesComeTwiceOrLate(String name) {
    Estimator estimator = create(name);
    List<Measurement> exchanges = trace(10, 100, 0);
    for (int i = 0; i + 1 < 100; i += 2) {
      feed(estimator, exchanges.get(i + 1));
      feed(estimator, exchanges.get(i + 1));
      feed(estimator, exchanges.get(i));
    }
    feed(estimator, exchanges.get(99));
    long tick = end(exchanges);
    assertIsSane(estimator, tick);
    assertNear(truth(tick), estimator.offsetNanosAt(tick), 60_000);
    assertEquals(FREQUENCY, estimator.frequency(), 5e-6);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldLoseNoNanosecondWhenOffsetsAreSinceTheEpoch(String name) {
    Estimator near = create(name);
    Estimator far = create(name);
    List<Measurement> small = trace(11, 100, 0);
    List<Measurement> large = trace(11, 100, EPOCH);
    for (int i = 0; i < 100; i++) {
      feed(near, small.get(i));
      feed(far, large.get(i));
      long tick = small.get(i).receivedTickNanos();
      assertNear(near.offsetNanosAt(tick) + EPOCH, far.offsetNanosAt(tick), 1);
      assertEquals(near.frequency(), far.frequency(), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldStaySaneWhenExchangesAreExtreme(String name) {
    long[] offsets = {0, 1L << 60, -(1L << 60), 5, 5, 5, 7, 1L << 60, 0, 0, 0, 1, 0, 0};
    long[] ticks = {0, 1, 2, 2, 1L << 58, 3, 4, 4, 4, -(1L << 58), 9, 10, 11, 1L << 59};
    Estimator estimator = create(name);
    for (int i = 0; i < offsets.length; i++) {
      Measurement measurement = exchange(ticks[i], offsets[i], i % 3, i % 2);
      OffsetBounds wide = new OffsetBounds(measurement.receivedTickNanos(), -(1L << 61), 1L << 61);
      estimator.add(measurement, wide);
      assertIsSane(estimator, measurement.receivedTickNanos());
    }
  }

  private static void assertIsSane(Estimator estimator, long tick) {
    assertTrue(estimator.errorNanosAt(tick) >= 0, "error " + estimator.errorNanosAt(tick));
    assertTrue(estimator.errorNanosAt(tick) < Double.POSITIVE_INFINITY);
    assertTrue(Math.abs(estimator.frequency()) <= ClockModel.MAX_FREQUENCY);
    assertTrue(estimator.frequencyError() >= 0);
    assertTrue(estimator.frequencyError() < Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeLessSureWhenTimePasses(String name) {
    for (int count : new int[] {1, 2, 5, 80}) {
      Estimator estimator = create(name);
      List<Measurement> exchanges = trace(12, count, 0);
      exchanges.forEach(m -> feed(estimator, m));
      double before = estimator.errorNanosAt(end(exchanges));
      for (long age = SECOND; age < 100_000 * SECOND; age *= 3) {
        double later = estimator.errorNanosAt(end(exchanges) + age);
        assertTrue(later > before, later + " after " + before + ", " + count + " exchanges");
        before = later;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldErrByHalfTheAsymmetryWhenThePathIsAsymmetric(String name) {
    Estimator estimator = create(name);
    for (int i = 0; i < 100; i++) {
      Measurement measurement = exchange(i * SECOND, EPOCH, 700_000, 100_000);
      feed(estimator, measurement);
      OffsetBounds bounds = measurement.bounds(0, DRIFT_PPB);
      long there = estimator.offsetNanosAt(bounds.tickNanos());
      assertNear(EPOCH + 300_000, there, 2);
      assertEquals(EPOCH, bounds.clamp(EPOCH), "the bound still covers the truth");
    }
    assertEquals(0, estimator.frequency(), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldFollowWhenTheSourceStepsWithinItsBounds(String name) {
    Estimator estimator = create(name);
    List<Measurement> before = trace(13, 160, 0);
    List<Measurement> after = trace(13, 160, -150_000);
    for (int i = 0; i < 160; i++) {
      feed(estimator, (i < 80 ? before : after).get(i));
    }
    long tick = end(after);
    assertNear(truth(tick) - 150_000, estimator.offsetNanosAt(tick), 40_000);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldStayWithinItsErrorsWhenExchangesAreAsAssumed(String name) {
    int covered = 0;
    int frequencies = 0;
    for (int seed = 0; seed < 100; seed++) {
      Estimator estimator = create(name);
      List<Measurement> exchanges = trace(seed, 80, EPOCH);
      exchanges.forEach(m -> feed(estimator, m));
      long tick = end(exchanges);
      double off = estimator.offsetNanosAt(tick) - (EPOCH + truth(tick));
      covered += Math.abs(off) <= 3 * estimator.errorNanosAt(tick) + 1 ? 1 : 0;
      double wrong = Math.abs(estimator.frequency() - FREQUENCY);
      frequencies += wrong <= 3 * estimator.frequencyError() ? 1 : 0;
    }
    assertTrue(covered >= 95, "of 100 offsets only " + covered);
    assertTrue(frequencies >= 95, "of 100 frequencies only " + frequencies);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldThrowWhenTheBoundsAreEmpty(String name) {
    Measurement measurement = exchange(0, 0, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> create(name).add(measurement, new OffsetBounds(2, 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldKeepWhatItKnowsOfTheOscillatorWhenItsSourceFallsSilent(String name) {
    Estimator estimator = create(name);
    List<Measurement> exchanges = trace(14, 100, 0);
    exchanges.subList(0, 90).forEach(m -> feed(estimator, m));
    double frequency = estimator.frequency();
    estimator.fallSilent();
    assertEquals(frequency, estimator.frequency());
    exchanges.subList(90, 100).forEach(m -> feed(estimator, m));
    assertNear(truth(end(exchanges)), estimator.offsetNanosAt(end(exchanges)), 60_000);
  }
}
