package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Against the integral, by Simpson's rule, of the density over its greatest value. */
class TruncatedNormalProperties {
  private static final int STEPS = 4000;
  private static final double HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

  private final TruncatedNormal normal = new TruncatedNormal();

  @Property(tries = 300)
  void shouldHaveTheMomentsOfTheIntegral(
      @ForAll @DoubleRange(min = -40, max = 40) double low,
      @ForAll @DoubleRange(min = -5, max = 1.5) double logWidth) {
    double width = Math.pow(10, logWidth);
    normal.truncate(low, low + width);
    double[] moments = integrate(low, width);
    double spread = Math.sqrt(moments[2]);
    boolean isFar = Math.min(Math.abs(low), Math.abs(low + width)) > 30 && low * (low + width) > 0;
    double tolerance = isFar ? 0.02 : 2e-3; // far out the forms are asymptotic
    assertEquals(moments[1], normal.mean(), tolerance * spread);
    assertEquals(1, normal.variance() / moments[2], tolerance);
    assertEquals(moments[0] - Math.log(width), normal.logDensity(), 0.02);
  }

  @Property(tries = 300)
  void shouldStayWithinTheIntervalWhateverItIs(
      @ForAll @DoubleRange(min = -1e18, max = 1e18) double low,
      @ForAll @DoubleRange(min = 0.01, max = 1e18) double width) {
    double high = low + Math.max(width, Math.ulp(low) * 4);
    normal.truncate(low, high);
    double slack = Math.max(Math.ulp(low), Math.ulp(high)) * 4;
    assertTrue(normal.mean() >= low - slack && normal.mean() <= high + slack);
    assertTrue(normal.variance() >= 0 && normal.variance() <= 1);
    assertTrue(Double.isFinite(normal.logDensity()));
  }

  @Property(tries = 100)
  void shouldMirrorWhenTheIntervalIsMirrored(
      @ForAll @DoubleRange(min = -20, max = 20) double low,
      @ForAll @DoubleRange(min = 0.01, max = 20) double width) {
    normal.truncate(low, low + width);
    double mean = normal.mean();
    double variance = normal.variance();
    double density = normal.logDensity();
    normal.truncate(-low - width, -low);
    assertEquals(mean, -normal.mean(), 1e-9);
    assertEquals(variance, normal.variance(), 1e-9);
    assertEquals(density, normal.logDensity(), 1e-9);
  }

  /** Logarithm of the mass, mean, variance. */
  private static double[] integrate(double low, double width) {
    double near = Math.max(low, Math.min(0, low + width)); // where the density is greatest
    double peak = near * near / 2;
    double reach = Math.min(width, 12 / Math.max(1, Math.abs(near)));
    double from = Math.max(low, Math.min(near, low + width) - (near > low ? reach : 0));
    double to = Math.min(low + width, near + reach);
    double[] sums = new double[3];
    double step = (to - from) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
      double x = from + i * step;
      double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      double f = weight * Math.exp(peak - x * x / 2);
      sums[0] += f;
      sums[1] += f * (x - near);
      sums[2] += f * (x - near) * (x - near);
    }
    double mean = sums[1] / sums[0];
    double mass = Math.log(sums[0] * step / 3) - peak - HALF_LOG_2PI;
    return new double[] {mass, near + mean, sums[2] / sums[0] - mean * mean};
  }
}
