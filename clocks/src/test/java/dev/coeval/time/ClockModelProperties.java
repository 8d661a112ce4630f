package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The clock model against the truth: an oscillator whose error the test knows. */
class ClockModelProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final long RHO_PPB = 200_000;
  private static final long NOW = 1_800_000_000L * SECOND;

  private static final SteeringPolicy SLEW = SteeringPolicy.with(StepPolicy.never());

  /** After some ticks, an estimate that is off by so much and claims that rate. */
  record Update(long ticks, long offsetNanos, double frequency) {}

  @Provide
  Arbitrary<Update> updates() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 100 * SECOND),
            Arbitraries.longs().between(-10 * SECOND, 10 * SECOND),
            Arbitraries.doubles().between(-0.1, 0.1))
        .as(Update::new);
  }

  @Property
  void shouldSlewNoFasterThanAllowedWhenTimeIsAnywhere(
      @ForAll long wall, @ForAll @LongRange(min = -(1L << 62), max = 1L << 62) long target) {
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, wall, 0), RHO_PPB)
            .steer(estimate(0, target, new Update(0, 0, 0)), 0, SLEW);
    assertEquals(wall, model.epochNanosAt(0));
    assertTrue(Math.abs(model.slewAt(1)) <= SLEW.slew().maxPpb() * 1e-9 * (1 + 1e-9));
    assertTrue(wall == target || Math.signum(model.slewAt(1)) == (wall < target ? 1 : -1));
  }

  @Property
  void shouldNeverRunBackwardsWhenSlewed(
      @ForAll @Size(min = 1, max = 8) List<@net.jqwik.api.From("updates") Update> updates,
      @ForAll @LongRange(min = 0, max = 3) long stride) {
    ClockModel model = unsynchronized();
    long tick = 0;
    long last = model.epochNanosAt(0);
    for (Update update : updates) {
      long next = tick + update.ticks;
      for (long t = tick; t < next; t += 1 + stride + (next - tick) / 50) {
        long time = model.epochNanosAt(t);
        assertTrue(time >= last, "ran backwards within a model");
        last = time;
      }
      long standing = model.epochNanosAt(next);
      model = model.steer(estimate(next, standing + update.offsetNanos, update), next, SLEW);
      assertEquals(standing, model.epochNanosAt(next), "a slew must start where time stands");
      last = standing;
      tick = next;
    }
  }

  @Property
  void shouldReachTheEstimateWhenTheSlewIsDone(
      @ForAll("updates") Update update,
      @ForAll @LongRange(min = 1_000, max = SteeringPolicy.MAX_SLEW_LIMIT_PPB) long maxSlewPpb,
      @ForAll @LongRange(min = 0, max = 10 * SECOND) long slewNanos) {
    SteeringPolicy policy = new SteeringPolicy(maxSlewPpb, slewNanos, StepPolicy.never());
    ClockModel model =
        unsynchronized().steer(estimate(0, NOW + update.offsetNanos, update), 0, policy);
    long needed =
        Math.max(slewNanos, (long) (Math.abs((double) update.offsetNanos) / maxSlewPpb * 1e9) + 2);
    for (long dt : new long[] {needed, 2 * needed + SECOND}) {
      long expected = NOW + update.offsetNanos + dt + (long) (dt * update.frequency);
      long missed = Math.abs(expected - model.epochNanosAt(dt));
      assertTrue(missed <= 16, () -> "not at the estimate's line: off by " + missed);
    }
    assertTrue(Math.abs(model.slewLeftNanosAt(needed)) <= 1);
    long early = Math.min(needed, SECOND);
    double slewed = model.epochNanosAt(early) - NOW - early - early * update.frequency;
    assertTrue(Math.abs(slewed) <= early * (maxSlewPpb * 1e-9) + 3, "slewed faster than allowed");
  }

  @Property(tries = 3000)
  void shouldHoldTheTruthWhenTheOscillatorKeepsItsBound(
      @ForAll @LongRange(min = -RHO_PPB, max = RHO_PPB) long oscillatorPpb,
      @ForAll @LongRange(min = 0, max = 86_400) long trueSeconds,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long truthInBound,
      @ForAll("updates") Update update,
      @ForAll boolean steerAgain) {
    // The estimate says [NOW - 1 ms, NOW + 1 ms] at tick 0, and the truth is within.
    ClockEstimate estimate =
        new ClockEstimate(
            0,
            NOW + update.offsetNanos,
            update.frequency,
            1,
            BoundedInstant.around(NOW, 1_000_000));
    ClockModel model = unsynchronized().steer(estimate, update.ticks, SLEW);
    if (steerAgain) { // the same knowledge, applied late, must be no less sound
      model = model.steer(estimate, 3 * update.ticks, SLEW);
    }
    long elapsed = trueSeconds * SECOND;
    long tick = Math.round(elapsed * (1 + oscillatorPpb * 1e-9));
    BoundedInstant bounds = model.boundsAt(tick);
    assertTrue(bounds.contains(NOW + truthInBound + elapsed), () -> "missed by " + bounds);
    assertTrue(
        bounds.widthNanos() <= 2_000_000 + 2 * 86_401 * 200_100L + 4 * 100 * 3 * 200_100L,
        "wider than the drift bound asks for");
  }

  @Property
  void shouldSayHowFarItsReadingCanBeOffWhileSlewing(@ForAll("updates") Update update) {
    ClockModel model =
        unsynchronized().steer(estimate(0, NOW + update.offsetNanos, update), 0, SLEW);
    long left = Math.abs(update.offsetNanos);
    assertTrue(model.maxErrorNanosAt(0) >= left);
    assertTrue(model.statisticalErrorNanosAt(0) >= left - 1);
  }

  @Property
  void shouldStepOnlyWhenThePolicyAllowsIt(
      @ForAll @LongRange(min = -5 * SECOND, max = 5 * SECOND) long offset) {
    ClockEstimate estimate = estimate(0, NOW + offset, new Update(0, 0, 0));
    long threshold = SECOND;
    Duration limit = Duration.ofNanos(threshold);
    ClockModel never = unsynchronized().steer(estimate, 0, SLEW);
    assertEquals(0, never.steps());
    ClockModel start = unsynchronized().steer(estimate, 0, with(StepPolicy.atStart(limit)));
    assertEquals(Math.abs(offset) > threshold ? 1 : 0, start.steps());
    assertEquals(start.steps() == 1 ? NOW + offset : NOW, start.epochNanosAt(0));
    ClockModel later =
        start.steer(
            estimate(0, NOW, new Update(0, 0, 0)), 0, with(StepPolicy.atStart(Duration.ZERO)));
    assertEquals(start.steps(), later.steps(), "only the first update may step");
    ClockModel forward = never.steer(estimate, 0, with(StepPolicy.forward(limit)));
    assertEquals(offset > threshold ? 1 : 0, forward.steps());
    ClockModel always = never.steer(estimate, 0, with(StepPolicy.always(limit)));
    assertEquals(Math.abs(offset) > threshold ? 1 : 0, always.steps());
  }

  @Example
  void shouldClaimNothingWhenNotSynchronized() {
    ClockModel model = unsynchronized();
    assertFalse(model.isSynchronized());
    assertEquals(BoundedInstant.UNBOUNDED, model.boundsAt(SECOND));
    assertEquals(Long.MAX_VALUE, model.maxErrorNanosAt(SECOND));
    ClockModel known = model.steer(estimate(0, NOW, new Update(0, 0, 0)), 0, SLEW);
    assertTrue(known.isSynchronized());
    assertFalse(known.withoutBounds().isSynchronized());
    assertEquals(known.epochNanosAt(SECOND), known.withoutBounds().epochNanosAt(SECOND));
  }

  @Example
  void shouldThrowWhenAnArgumentIsOutOfRange() {
    ClockReading reading = new ClockReading(0, NOW, 0);
    assertThrows(IllegalArgumentException.class, () -> ClockModel.unsynchronized(reading, -1));
    assertThrows(
        IllegalArgumentException.class, () -> ClockModel.unsynchronized(reading, 100_000_001));
    BoundedInstant any = BoundedInstant.UNBOUNDED;
    assertThrows(
        IllegalArgumentException.class, () -> new ClockEstimate(0, NOW, Double.NaN, 0, any));
    assertThrows(IllegalArgumentException.class, () -> new ClockEstimate(0, NOW, 0.2, 0, any));
    assertThrows(IllegalArgumentException.class, () -> new ClockEstimate(0, NOW, 0, -1, any));
    assertThrows(
        IllegalArgumentException.class, () -> new SteeringPolicy(0, 0, StepPolicy.never()));
    assertThrows(
        IllegalArgumentException.class, () -> new SteeringPolicy(1, -1, StepPolicy.never()));
    assertThrows(IllegalArgumentException.class, () -> new StepPolicy(-1, 0, false));
    assertThrows(IllegalArgumentException.class, () -> new ClockReading(0, 0, -1));
  }

  private static ClockModel unsynchronized() {
    return ClockModel.unsynchronized(new ClockReading(0, NOW, 0), RHO_PPB);
  }

  private static SteeringPolicy with(StepPolicy step) {
    return SteeringPolicy.with(step);
  }

  private static ClockEstimate estimate(long tick, long epochNanos, Update update) {
    return new ClockEstimate(
        tick, epochNanos, update.frequency, 10, BoundedInstant.around(epochNanos, 1_000));
  }
}
