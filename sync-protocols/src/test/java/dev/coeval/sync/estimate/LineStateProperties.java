package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** Against the textbook's matrices. */
class LineStateProperties {

  @Property(tries = 50)
  void shouldBeTheKalmanFilterOfTheTextbook(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LineState state = new LineState();
    state.set(3, 100, -2, 25);
    RealMatrix x = MatrixUtils.createColumnRealMatrix(new double[] {3, -2});
    RealMatrix p = MatrixUtils.createRealDiagonalMatrix(new double[] {100, 25});
    RealMatrix h = MatrixUtils.createRowRealMatrix(new double[] {1, 0});
    for (int i = 0; i < 40; i++) {
      double t = random.nextDouble(0.1, 5);
      double q = random.nextDouble(0, 2);
      double r = random.nextDouble(0.5, 50);
      double z = random.nextDouble(-50, 50);
      RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1, t}, {0, 1}});
      RealMatrix noise =
          MatrixUtils.createRealMatrix(
              new double[][] {{q * t * t * t / 3, q * t * t / 2}, {q * t * t / 2, q * t}});
      x = f.multiply(x);
      p = f.multiply(p).multiply(f.transpose()).add(noise);
      state.predict(t, q);
      same(x, p, state, seed);
      double total = p.getEntry(0, 0) + r;
      RealMatrix k = p.multiply(h.transpose()).scalarMultiply(1 / total);
      double off = z - x.getEntry(0, 0);
      double gain = state.variance() / (state.variance() + r);
      state.correct(gain * (z - state.offset()), 1 - gain);
      x = x.add(k.scalarMultiply(off));
      p = p.subtract(k.multiply(h).multiply(p));
      same(x, p, state, seed);
    }
  }

  private static void same(RealMatrix x, RealMatrix p, LineState state, long seed) {
    String message = "seed " + seed;
    assertEquals(x.getEntry(0, 0), state.offset(), 1e-7, message);
    assertEquals(x.getEntry(1, 0), state.frequency(), 1e-7, message);
    assertEquals(1, state.variance() / p.getEntry(0, 0), 1e-7, message);
    assertEquals(p.getEntry(0, 1), state.covariance(), 1e-6, message);
    assertEquals(1, state.frequencyVariance() / p.getEntry(1, 1), 1e-7, message);
  }

  @Example
  void shouldStayPositiveDefiniteForAHundredThousandDays() {
    SplittableRandom random = new SplittableRandom(1);
    LineState state = new LineState();
    state.set(0, 1e6, 0, 1e10);
    for (int day = 0; day < 100_000; day++) {
      for (int i = 0; i < 4; i++) {
        state.predict(random.nextDouble(1e-3, 3e4), Math.pow(10, random.nextDouble(-8, 4)));
        double noise = Math.pow(10, random.nextDouble(-3, 14));
        double total = state.variance() + noise;
        state.correct(state.variance() / total * random.nextDouble(-1, 1), noise / total);
        double rest =
            state.frequencyVariance() - state.covariance() * state.covariance() / state.variance();
        assertTrue(state.variance() > 0 && state.frequencyVariance() > 0, "day " + day);
        assertTrue(rest >= -1e-9 * state.frequencyVariance(), "day " + day);
        assertTrue(Double.isFinite(state.offset()) && Double.isFinite(state.frequency()));
      }
    }
  }
}
