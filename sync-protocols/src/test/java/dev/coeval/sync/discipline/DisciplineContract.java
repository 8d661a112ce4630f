package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every discipline keeps. */
abstract class DisciplineContract {
  static final long ORIGIN = 1_700_000_000_000_000_000L;
  private static final long WIDE = 1_000_000_000_000L;

  abstract Discipline create();

  static OffsetBounds around(long tick, long offset, long half) {
    return new OffsetBounds(tick, offset - half, offset + half);
  }

  static ClockEstimate feed(Discipline discipline, long tick, long offset, long error) {
    return discipline.update(new OffsetEstimate(tick, offset, error), around(tick, offset, WIDE));
  }

  @Test
  void shouldTakeTheFirstSampleAsItIs() {
    ClockEstimate estimate = feed(create(), 5_000, ORIGIN, 100);
    assertEquals(ORIGIN + 5_000, estimate.epochNanos());
    assertEquals(5_000, estimate.tickNanos());
    assertEquals(0, estimate.frequency());
    assertEquals(100.0, (double) estimate.statisticalErrorNanos(), 1);
    assertEquals(BoundedInstant.around(ORIGIN + 5_000, WIDE), estimate.bounds());
  }

  @Test
  void shouldStayWithinTheBoundsAlways() {
    for (int seed = 0; seed < 100; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      long tick = 0;
      for (int i = 0; i < 200; i++) {
        tick += random.nextLong(1_000_000_000L);
        long sample = ORIGIN + random.nextLong(10_000_000);
        OffsetBounds bounds = around(tick, ORIGIN + random.nextLong(1_000_000), 1_000);
        OffsetEstimate estimate = new OffsetEstimate(tick - 100, sample, random.nextLong(10_000));
        ClockEstimate out = discipline.update(estimate, bounds);
        assertTrue(out.bounds().contains(out.epochNanos()), "seed " + seed + " at " + i);
        assertEquals(bounds.toBoundedInstant().orElseThrow(), out.bounds());
        assertTrue(discipline.frequencyError() >= 0);
      }
    }
  }

  @Test
  void shouldFindOffsetAndFrequencyWithinSecondsWhenDriftIsLarge() {
    for (int seed = 0; seed < 50; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      double frequency = seed % 2 == 0 ? 100e-6 : -100e-6;
      Discipline discipline = create();
      for (int i = 0; i < 100; i++) {
        long tick = i * 250_000_000L;
        long truth = ORIGIN + Math.round(tick * frequency);
        long noise = Math.round(20_000 * random.nextGaussian());
        ClockEstimate estimate = feed(discipline, tick, truth + noise, 20_000);
        if (i >= 24) {
          long error = Math.abs(estimate.epochNanos() - tick - truth);
          assertTrue(error < 100_000, "error " + error + ", seed " + seed + " at " + i);
          double off = Math.abs(estimate.frequency() - frequency);
          assertTrue(off < 60e-6, "frequency off by " + off + ", seed " + seed + " at " + i);
        }
      }
    }
  }

  @Test
  void shouldStaySaneWhenPollsAreMinutesApart() {
    for (int seed = 0; seed < 50; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      for (int i = 0; i < 200; i++) {
        long tick = i * 64_000_000_000L;
        long truth = ORIGIN + Math.round(tick * 30e-6);
        long noise = Math.round(100_000 * random.nextGaussian());
        ClockEstimate estimate = feed(discipline, tick, truth + noise, 100_000);
        if (i >= 60) {
          long error = Math.abs(estimate.epochNanos() - tick - truth);
          assertTrue(error < 600_000, "error " + error + ", seed " + seed + " at " + i);
          double off = Math.abs(estimate.frequency() - 30e-6);
          assertTrue(off < 3e-6, "frequency off by " + off + ", seed " + seed + " at " + i);
        }
      }
    }
  }

  @Test
  void shouldFollowWhenTheOffsetOrTheFrequencySteps() {
    for (int seed = 0; seed < 50; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      double truth = ORIGIN;
      for (int i = 0; i < 400; i++) {
        truth += 250_000_000L * (i < 200 ? 40e-6 : -60e-6);
        truth += i == 100 ? 50_000_000 : 0;
        long noise = Math.round(10_000 * random.nextGaussian());
        ClockEstimate estimate =
            feed(discipline, i * 250_000_000L, Math.round(truth) + noise, 10_000);
        boolean settling = i < 40 || (i >= 100 && i < 150) || (i >= 200 && i < 260);
        double error = Math.abs(estimate.epochNanos() - estimate.tickNanos() - truth);
        assertTrue(settling || error < 60_000, "error " + error + ", seed " + seed + " at " + i);
      }
    }
  }

  @Test
  void shouldCapTheFrequencyWhenSamplesAreWild() {
    Discipline discipline = create();
    for (int i = 0; i < 50; i++) {
      ClockEstimate estimate = feed(discipline, i * 1_000_000L, ORIGIN + i * 1_000_000L, 1);
      assertTrue(Math.abs(estimate.frequency()) <= 500e-6);
    }
  }

  @Test
  void shouldForgetTheOffsetWhenReset() {
    Discipline discipline = create();
    for (int i = 0; i < 50; i++) {
      feed(discipline, i * 250_000_000L, ORIGIN, 1_000);
    }
    discipline.reset();
    long tick = 100_000_000_000L;
    assertEquals(tick + 77, feed(discipline, tick, 77, 1_000).epochNanos());
  }

  @Test
  void shouldThrowWhenTheBoundsAreEmpty() {
    assertThrows(
        IllegalArgumentException.class,
        () -> create().update(new OffsetEstimate(0, 0, 1), new OffsetBounds(0, 1, 0)));
  }

  @Test
  void shouldNotThrowWhenSamplesAreExtreme() {
    long[] offsets = {0, 1L << 62, -(1L << 62), 1L << 62, 5, 6, 7, 8, -(1L << 62), 0};
    long[] ticks = {0, 0, 1, 1, 1L << 60, 5, -(1L << 60), 7, 7, 7};
    Discipline discipline = create();
    for (int i = 0; i < offsets.length; i++) {
      OffsetEstimate sample = new OffsetEstimate(ticks[i], offsets[i], i % 2 == 0 ? 0 : 1L << 60);
      discipline.update(sample, around(ticks[i], offsets[i], 10));
    }
  }
}
