package dev.coeval.sync.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** One exchange against the truth: delays, drift and the peer's error are the test's own. */
class MeasurementProperties {
  private static final long RHO_PPB = 200_000;
  private static final long NOW = 1_800_000_000L * 1_000_000_000L;
  private static final PeerId PEER = PeerId.simulated(1);

  @Property(tries = 3000)
  void shouldHoldTheTrueOffsetWhenEveryAssumptionHolds(
      @ForAll @LongRange(min = -RHO_PPB, max = RHO_PPB) long oscillatorPpb,
      @ForAll @LongRange(min = 0, max = 10_000_000_000L) long there,
      @ForAll @LongRange(min = 0, max = 1_000_000) long inside,
      @ForAll @LongRange(min = 0, max = 10_000_000_000L) long back,
      @ForAll @LongRange(min = -5_000_000, max = 5_000_000) long peerError,
      @ForAll @LongRange(min = 0, max = 50_000) long least) {
    Exchange exchange = new Exchange(oscillatorPpb, there + least, inside, back + least);
    Measurement measurement = exchange.measured(peerError, Math.abs(peerError));
    OffsetBounds bounds = measurement.bounds(least, RHO_PPB);
    long truth = exchange.trueOffsetAtT4();
    assertTrue(
        bounds.lowNanos() <= truth && truth <= bounds.highNanos(),
        () -> truth + " is not within " + bounds);
    assertEquals(measurement.receivedTickNanos(), bounds.tickNanos());
  }

  @Property
  void shouldBeAsTightAsCristianProvedWhenTheClocksAreGood(
      @ForAll @LongRange(min = 0, max = 10_000_000) long there,
      @ForAll @LongRange(min = 0, max = 1_000_000) long inside,
      @ForAll @LongRange(min = 0, max = 10_000_000) long back,
      @ForAll @LongRange(min = 0, max = 50_000) long least) {
    Measurement measurement = new Exchange(0, there + least, inside, back + least).measured(0, 0);
    OffsetBounds bounds = measurement.bounds(least, 0);
    long delay = measurement.delayNanos();
    assertEquals(there + back + 2 * least, delay);
    // The half width is RTT/2 - min (Cristian 1989), the middle is NTP's theta.
    assertEquals(delay - 2 * least, bounds.highNanos() - bounds.lowNanos());
    assertEquals(measurement.offsetNanos(), bounds.midpointNanos());
    assertEquals(delay + inside, measurement.roundTripNanos());
  }

  @Property
  void shouldErrByHalfTheAsymmetryWhenTheWaysDiffer(
      @ForAll @LongRange(min = 0, max = 10_000_000) long there,
      @ForAll @LongRange(min = 0, max = 10_000_000) long back) {
    Exchange exchange = new Exchange(0, there, 0, back);
    long error = exchange.measured(0, 0).offsetNanos() - exchange.trueOffsetAtT4();
    assertEquals(Math.floorDiv(there - back, 2), error);
  }

  @Property
  void shouldAverageExactlyWhenTheStampsAreFarApart(
      @ForAll @LongRange(min = -(1L << 62), max = 1L << 62) long forward,
      @ForAll @LongRange(min = -(1L << 62), max = 1L << 62) long backward) {
    Measurement measurement =
        new Measurement(PEER, 0, forward, -backward, 0, Measurement.Root.EXACT);
    BigInteger sum = BigInteger.valueOf(forward).subtract(BigInteger.valueOf(backward));
    assertEquals(sum.shiftRight(1), BigInteger.valueOf(measurement.offsetNanos()));
  }

  @Example
  void shouldCountHalfTheRootDelayUpwards() {
    assertEquals(4 + 10 + 1, new Measurement.Root(7, 10, 1).errorNanos());
  }

  @Property
  void shouldStayTheSameKnowledgeWhenMovedIntersectedAndClamped(
      @ForAll @LongRange(min = -1_000, max = 1_000) long low,
      @ForAll @LongRange(min = -1_000, max = 1_000) long high,
      @ForAll @LongRange(min = -2_000, max = 2_000) long point,
      @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long later) {
    OffsetBounds bounds = new OffsetBounds(5, low, high);
    assertEquals(low > high, bounds.isEmpty());
    assertEquals(bounds.isEmpty(), bounds.toBoundedInstant().isEmpty());
    if (!bounds.isEmpty()) {
      long near = bounds.clamp(point);
      assertTrue(low <= near && near <= high);
      assertEquals(low <= point && point <= high, near == point);
    }
    OffsetBounds moved = bounds.at(5 + later, RHO_PPB);
    double growth = Math.abs(later) * 200e-6 / (1 - 200e-6);
    assertTrue(low - moved.lowNanos() >= growth && low - moved.lowNanos() <= growth + 2);
    assertEquals(low - moved.lowNanos(), moved.highNanos() - high);
    assertEquals(
        new OffsetBounds(5, Math.max(low, 0), Math.min(high, 10)),
        bounds.intersect(new OffsetBounds(5, 0, 10)));
    assertThrows(IllegalArgumentException.class, () -> bounds.intersect(new OffsetBounds(6, 0, 1)));
  }

  /** An exchange as it really went; the local oscillator keeps its rate throughout. */
  private record Exchange(long oscillatorPpb, long there, long inside, long back) {
    Measurement measured(long peerError, long claimedError) {
      return new Measurement(
          PEER,
          0,
          NOW + there + peerError,
          NOW + there + inside + peerError,
          tickAt(there + inside + back),
          new Measurement.Root(0, claimedError, 0));
    }

    long trueOffsetAtT4() {
      long elapsed = there + inside + back;
      return NOW + elapsed - tickAt(elapsed);
    }

    private long tickAt(long elapsed) {
      return elapsed + Math.round(elapsed * (oscillatorPpb * 1e-9));
    }
  }
}
