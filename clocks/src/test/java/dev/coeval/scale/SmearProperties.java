package dev.coeval.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Smears against their definitions in whole numbers, and what every smear must keep. */
class SmearProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant DAY = Instant.parse("2017-01-01T00:00:00Z");
  private static final LeapSecond INSERTED = LeapSecond.inserted(DAY);
  private static final LeapSecond DELETED = LeapSecond.deleted(DAY);

  @Provide
  Arbitrary<Smear> smears() {
    return Arbitraries.of(
        Smear.noonToNoon(),
        Smear.utcSls(),
        Smear.cosineNoonToNoon(),
        Smear.cosine(Duration.ofSeconds(3), Duration.ZERO),
        Smear.linear(Duration.ZERO, Duration.ofSeconds(3)),
        Smear.linear(Duration.ofHours(20), Duration.ZERO),
        Smear.quadratic(400, 0.001),
        Smear.quadratic(10, 0.001),
        Smear.quadratic(333_333, 1e12),
        Smear.slewed(83_333_333),
        Smear.slewed(333_333_333),
        Smear.slewed(1_000));
  }

  @Property
  void shouldBeExactlyNothingBeforeAndTheWholeSecondAfter(
      @ForAll("smears") Smear smear,
      @ForAll boolean inserted,
      @ForAll @LongRange(min = 0) long by) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    long start = smear.startNanos(leap);
    long end = smear.endNanos(leap);
    long before = Saturated.subtract(start, by);
    long after = Saturated.add(end, by);
    assertEquals(0, smear.offsetNanosAt(leap, before));
    assertEquals(before, smear.smearedNanosOf(leap, before));
    assertEquals(before, smear.unbrokenNanosOf(leap, before));
    assertEquals(leap.shiftNanos(), smear.offsetNanosAt(leap, after));
    assertEquals(leap.utcNanosOf(after), smear.smearedNanosOf(leap, after));
    assertEquals(0.0, smear.rateAt(leap, end));
    assertTrue(Math.abs(smear.offsetNanosAt(leap, start + 1)) <= 1, "jumps at its start");
    assertTrue(Math.abs(smear.offsetNanosAt(leap, end - 1) - leap.shiftNanos()) <= 1, "or end");
  }

  @Property
  void shouldNeverGoBackAndComeBackToTheNanosecond(
      @ForAll("smears") Smear smear,
      @ForAll boolean inserted,
      @ForAll @DoubleRange(min = 0, max = 1) double where,
      @ForAll @LongRange(min = 0, max = 10 * SECOND) long later) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    long start = smear.startNanos(leap);
    long at = start + (long) (where * (smear.endNanos(leap) - start));
    long smeared = smear.smearedNanosOf(leap, at);
    assertTrue(smear.smearedNanosOf(leap, at + later) >= smeared);
    assertTrue(smear.smearedNanosOf(leap, at + 1) >= smeared);
    long back = smear.unbrokenNanosOf(leap, smeared);
    assertTrue(back <= at && at - back <= 1, () -> "off by " + (at - back));
    assertEquals(smeared, smear.smearedNanosOf(leap, back));
    assertTrue(smear.smearedNanosOf(leap, back - 1) < smeared, "not the first");
  }

  @Property
  void shouldHaveTheRateOfItsOffset(
      @ForAll("smears") Smear smear,
      @ForAll boolean inserted,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double where) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    long start = smear.startNanos(leap);
    long length = smear.endNanos(leap) - start;
    long half = length / 20_000;
    long at = start + (long) (where * length);
    double secant =
        (smear.offsetNanosAt(leap, at + half) - smear.offsetNanosAt(leap, at - half))
            / (2.0 * half);
    double rate = smear.rateAt(leap, at);
    double before = Math.abs(smear.rateAt(leap, at - half) - rate);
    double after = Math.abs(smear.rateAt(leap, at + half) - rate); // a peak lies between the ends
    assertEquals(secant, rate, Math.max(before, after) + 2.0 / half);
    assertEquals(leap.seconds(), Math.signum(smear.rateAt(leap, at)));
  }

  @Property
  void shouldBeAStraightLineWhenLinear(
      @ForAll @IntRange(min = 2, max = 200_000) int before,
      @ForAll @IntRange(min = 2, max = 200_000) int after,
      @ForAll boolean inserted,
      @ForAll @DoubleRange(min = -0.1, max = 1.1) double where) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    Smear smear = Smear.linear(Duration.ofSeconds(before), Duration.ofSeconds(after));
    long start = leap.epochNanos() - before * SECOND;
    long end = leap.epochNanos() + leap.shiftNanos() + after * SECOND; // the smeared clock's ends
    long at = start + (long) (where * (end - start));
    assertEquals(NaiveScales.linear(leap, start, end, at), smear.offsetNanosAt(leap, at));
  }

  @Property
  void shouldBeUtcSlsAsKuhnSays(@ForAll boolean inserted, @ForAll @IntRange(max = 1001) int left) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    long endOfDay = leap.epochNanos() + leap.shiftNanos(); // in unbroken time
    long at = endOfDay - left * SECOND;
    long expected = leap.seconds() * Math.max(0L, 1000L - left) * (SECOND / 1000);
    assertEquals(expected, Smear.utcSls().offsetNanosAt(leap, at));
  }

  @Property(tries = 200)
  void shouldBeACosineToTheNanosecond(
      @ForAll boolean inserted, @ForAll @DoubleRange(min = 0, max = 1) double where) {
    LeapSecond leap = inserted ? INSERTED : DELETED;
    long start = leap.epochNanos() - 43_200 * SECOND;
    long end = leap.epochNanos() + leap.shiftNanos() + 43_200 * SECOND;
    long at = start + (long) (where * (end - start));
    long expected = NaiveScales.cosine(leap, start, end, at);
    long actual = Smear.cosineNoonToNoon().offsetNanosAt(leap, at);
    assertTrue(Math.abs(expected - actual) <= 1, () -> expected + " against " + actual);
  }

  @Property(tries = 40)
  void shouldBeTheAreaUnderABoundedRateWhenQuadratic(
      @ForAll @DoubleRange(min = 5, max = 400) double ppm,
      @ForAll @IntRange(min = 5, max = 10_000) int wanderTenThousandths,
      @ForAll @DoubleRange(min = 0, max = 1) double where) {
    double wander = wanderTenThousandths * 1e-4;
    Smear smear = Smear.quadratic(ppm, wander);
    double seconds = NaiveScales.duration(ppm * 1e-6, wander * 1e-6);
    long length = smear.endNanos(INSERTED) - smear.startNanos(INSERTED);
    assertEquals(seconds, length / 1e9, 1e-3);
    long at = smear.startNanos(INSERTED) + (long) (where * length);
    double expected = NaiveScales.quadratic(ppm * 1e-6, wander * 1e-6, where * seconds);
    assertEquals(expected, smear.offsetNanosAt(INSERTED, at) / 1e9, 1e-6);
    assertTrue(smear.rateAt(INSERTED, at) <= ppm * 1e-6 * (1 + 1e-9));
  }

  @Example
  void shouldTakeAsLongAsPublishedWhenOfThoseParameters() {
    long noon = INSERTED.epochNanos() - 43_200 * SECOND;
    assertEquals(noon, Smear.noonToNoon().startNanos(INSERTED));
    assertEquals(noon + 86_401 * SECOND, Smear.noonToNoon().endNanos(INSERTED));
    assertEquals(noon + 86_399 * SECOND, Smear.noonToNoon().endNanos(DELETED));
    assertEquals(11.574e-6, Smear.noonToNoon().rateAt(INSERTED, noon), 1e-9);
    long leap = INSERTED.epochNanos();
    assertEquals(500, Smear.noonToNoon().offsetNanosAt(INSERTED, leap + SECOND / 2) / 1_000_000);
    Smear chrony = Smear.quadratic(400, 0.001);
    assertEquals(leap, chrony.startNanos(INSERTED));
    assertEquals(63_245.553, (chrony.endNanos(INSERTED) - leap) / 1e9, 1e-3);
    assertEquals(12.0, (Smear.slewed(83_333_333).endNanos(INSERTED) - leap) / 1e9, 1e-6);
  }

  @Example
  void shouldRefuseWhatNoClockCanDo() {
    Duration month = Duration.ofDays(30);
    List<Runnable> all =
        List.of(
            () -> Smear.linear(Duration.ofSeconds(2), Duration.ZERO),
            () -> Smear.linear(Duration.ofSeconds(-1), Duration.ofSeconds(10)),
            () -> Smear.cosine(Duration.ofSeconds(10), Duration.ofSeconds(-1)),
            () -> Smear.linear(month, Duration.ofSeconds(1)),
            () -> Smear.linear(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(1)),
            () -> Smear.slewed(333_333_334),
            () -> Smear.slewed(385),
            () -> Smear.slewed(Long.MIN_VALUE),
            () -> Smear.quadratic(0, 1),
            () -> Smear.quadratic(Double.NaN, 1),
            () -> Smear.quadratic(1, Double.NaN),
            () -> Smear.quadratic(1, 0),
            () -> Smear.quadratic(0.3, 1),
            () -> Smear.quadratic(333_334, 1e12));
    for (Runnable each : all) {
      assertThrows(IllegalArgumentException.class, each::run);
    }
    assertEquals(Smear.utcSls(), Smear.utcSls());
    assertEquals(Smear.utcSls().hashCode(), Smear.utcSls().hashCode());
    assertTrue(!Smear.utcSls().equals(Smear.noonToNoon()));
    assertTrue(Smear.slewed(1000).toString().contains("1000"));
  }
}
