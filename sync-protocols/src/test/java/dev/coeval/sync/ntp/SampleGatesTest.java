package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.Gates.DelayGate;
import dev.coeval.sync.ntp.Gates.KnownPath;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SampleGatesTest {
  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final PeerId PEER = PeerId.simulated(1);

  private static SampleGates gates(DelayGate delay) {
    return new SampleGates(Gates.OPEN.withDelay(delay));
  }

  /** The server is ahead by {@code offset}; the ways take {@code there} and {@code back}. */
  private static Measurement exchange(long tick, long offset, long there, long back) {
    long received = tick + there + offset;
    return new Measurement(
        PEER, tick, received, received, tick + there + back, Measurement.Root.EXACT);
  }

  private static ClockEstimate standing(long offset) {
    return new ClockEstimate(0, offset, 0, 0, BoundedInstant.UNBOUNDED);
  }

  @Test
  void shouldRefuseWhenRoundTripIsTooLong() {
    SampleGates gates = gates(new DelayGate(300, ANY, ANY, 1));
    assertNull(gates.judge(exchange(0, 0, 150, 150), null));
    assertEquals(Rejection.ROUND_TRIP_TOO_LONG, gates.judge(exchange(1000, 0, 150, 151), null));
  }

  @Test
  void shouldRefuseWhenRoundTripIsTooLongBesideTheShortest() {
    SampleGates gates = gates(new DelayGate(Long.MAX_VALUE, 2, ANY, 1));
    assertNull(gates.judge(exchange(0, 0, 100, 100), null));
    assertNull(gates.judge(exchange(0, 0, 200, 200), null));
    assertEquals(Rejection.DELAY_RATIO, gates.judge(exchange(0, 0, 201, 200), null));
    gates.clear();
    assertNull(gates.judge(exchange(0, 0, 201, 200), null));
  }

  @Test
  void shouldRefuseWhenDelayExplainsTheOffsetAndPassWhenItDoesNot() {
    SampleGates gates = gates(new DelayGate(Long.MAX_VALUE, ANY, 2, 1));
    for (int i = 0; i < 20; i++) {
      assertNull(gates.judge(exchange(i, i % 2 == 0 ? 10 : -10, 100, 100), standing(0)));
    }
    assertEquals(Rejection.DELAY_DEVIATION, gates.judge(exchange(99, 0, 100, 1100), standing(0)));
    assertNull(gates.judge(exchange(99, 5000, 100, 1100), standing(0)), "the server has stepped");
    assertNull(gates.judge(exchange(99, 0, 110, 110), standing(0)));
  }

  @Test
  void shouldKeepATenthWhenQuantileIsATenth() {
    SampleGates gates = gates(new DelayGate(Long.MAX_VALUE, ANY, ANY, 0.1));
    SplittableRandom random = new SplittableRandom(1);
    int kept = 0;
    for (int i = 0; i < 5000; i++) {
      long delay = (long) (1_000_000 * -Math.log(1 - random.nextDouble()));
      kept += gates.judge(exchange(i, 0, delay, delay), null) == null ? 1 : 0;
    }
    assertTrue(kept > 400 && kept < 650, "kept " + kept + " of 5000");
  }

  @Test
  void shouldRefuseWhenStratumIsNotWanted() {
    SampleGates gates = new SampleGates(Gates.OPEN.withStrata(3, 5));
    assertEquals(Rejection.STRATUM, gates.judgeStratum(2));
    assertNull(gates.judgeStratum(3));
    assertNull(gates.judgeStratum(5));
    assertEquals(Rejection.STRATUM, gates.judgeStratum(6));
  }

  @Test
  void shouldTakeOutWhatOneWayIsKnownToHaveTakenWhenPathIsKnown() {
    SampleGates back = new SampleGates(Gates.OPEN.withPath(new KnownPath(200, 0.5)));
    Measurement straight = back.straighten(exchange(0, 77, 100, 900));
    assertEquals(77, straight.offsetNanos());
    assertEquals(200, straight.delayNanos());
    SampleGates there = new SampleGates(Gates.OPEN.withPath(new KnownPath(200, -0.5)));
    assertEquals(77, there.straighten(exchange(0, 77, 900, 100)).offsetNanos());
    Measurement short_ = exchange(0, 77, 80, 100);
    assertSame(short_, back.straighten(short_));
  }

  @Test
  void shouldPassTheMedianWhenOthersAreOutliersAndTicksDrift() {
    MedianFilter filter = new MedianFilter(5);
    long[] noise = {0, 900_000, 1, -800_000, 2};
    Measurement median = null;
    for (int i = 0; i < noise.length; i++) {
      assertNull(median);
      median = filter.add(exchange(i * 1_000_000_000L, i * 100_000L + noise[i], 50, 50));
    }
    long offset = Objects.requireNonNull(median).offsetNanos();
    assertEquals(offset % 100_000, offset % 10, "one of the three good ones");
    assertNull(filter.add(exchange(0, 0, 1, 1)), "a new round has begun");
  }
}
