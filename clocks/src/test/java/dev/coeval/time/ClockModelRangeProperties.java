package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Bounds near the ends of the range, against integers that have none. */
final class ClockModelRangeProperties {
  private static final SteeringPolicy SLEW = SteeringPolicy.with(StepPolicy.never());

  @Property
  void shouldHoldUndriftedTimeInBoundWhenNearAnEnd(
      @ForAll @LongRange(min = Long.MIN_VALUE + 1, max = Long.MAX_VALUE - 1) long earliest,
      @ForAll @LongRange(min = 0, max = 1L << 40) long width,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long age,
      @ForAll @LongRange(min = 0, max = 100_000_000) long driftBoundPpb) {
    long latest = earliest > Long.MAX_VALUE - 1 - width ? Long.MAX_VALUE - 1 : earliest + width;
    BoundedInstant known = new BoundedInstant(earliest, latest);
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, 0, 0), driftBoundPpb)
            .steer(new ClockEstimate(0, earliest, 0, 0, known), 0, SLEW);
    BoundedInstant later = model.boundsAt(age);
    BigInteger passed = BigInteger.valueOf(age);
    assertTrue(compare(later.earliestEpochNanos(), earliest, passed) <= 0);
    assertTrue(
        later.latestEpochNanos() == Long.MAX_VALUE
            || compare(later.latestEpochNanos(), latest, passed) >= 0);
  }

  private static int compare(long bound, long since, BigInteger passed) {
    return BigInteger.valueOf(bound).compareTo(BigInteger.valueOf(since).add(passed));
  }
}
