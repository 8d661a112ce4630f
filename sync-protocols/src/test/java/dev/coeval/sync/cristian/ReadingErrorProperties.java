package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Cristian's formulas against exact arithmetic. */
final class ReadingErrorProperties {
  private static final MathContext EXACT = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final long HOUR = 3_600_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  @Property
  void shouldBeTheErrorRoundedUpWhenGivenARoundTrip(
      @ForAll @LongRange(min = 0, max = HOUR) long roundTrip,
      @ForAll @LongRange(min = 0, max = SECOND) long min,
      @ForAll @LongRange(min = 0, max = 100_000_000) long ppb) {
    BigDecimal rho = rho(ppb).divide(BigDecimal.ONE.subtract(rho(ppb)), EXACT);
    BigDecimal half = of(roundTrip).divide(TWO);
    BigDecimal exact = half.multiply(BigDecimal.ONE.add(TWO.multiply(rho))).subtract(of(min));
    BigDecimal error = of(ReadingError.ofRoundTrip(roundTrip, min, ppb));
    assertTrue(error.compareTo(exact) >= 0, "not below " + exact);
    assertTrue(error.subtract(exact).compareTo(TWO) < 0, "nor far above " + exact);
  }

  @Property
  void shouldKeepTheErrorWhenRoundTripIsTheLongest(
      @ForAll @LongRange(min = 0, max = HOUR) long error,
      @ForAll @LongRange(min = 0, max = SECOND) long min,
      @ForAll @LongRange(min = 0, max = 100_000_000) long ppb) {
    long longest = ReadingError.maxRoundTripNanos(error, min, ppb);
    BigDecimal exact =
        TWO.multiply(BigDecimal.ONE.subtract(TWO.multiply(rho(ppb)))).multiply(of(error + min));
    assertTrue(of(longest).compareTo(exact) <= 0);
    assertTrue(exact.subtract(of(longest)).compareTo(BigDecimal.ONE) < 0);
    assertTrue(ReadingError.ofRoundTrip(longest, min, ppb) <= error + 1);
  }

  @Property
  void shouldStayBelowTheTargetWhenReadingIsAsOldAsItMayBe(
      @ForAll @LongRange(min = 0, max = HOUR) long target,
      @ForAll @LongRange(min = 0, max = HOUR) long error,
      @ForAll @LongRange(min = 1, max = 100_000_000) long ppb) {
    long valid = ReadingError.validForNanos(target, error, ppb);
    BigDecimal growth = rho(ppb).divide(BigDecimal.ONE.subtract(rho(ppb)), EXACT);
    if (target > error) {
      BigDecimal later = of(error).add(of(valid).multiply(growth));
      assertTrue(later.compareTo(of(target)) <= 0);
      BigDecimal muchLater = later.add(TWO).add(growth);
      assertTrue(
          valid == Long.MAX_VALUE || muchLater.compareTo(of(target)) >= 0,
          "nor sooner than needed");
      assertTrue(of(valid).compareTo(of(target - error).divide(rho(ppb), EXACT)) <= 0);
    } else {
      assertEquals(0, valid);
    }
  }

  @Property
  void shouldLastForEverWhenOscillatorIsPerfect(
      @ForAll @LongRange(min = 0, max = HOUR) long error) {
    assertEquals(Long.MAX_VALUE, ReadingError.validForNanos(error + 2, error, 0));
    assertEquals(Long.MAX_VALUE, ReadingError.validForNanos(Long.MAX_VALUE, error, 1));
  }

  /**
   * A reading whose delays and drift are known. True time is in nanoseconds since T1; the local
   * clock runs at {@code 1 + drift}, and shows a tick of 0 at T1.
   */
  @Property(tries = 5_000)
  void shouldHoldTheTruthAndCristiansIntervalWhenDelaysAndDriftAreKnown(
      @ForAll @LongRange(min = 0, max = SECOND) long min,
      @ForAll @LongRange(min = 0, max = SECOND) long forwardExtra,
      @ForAll @LongRange(min = 0, max = SECOND) long backwardExtra,
      @ForAll @LongRange(min = 0, max = 1_000_000) long ppb,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long wantedDrift) {
    long drift = Math.max(-ppb, Math.min(ppb, wantedDrift));
    long start = 1_700_000_000 * SECOND;
    long served = start + min + forwardExtra;
    long end = served + min + backwardExtra;
    BigDecimal localEnd = of(end - start).multiply(BigDecimal.ONE.add(rho(drift)));
    long receivedTick = localEnd.longValue(); // a tick that was read shows what has passed
    Measurement reading =
        new Measurement(
            PeerId.simulated(1), 0, served, served, receivedTick, Measurement.Root.EXACT);
    OffsetBounds bounds = reading.bounds(min, ppb);
    long truth = end - receivedTick;
    assertTrue(
        bounds.lowNanos() - 1 <= truth && truth <= bounds.highNanos() + 1,
        "holds the truth, but for the nanosecond that a whole tick hides");

    // [T + min (1 - rho), T + 2D (1 + 2 rho) - min (1 + rho)], Cristian 1989
    BigDecimal low = of(served).add(of(min).multiply(BigDecimal.ONE.subtract(rho(ppb))));
    BigDecimal high =
        of(served)
            .add(of(receivedTick).multiply(BigDecimal.ONE.add(TWO.multiply(rho(ppb)))))
            .subtract(of(min).multiply(BigDecimal.ONE.add(rho(ppb))));
    BigDecimal width = of(bounds.highNanos() - bounds.lowNanos());
    BigDecimal slack =
        of(4).add(of(receivedTick).multiply(rho(ppb)).multiply(rho(ppb)).multiply(of(4)));
    assertTrue(width.compareTo(high.subtract(low).add(slack)) <= 0, "no wider than the theorem's");
    long error = ReadingError.ofRoundTrip(receivedTick, min, ppb);
    assertTrue(
        Math.abs(bounds.midpointNanos() - truth) <= error + 2, "the middle is as good as said");
  }

  private static BigDecimal rho(long ppb) {
    return BigDecimal.valueOf(ppb, 9);
  }

  private static BigDecimal of(long nanos) {
    return BigDecimal.valueOf(nanos);
  }
}
