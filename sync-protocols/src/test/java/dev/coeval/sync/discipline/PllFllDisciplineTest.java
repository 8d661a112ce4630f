package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.PllFllDiscipline.State;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.ClockEstimate;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PllFllDisciplineTest {
  private static final long ORIGIN = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long POLL = 64 * SECOND;

  private static ClockEstimate feed(Discipline discipline, long tick, long offset) {
    long wide = 100_000 * SECOND;
    return discipline.update(
        new OffsetEstimate(tick, offset, 10_000),
        new OffsetBounds(tick, offset - wide, offset + wide));
  }

  private static double off(ClockEstimate estimate, double truth) {
    return Math.abs((double) (estimate.epochNanos() - estimate.tickNanos() - ORIGIN) - truth);
  }

  @Test
  void shouldOnlyLookUntilTheStepoutAndThenKnowTheFrequency() {
    PllFllDiscipline discipline = new PllFllDiscipline();
    assertEquals(State.NSET, discipline.state());
    for (int i = 0; i <= 16; i++) {
      long tick = i * POLL;
      ClockEstimate estimate = feed(discipline, tick, ORIGIN + tick / 10_000);
      boolean isMeasured = i * 64 >= 900;
      assertEquals(isMeasured ? State.SYNC : State.FREQ, discipline.state(), "at " + i);
      assertEquals(isMeasured ? 1e-4 : 0, estimate.frequency(), 1e-9, "at " + i);
    }
  }

  @Test
  void shouldBeInSyncAtOnceWhenTheFrequencyIsKnown() {
    PllFllDiscipline discipline = new PllFllDiscipline(1e-4);
    assertEquals(State.FSET, discipline.state());
    for (int i = 0; i < 50; i++) {
      long tick = i * POLL;
      assertTrue(off(feed(discipline, tick, ORIGIN + tick / 10_000), tick * 1e-4) < 10);
      assertEquals(State.SYNC, discipline.state());
    }
    assertThrows(IllegalArgumentException.class, () -> new PllFllDiscipline(501e-6));
  }

  @Test
  void shouldIgnoreASpikeAndBelieveItWhenItLasts() {
    PllFllDiscipline discipline = new PllFllDiscipline(0);
    long tick = 0;
    for (int i = 0; i < 20; i++) {
      feed(discipline, tick, ORIGIN);
      tick += POLL;
    }
    assertTrue(off(feed(discipline, tick, ORIGIN + SECOND), 0) < 10, "a spike");
    assertEquals(State.SPIK, discipline.state());
    assertTrue(off(feed(discipline, tick + POLL, ORIGIN), 0) < 10);
    assertEquals(State.SYNC, discipline.state());
    long begun = tick + 2 * POLL;
    for (int i = 0; i <= 16; i++) {
      boolean isBelieved = i * 64 >= 900;
      ClockEstimate estimate = feed(discipline, begun + i * POLL, ORIGIN + SECOND);
      assertTrue(off(estimate, isBelieved ? 1e9 : 0) < 10, "at " + i);
      assertEquals(isBelieved ? State.SYNC : State.SPIK, discipline.state(), "at " + i);
    }
  }

  @Test
  void shouldPullInPhaseAndFrequencyWhenTheLoopIsClosed() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      for (long poll : new long[] {16, 64, 1024}) {
        PllFllDiscipline discipline = new PllFllDiscipline(0);
        ClockEstimate estimate = feed(discipline, 0, ORIGIN);
        for (int i = 1; i < 1500; i++) {
          long tick = i * poll * SECOND;
          double truth = tick * 2e-6;
          long noise = Math.round(10_000 * random.nextGaussian());
          estimate = feed(discipline, tick, ORIGIN + Math.round(truth) + noise);
        }
        String which = "poll " + poll + ", seed " + seed;
        assertTrue(off(estimate, estimate.tickNanos() * 2e-6) < 200_000, which);
        assertEquals(2e-6, estimate.frequency(), 1e-6, which);
      }
    }
  }

  @Test
  void shouldStayWithinTheBoundsAndTheLargestFrequencyAlways() {
    for (int seed = 0; seed < 100; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      PllFllDiscipline discipline = new PllFllDiscipline();
      long tick = 0;
      for (int i = 0; i < 200; i++) {
        tick += random.nextLong(100 * SECOND);
        long sample = ORIGIN + random.nextLong(random.nextBoolean() ? SECOND : 10 * SECOND);
        long low = ORIGIN + random.nextLong(SECOND);
        OffsetBounds bounds = new OffsetBounds(tick, low, low + 1_000);
        ClockEstimate out = discipline.update(new OffsetEstimate(tick - 100, sample, 9), bounds);
        assertTrue(out.bounds().contains(out.epochNanos()), "seed " + seed + " at " + i);
        assertEquals(bounds.toBoundedInstant().orElseThrow(), out.bounds());
        assertTrue(Math.abs(out.frequency()) <= 500e-6);
        assertTrue(discipline.frequencyError() >= 0 && out.statisticalErrorNanos() >= 0);
      }
    }
  }

  @Test
  void shouldKeepTheFrequencyWhenReset() {
    PllFllDiscipline discipline = new PllFllDiscipline(1e-5);
    feed(discipline, 0, ORIGIN);
    discipline.reset();
    assertEquals(State.FSET, discipline.state());
    ClockEstimate estimate = feed(discipline, POLL, ORIGIN + SECOND);
    assertTrue(off(estimate, SECOND) < 1);
    assertEquals(1e-5, estimate.frequency());
  }

  @Test
  void shouldMoveWithTheScaleWhenShifted() {
    PllFllDiscipline discipline = new PllFllDiscipline(0);
    feed(discipline, 0, ORIGIN);
    discipline.shift(-SECOND);
    assertTrue(off(feed(discipline, POLL, ORIGIN - SECOND), -SECOND) < 1);
    assertEquals(State.SYNC, discipline.state());
  }

  @Test
  void shouldThrowWhenTheBoundsAreEmpty() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new PllFllDiscipline().update(new OffsetEstimate(0, 0, 1), new OffsetBounds(0, 1, 0)));
  }

  /** At long intervals two differences tell the frequency, long before the phase does. */
  @Test
  void shouldLockToTheFrequencyWhenIntervalsAreLong() {
    PllFllDiscipline discipline = new PllFllDiscipline(0);
    long poll = 1024 * SECOND;
    for (int i = 0; i < 60; i++) {
      feed(discipline, i * poll, ORIGIN + Math.round(i * poll * 1e-6));
    }
    ClockEstimate estimate = feed(discipline, 60 * poll, ORIGIN + Math.round(60 * poll * 1e-6));
    assertEquals(1e-6, estimate.frequency(), 2e-7);
  }
}
