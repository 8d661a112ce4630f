package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.ClockEstimate;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

final class RegressionDisciplineTest extends DisciplineContract {
  private static final long POLL = 1_000_000_000L;

  @Override
  Discipline create() {
    return new RegressionDiscipline();
  }

  /** An expectation so weak that it does not count, equal weights: the plain least squares. */
  @Test
  void shouldEqualPlainLeastSquaresWhenWeightsAreEqual() {
    for (int seed = 0; seed < 50; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      RegressionConfig config = new RegressionConfig(64, 0.1, 1, 20);
      RegressionDiscipline discipline = new RegressionDiscipline(config);
      SimpleRegression plain = new SimpleRegression();
      for (int i = 0; i < 8; i++) {
        long tick = i * POLL + random.nextLong(POLL / 2);
        long offset = Math.round(tick * 25e-6) + random.nextLong(20_000);
        ClockEstimate estimate = feed(discipline, tick, ORIGIN + offset, 6_000);
        plain.addData((double) tick, (double) offset);
        if (i >= 2) {
          assertEquals(plain.getSlope(), estimate.frequency(), 1e-9, "seed " + seed);
          long fitted = estimate.epochNanos() - tick - ORIGIN;
          assertEquals(plain.predict((double) tick), (double) fitted, 20, "seed " + seed);
        }
      }
      assertTrue(discipline.frequencyError() < 1e-5);
    }
  }

  @Test
  void shouldNotBelieveWildFrequenciesWhenFirstSamplesAreNoisy() {
    for (int seed = 0; seed < 100; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      for (int i = 0; i < 8; i++) {
        long noise = Math.round(100_000 * random.nextGaussian());
        ClockEstimate estimate = feed(discipline, i * 50_000_000L, ORIGIN + noise, 100_000);
        assertTrue(Math.abs(estimate.frequency()) < 250e-6, "seed " + seed + " at " + i);
      }
    }
  }

  @Test
  void shouldDropAnOutlierWhenTheNextSampleIsAsBefore() {
    Discipline discipline = create();
    for (int i = 0; i < 20; i++) {
      feed(discipline, i * POLL, ORIGIN + (i % 2) * 100L, 100);
    }
    ClockEstimate during = feed(discipline, 20 * POLL, ORIGIN + 50_000_000, 100);
    assertTrue(Math.abs(during.epochNanos() - during.tickNanos() - ORIGIN) < 500);
    ClockEstimate after = feed(discipline, 21 * POLL, ORIGIN + 100, 100);
    assertTrue(Math.abs(after.epochNanos() - after.tickNanos() - ORIGIN) < 500);
    assertTrue(after.statisticalErrorNanos() < 200, () -> "" + after);
  }

  @Test
  void shouldFollowAStepAtItsSecondSampleAndKeepTheFrequency() {
    Discipline discipline = create();
    long tick = 0;
    for (int i = 0; i < 40; i++) {
      tick += POLL;
      feed(discipline, tick, ORIGIN + Math.round(tick * 50e-6) + (i % 2) * 100L, 100);
    }
    feed(discipline, tick + POLL, ORIGIN + 9_000_000 + Math.round((tick + POLL) * 50e-6), 100);
    long then = tick + 2 * POLL;
    ClockEstimate estimate =
        feed(discipline, then, ORIGIN + 9_000_000 + Math.round(then * 50e-6), 100);
    long offset = estimate.epochNanos() - then;
    assertEquals(9_000_000 + then * 50e-6, (double) (offset - ORIGIN), 300);
    assertEquals(50e-6, estimate.frequency(), 1e-6);
  }

  @Test
  void shouldFollowAtOnceWhenTheBoundsExcludeTheLine() {
    Discipline discipline = create();
    for (int i = 0; i < 40; i++) {
      feed(discipline, i * POLL, ORIGIN + (i % 2) * 100L, 100);
    }
    long offset = ORIGIN + 9_000_000;
    ClockEstimate estimate =
        discipline.update(
            new OffsetEstimate(40 * POLL, offset, 100), around(40 * POLL, offset, 1_000_000));
    assertEquals(offset, estimate.epochNanos() - estimate.tickNanos());
    assertEquals(100.0, (double) estimate.statisticalErrorNanos(), 1);
  }

  @Test
  void shouldClaimTheErrorItHasWhenTheOscillatorIsSteady() {
    double squares = 0;
    double claims = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      for (int i = 0; i < 100; i++) {
        long noise = Math.round(10_000 * random.nextGaussian());
        ClockEstimate estimate = feed(discipline, i * POLL, ORIGIN + noise, 10_000);
        if (i >= 64) {
          double error = (double) (estimate.epochNanos() - estimate.tickNanos() - ORIGIN);
          squares += error * error;
          claims += Math.pow((double) estimate.statisticalErrorNanos(), 2);
        }
      }
    }
    assertEquals(1, Math.sqrt(claims / squares), 0.3);
  }

  @Test
  void shouldClaimTheErrorItHasWhenItLooksAhead() {
    double squares = 0;
    double claims = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Discipline discipline = create();
      for (int i = 0; i < 64; i++) {
        feed(discipline, i * POLL, ORIGIN + Math.round(10_000 * random.nextGaussian()), 10_000);
      }
      OffsetEstimate sample = new OffsetEstimate(64 * POLL, ORIGIN, 10_000);
      ClockEstimate ahead = discipline.update(sample, around(100 * POLL, ORIGIN, 1_000_000_000));
      squares += Math.pow((double) (ahead.epochNanos() - ahead.tickNanos() - ORIGIN), 2);
      claims += Math.pow((double) ahead.statisticalErrorNanos(), 2);
    }
    double ratio = Math.sqrt(claims / squares);
    assertTrue(ratio > 0.5 && ratio < 1.5, "claimed over true: " + ratio);
  }

  @Test
  void shouldRejectConfigurationsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(1, 0.1, 1e-4, 1));
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(1025, 0.1, 1e-4, 1));
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(8, 0.2, 1e-4, 1));
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(8, 0, 1e-4, 1));
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(8, 0.1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RegressionConfig(8, 0.1, 1e-4, 0));
  }
}
