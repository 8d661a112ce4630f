package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The characterised bound against oscillators that walk at random, and against the other one. */
class CharacterisedProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final long RHO_PPB = 200_000;
  private static final long NOW = 1_800_000_000L * SECOND;
  private static final long HALF = 20_000;
  private static final SteeringPolicy SLEW = SteeringPolicy.with(StepPolicy.never());
  private static final LearnedDrift CRYSTAL = new LearnedDrift(30e-6, 1e-8, 1e-9, 3, 0.9973);

  /** Three deviations of a normal error hold 0.9973 of all, however old the estimate is. */
  @Example
  void shouldHoldTheTruthAsOftenAsStatedWhenTheFrequencyWalks() {
    SplittableRandom random = new SplittableRandom(20260101L);
    int seconds = 4096;
    int runs = 4000;
    int[] ages = {1, 16, 256, 4096};
    int[] missed = new int[ages.length];
    ClockModel model = steered(CRYSTAL, 0);
    for (int run = 0; run < runs; run++) {
      double off = CRYSTAL.frequencyError() * random.nextGaussian();
      double gained = 0;
      int next = 0;
      for (int s = 1; s <= seconds; s++) {
        off += CRYSTAL.wander() * random.nextGaussian();
        gained += off;
        if (s == ages[next]) {
          long tick = s * SECOND;
          // The reading's own half width is taken up by an asymmetry: no slack is left there.
          long truth =
              NOW + HALF * (run % 2 == 0 ? 1 : -1) + tick + Math.round((30e-6 * s + gained) * 1e9);
          missed[next] += model.characterisedAt(tick).contains(truth) ? 0 : 1;
          next++;
        }
      }
    }
    for (int i = 0; i < ages.length; i++) {
      double rate = missed[i] / (double) runs;
      // One end is at stake, so half of what three deviations leave, and chance.
      assertTrue(rate < 0.00135 + 4 * Math.sqrt(0.00135 / runs), ages[i] + " s: missed " + rate);
    }
    assertEquals(0.9973, model.confidence());
  }

  /** The same truth, a third as many deviations: the check can fail. */
  @Example
  void shouldMissTheTruthWhenTheWanderIsUnderstated() {
    LearnedDrift bold = new LearnedDrift(30e-6, 1e-9, 1e-10, 3, 0.9973);
    long tick = 4096 * SECOND;
    long off = CRYSTAL.errorNanosAfter(tick);
    long truth = NOW + HALF + tick + Math.round(30e-6 * tick) + off / 3;
    assertTrue(steered(CRYSTAL, 0).characterisedAt(tick).contains(truth));
    assertTrue(!steered(bold, 0).characterisedAt(tick).contains(truth));
  }

  @Property
  void shouldLieWithinTheGuaranteedBoundAndHoldTheReadingsWidth(
      @ForAll @LongRange(min = -RHO_PPB, max = RHO_PPB) long frequencyPpb,
      @ForAll @LongRange(min = 0, max = RHO_PPB) long frequencyErrorPpb,
      @ForAll @LongRange(min = 0, max = 10_000) long wanderPpb,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seconds) {
    double frequencyError = frequencyErrorPpb * 1e-9;
    double wander = wanderPpb * 1e-9;
    LearnedDrift drift = new LearnedDrift(frequencyPpb * 1e-9, frequencyError, wander, 3, 0.9973);
    ClockModel model = steered(drift, 0);
    long tick = seconds * SECOND;
    BoundedInstant certain = model.boundsAt(tick);
    BoundedInstant likely = model.characterisedAt(tick);
    assertEquals(likely, likely.intersection(certain).orElseThrow());
    // As long as the line stays within, nothing of the reading's own width is lost.
    assertTrue(likely.widthNanos() >= Math.min(2 * HALF, certain.widthNanos()) - 2);
    double grown = 3 * Math.sqrt(Math.pow(frequencyError * seconds, 2) + law(wander, seconds));
    assertTrue(likely.widthNanos() <= 2 * HALF + 2 * grown * 1e9 + 4);
  }

  @Property
  void shouldBeTheGuaranteedBoundWhenNothingWasLearned(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long tick) {
    ClockEstimate plain = new ClockEstimate(0, NOW, 30e-6, 1, BoundedInstant.around(NOW, HALF));
    ClockModel model = start().steer(plain, 0, SLEW);
    assertEquals(model.boundsAt(tick), model.characterisedAt(tick));
    assertEquals(1, model.confidence());
  }

  /** The walk goes on where an estimate is applied late, rather than beginning anew. */
  @Property
  void shouldAgeFromItsEstimateWhenAppliedLateOrAgain(
      @ForAll @LongRange(min = 0, max = 10_000) long late,
      @ForAll @LongRange(min = 0, max = 100_000) long later) {
    long at = (late + later) * SECOND;
    ClockModel prompt = steered(CRYSTAL, 0);
    long width = prompt.characterisedAt(at).widthNanos();
    long applied = steered(CRYSTAL, late * SECOND).characterisedAt(at).widthNanos();
    assertTrue(Math.abs(width - applied) <= 2, () -> width + " became " + applied);
    ClockModel leaping =
        prompt.withLeap(
            LeapSecond.inserted(Instant.parse("2100-12-31T23:59:59Z")),
            LeapPolicy.step(),
            late * SECOND,
            SLEW);
    assertEquals(prompt.characterisedAt(at), leaping.characterisedAt(at));
  }

  @Example
  void shouldSayOnlyWhatIsCertainWhenTheLineHasLeftIt() {
    LearnedDrift wrong = new LearnedDrift(1e-3, 1e-9, 1e-12, 3, 0.9973);
    ClockModel model = steered(wrong, 0);
    assertEquals(model.boundsAt(1_000 * SECOND), model.characterisedAt(1_000 * SECOND));
  }

  @Example
  void shouldTakeALeapSecondAsTheGuaranteedBoundDoes() {
    LeapSecond leap = LeapSecond.inserted(Instant.parse("2026-12-31T23:59:59Z"));
    long start = leap.epochNanos() - 10 * SECOND;
    LearnedDrift exact = new LearnedDrift(0, 0, 0, 1, 1);
    BoundedInstant bounds = BoundedInstant.around(start, HALF);
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, start, 0), 0)
            .withLeap(leap, LeapPolicy.step(), 0, SLEW)
            .steer(
                new ClockEstimate(0, start, 0, 1, bounds, new Characterised(bounds, exact)),
                0,
                SLEW);
    for (long tick = 0; tick < 30 * SECOND; tick += SECOND / 4) {
      BoundedInstant certain = model.boundsAt(tick);
      BoundedInstant likely = model.characterisedAt(tick);
      assertTrue(Math.abs(certain.earliestEpochNanos() - likely.earliestEpochNanos()) <= 2);
      assertTrue(Math.abs(certain.latestEpochNanos() - likely.latestEpochNanos()) <= 2);
    }
    long after = leap.epochNanos() + 5 * SECOND; // an estimate of POSIX time, from after the leap
    BoundedInstant there = BoundedInstant.around(after, HALF);
    ClockModel next =
        model.steer(
            new ClockEstimate(16 * SECOND, after, 0, 1, there, new Characterised(there, exact)),
            16 * SECOND,
            SLEW);
    assertEquals(there, next.characterisedAt(16 * SECOND));
    assertTrue(next.characterisedAt(90 * SECOND).widthNanos() - there.widthNanos() <= 4);
  }

  @Example
  void shouldServeBothBoundsAndTheirConfidence() {
    ManualTime time = ManualTime.at(Instant.ofEpochSecond(1_800_000_000L));
    DisciplinedClock clock = new DisciplinedClock(time.reader(), RHO_PPB, SLEW);
    BoundedInstantSource likely = clock.characterised();
    assertThrows(NotSynchronizedException.class, likely::now);
    clock.steer(estimate(CRYSTAL));
    time.advance(Duration.ofMinutes(10));
    assertEquals(0.9973, likely.confidence());
    assertEquals(1, clock.confidence());
    assertEquals(clock.epochNanos(), likely.epochNanos());
    assertTrue(20 * likely.now().widthNanos() < clock.now().widthNanos());
    assertEquals(likely.now(), clock.guardedCharacterised().now());
    assertEquals(0.9973, clock.guardedCharacterised().confidence());
    for (BoundedInstantSource source : new BoundedInstantSource[] {clock, likely}) {
      BoundedInstant now = source.now();
      assertEquals(now.earliestEpochNanos(), source.earliestEpochNanos());
      assertEquals(now.latestEpochNanos(), source.latestEpochNanos());
      assertEquals(now.widthNanos(), source.read((earliest, latest) -> latest - earliest));
    }
    clock.loseBounds();
    assertThrows(NotSynchronizedException.class, likely::now);
    assertThrows(NotSynchronizedException.class, clock::earliestEpochNanos);
    assertEquals(1, likely.confidence());
  }

  @Example
  void shouldThrowWhenALearnedDriftIsOutOfRange() {
    double nan = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0.2, 0, 0, 3, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0, -1, 0, 3, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0, nan, 0, 3, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0, 0, -1, 3, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0, 0, 0, 0, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new LearnedDrift(0, 0, 0, 3, 1.1));
    LearnedDrift vast = new LearnedDrift(0.1, 1e300, 0, 3, 0.9);
    assertEquals(Long.MAX_VALUE, vast.errorNanosAfter(Long.MAX_VALUE));
    assertTrue(steered(vast, 0).characterisedAt(SECOND).isBounded(), "the guaranteed one is left");
  }

  private static double law(double wander, long seconds) {
    return wander * wander * Math.pow((double) seconds, 3) / 3;
  }

  private static ClockModel start() {
    return ClockModel.unsynchronized(new ClockReading(0, NOW, 0), RHO_PPB);
  }

  private static ClockModel steered(LearnedDrift drift, long tick) {
    return start().steer(estimate(drift), tick, SLEW);
  }

  private static ClockEstimate estimate(LearnedDrift drift) {
    BoundedInstant bounds = BoundedInstant.around(NOW, HALF);
    return new ClockEstimate(
        0, NOW, drift.frequency(), 1, bounds, new Characterised(bounds, drift));
  }
}
