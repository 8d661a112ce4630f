package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class MillsRatioTest {

  @Test
  void shouldBeTailOverDensityWhereTheseAreNumbers() {
    for (double x = 0; x < 25; x += 0.0137) {
      double tail = 0.5 * Erf.erfc(x / Math.sqrt(2));
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      assertEquals(1, MillsRatio.at(x) * density / tail, 1e-11, "at " + x);
    }
  }

  @Test
  void shouldLieWithinGordonsBoundsWhereTailsAreTooSmall() {
    for (double x = 1; x < 1e12; x *= 1.7) {
      double ratio = MillsRatio.at(x);
      assertTrue(ratio <= 1 / x && ratio >= x / (x * x + 1) * (1 - 1e-15), "at " + x);
    }
  }

  @Test
  void shouldFallAllTheWayWhenPiecesMeet() {
    double before = MillsRatio.at(0);
    for (double x = 1e-4; x < 20; x += 1e-4) {
      double ratio = MillsRatio.at(x);
      assertTrue(ratio < before, "at " + x);
      before = ratio;
    }
  }
}
