package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Intervals against unbounded integers. */
class BoundedInstantProperties {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  @Property
  void shouldHoldItsEndsWithinTheRangeWhenMadeAroundAPoint(
      @ForAll long epochNanos, @ForAll long error) {
    long errorNanos = error & Long.MAX_VALUE;
    BoundedInstant interval = BoundedInstant.around(epochNanos, errorNanos);
    BigInteger middle = BigInteger.valueOf(epochNanos);
    BigInteger half = BigInteger.valueOf(errorNanos);
    assertEquals(middle.subtract(half).max(MIN), BigInteger.valueOf(interval.earliestEpochNanos()));
    assertEquals(middle.add(half).min(MAX), BigInteger.valueOf(interval.latestEpochNanos()));
  }

  @Property
  void shouldAgreeWithExactArithmeticWhenAskedForMiddleWidthAndError(
      @ForAll long a, @ForAll long b, @ForAll long point) {
    BoundedInstant interval = new BoundedInstant(Math.min(a, b), Math.max(a, b));
    BigInteger low = BigInteger.valueOf(interval.earliestEpochNanos());
    BigInteger high = BigInteger.valueOf(interval.latestEpochNanos());
    BigInteger at = BigInteger.valueOf(point);
    assertEquals(low.add(high).shiftRight(1), BigInteger.valueOf(interval.midpointEpochNanos()));
    assertEquals(high.subtract(low).min(MAX), BigInteger.valueOf(interval.widthNanos()));
    if (interval.isBounded()) {
      assertEquals(
          high.subtract(at).max(at.subtract(low)).min(MAX),
          BigInteger.valueOf(interval.errorNanosOf(point)));
    }
  }

  @Property
  void shouldAllowExactlyTheCommonPointsWhenIntersected(
      @ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d, @ForAll long point) {
    BoundedInstant one = new BoundedInstant(Math.min(a, b), Math.max(a, b));
    BoundedInstant two = new BoundedInstant(Math.min(c, d), Math.max(c, d));
    Optional<BoundedInstant> both = one.intersection(two);
    boolean inBoth = one.contains(point) && two.contains(point);
    assertEquals(inBoth, both.isPresent() && both.get().contains(point));
    assertEquals(both.isEmpty(), one.isBefore(two) || two.isBefore(one));
  }

  @Property
  void shouldComeBackWhenConvertedToInstants(@ForAll long a, @ForAll long b) {
    BoundedInstant interval = new BoundedInstant(Math.min(a, b), Math.max(a, b));
    assertEquals(interval, BoundedInstant.of(interval.earliest(), interval.latest()));
  }

  @Example
  void shouldThrowWhenTheEndsAreInTheWrongOrder() {
    assertThrows(IllegalArgumentException.class, () -> new BoundedInstant(1, 0));
    assertThrows(IllegalArgumentException.class, () -> BoundedInstant.around(0, -1));
  }

  @Example
  void shouldThrowWhenAnInstantIsOutOfRange() {
    Instant late = Instant.parse("2263-01-01T00:00:00Z");
    assertThrows(ArithmeticException.class, () -> BoundedInstant.of(Instant.EPOCH, late));
  }

  @Example
  void shouldHoldEverythingWhenUnbounded() {
    assertEquals(Long.MAX_VALUE, BoundedInstant.UNBOUNDED.errorNanosOf(0));
    assertEquals(Long.MAX_VALUE, BoundedInstant.UNBOUNDED.widthNanos());
  }
}
