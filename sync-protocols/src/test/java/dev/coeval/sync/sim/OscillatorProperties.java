package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Ticks never decrease, and a timer fires at the first nanosecond that has reached its tick. */
final class OscillatorProperties {
  private static final long START = Simulation.DEFAULT_START_EPOCH_NANOS;
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private static Oscillator oscillator(OscillatorModel model, long seed) {
    PeerId id = PeerId.simulated(1);
    return new Oscillator(model, SeededStream.of(seed, "wander", id), START, 0);
  }

  @Provide
  static Arbitrary<OscillatorModel> models() {
    return Combinators.combine(
            Arbitraries.doubles().between(-0.19, 0.19),
            Arbitraries.of(0.0, 1e-9, 1e-6, 1e-3),
            Arbitraries.of(0.0, 1e-10, -1e-6),
            Arbitraries.of(0.0, 1e-6, 1e-2))
        .as(
            (frequency, wander, aging, temperature) ->
                OscillatorModel.perfect()
                    .withFrequency(frequency)
                    .withWander(wander)
                    .withAging(aging)
                    .withTemperature(temperature, Duration.ofMinutes(7)));
  }

  @Property
  void shouldFireAtTheFirstNanosecondThatHasReachedTheTickWhenAnyModelRuns(
      @ForAll("models") OscillatorModel model,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000_000_000L) long now,
      @ForAll @LongRange(min = -1_000_000_000L, max = 3_600_000_000_000L) long ahead) {
    Oscillator asked = oscillator(model, seed);
    long tick = asked.tickAt(START + now) + ahead;
    long due = asked.timeOfTick(tick, START + now);
    Oscillator other = oscillator(model, seed);
    if (due > START + now) {
      assertTrue(other.tickAt(due - 1) < tick, "a nanosecond earlier it was already due");
    } else {
      assertEquals(START + now, due);
    }
    assertTrue(other.tickAt(due) >= tick, "it is not due yet");
  }

  @Property
  void shouldNeverDecreaseWhenTrueTimeGoesOn(
      @ForAll("models") OscillatorModel model,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600L) long second,
      @ForAll @LongRange(min = -3, max = 3) long around) {
    Oscillator one = oscillator(model, seed);
    long time = START + Math.max(0, second * 1_000_000_000L + around);
    long before = one.tickAt(time);
    for (int i = 1; i < 10; i++) {
      long tick = one.tickAt(time + i);
      assertTrue(tick >= before, "tick " + tick + " after " + before);
      before = tick;
    }
  }

  /** A constant rate, in exact decimals. */
  @Property
  void shouldGoAtItsRateWhenTheRateIsConstant(
      @ForAll @DoubleRange(min = -0.19, max = 0.19) double frequency,
      @ForAll @LongRange(max = 3_600_000_000_000L) long dt) {
    Oscillator one = oscillator(OscillatorModel.perfect().withFrequency(frequency), 1);
    long exact =
        new BigDecimal(frequency)
            .multiply(BigDecimal.valueOf(dt))
            .setScale(0, RoundingMode.FLOOR)
            .longValueExact();
    long gain = one.tickAt(START + dt) - dt;
    assertTrue(Math.abs(gain - exact) <= 1, gain + " for " + exact);
  }

  @Property
  void shouldStandStillAndGoOnWhereItStoodWhenStopped(
      @ForAll("models") OscillatorModel model,
      @ForAll long seed,
      @ForAll @LongRange(max = 3_600_000_000_000L) long at,
      @ForAll @LongRange(max = 3_600_000_000_000L) long asleep) {
    Oscillator one = oscillator(model, seed);
    Oscillator awake = oscillator(model, seed);
    long tick = one.tickAt(START + at);
    one.stop(START + at);
    assertEquals(tick, one.tickAt(START + at + asleep));
    one.resume(START + at + asleep);
    assertEquals(tick, one.tickAt(START + at + asleep));
    long fellAsleep = awake.tickAt(START + at);
    long missed = awake.tickAt(START + at + asleep) - fellAsleep;
    long later = START + at + asleep + HOUR;
    assertEquals(awake.wallAt(later), one.wallAt(later));
    assertEquals(awake.tickAt(later) - missed, one.tickAt(later));
  }

  @Property
  void shouldMoveTheWallAloneWhenItIsStepped(
      @ForAll("models") OscillatorModel model, @ForAll long seed, @ForAll int delta) {
    Oscillator one = oscillator(model, seed);
    Oscillator other = oscillator(model, seed);
    one.stepWall(delta);
    assertEquals(other.wallAt(START + HOUR) + delta, one.wallAt(START + HOUR));
    assertEquals(other.tickAt(START + HOUR), one.tickAt(START + HOUR));
  }
}
