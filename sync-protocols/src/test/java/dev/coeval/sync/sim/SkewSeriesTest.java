package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.SkewSeries.Limits;
import org.junit.jupiter.api.Test;

/** Statistics of series that were made by hand. */
final class SkewSeriesTest {
  private static final Limits LIMITS = new Limits(10, 0.5);

  private static SkewSeries of(double... errors) {
    SkewSeries series = new SkewSeries();
    series.beginAt(0);
    for (double error : errors) {
      series.add(error, 0, -100, 100);
    }
    return series;
  }

  @Test
  void shouldBeOneMoreThanTheLastSecondOutsideWhenItSynchronizes() {
    assertEquals(0, of(1, -10, 10).syncSeconds(LIMITS));
    assertEquals(1, of(11, 1, 1).syncSeconds(LIMITS));
    assertEquals(3, of(0, 0, -11, 1).syncSeconds(LIMITS));
    assertEquals(4, of(0, 0, 0, 99).syncSeconds(LIMITS));
  }

  @Test
  void shouldLookAtTheRateTooWhenItSynchronizes() {
    SkewSeries series = of(0, 0);
    series.add(0, -0.6, 0, 0);
    series.add(0, 0.5, 0, 0);
    assertEquals(3, series.syncSeconds(LIMITS));
  }

  @Test
  void shouldCountOnlyWhatComesAfterASecondWhenStatisticsAreTaken() {
    SkewSeries series = of(1_000, 3, -4);
    series.add(0, -0.25, 0, 0);
    SkewSeries.Statistics statistics = series.after(0);
    assertEquals(3, statistics.samples());
    assertEquals(4, statistics.maxErrorNanos());
    assertEquals(Math.sqrt(25 / 3.0), statistics.rmsErrorNanos(), 1e-12);
    assertEquals(0.25, statistics.maxRateError());
    assertEquals(Math.sqrt(0.0625 / 3), statistics.rmsRateError(), 1e-12);
    assertEquals(1_000, series.after(-1).maxErrorNanos());
    assertEquals(0, series.after(99).samples());
    assertEquals(0, series.after(99).rmsErrorNanos());
  }

  @Test
  void shouldLeaveGapsOutWhenANodeWasDead() {
    SkewSeries series = of(1, 1);
    series.addGap();
    series.add(1, 0, -5, 5);
    assertTrue(Double.isNaN(series.errorNanos(2)));
    assertEquals(3, series.after(-1).samples());
    assertEquals(1, series.after(-1).rmsErrorNanos());
    assertEquals(0, series.syncSeconds(LIMITS));
  }

  @Test
  void shouldKeepItsSecondsWhenItBeginsLate() {
    SkewSeries series = new SkewSeries();
    series.beginAt(5);
    series.add(11, 0, -1, 1);
    series.beginAt(6);
    series.add(2, 0, -2, 3);
    assertEquals(5, series.second(0));
    assertEquals(6, series.syncSeconds(LIMITS));
    assertEquals(1, series.after(5).samples());
    assertEquals(-2, series.lowNanos(1));
    assertEquals(3, series.highNanos(1));
    assertThrows(IndexOutOfBoundsException.class, () -> series.errorNanos(2));
    assertThrows(IndexOutOfBoundsException.class, () -> series.errorNanos(-1));
  }

  @Test
  void shouldKeepAllWhenThereAreMany() {
    SkewSeries series = new SkewSeries();
    for (int i = 0; i < 10_000; i++) {
      series.add(i, 0, 0, 0);
    }
    assertEquals(10_000, series.size());
    assertEquals(9_999, series.errorNanos(9_999));
  }
}
