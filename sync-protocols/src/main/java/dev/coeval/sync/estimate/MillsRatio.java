package dev.coeval.sync.estimate;

/**
 * The Mills ratio of the normal distribution: its upper tail over its density, {@code Q(x) /
 * phi(x)}, for {@code x >= 0}.
 *
 * <p><b>Problem.</b> Far out, tails are too small for a double, while their ratios, of which the
 * moments of a truncated normal are made, are harmless.
 *
 * <p><b>Idea.</b> The ratio {@code M} solves {@code M' = x M - 1}, which gives all its derivatives:
 * {@code M'' = M + x M'}, and {@code M⁽ⁿ⁺¹⁾ = x M⁽ⁿ⁾ + n M⁽ⁿ⁻¹⁾}. So a coarse table and a short
 * Taylor series are exact to 13 digits, without iteration. The table is made from its far end
 * downwards, in which direction the equation forgets errors. Beyond it Laplace's asymptotic series
 * is as good.
 */
final class MillsRatio {
  private static final double FAR = 16;
  private static final int STEPS = 32;
  private static final double STEP = 1.0 / STEPS;
  private static final double[] TABLE = table();

  private MillsRatio() {}

  /** At a point that is not negative. */
  static double at(double x) {
    if (x >= FAR) {
      return asymptotic(x);
    }
    int i = (int) (x * STEPS + 0.5);
    double near = i * STEP;
    return taylor(near, TABLE[i], x - near);
  }

  private static double[] table() {
    double[] table = new double[(int) (FAR * STEPS) + 1];
    double far = 2 * FAR;
    double value = asymptotic(far);
    for (int i = 2 * (table.length - 1) - 1; i >= 0; i--) {
      value = taylor((i + 1) * STEP, value, -STEP);
      if (i < table.length) {
        table[i] = value;
      }
    }
    return table;
  }

  /** To the seventh order. */
  private static double taylor(double x, double value, double dx) {
    double d1 = x * value - 1;
    double d2 = value + x * d1;
    double d3 = 2 * d1 + x * d2;
    double d4 = 3 * d2 + x * d3;
    double d5 = 4 * d3 + x * d4;
    double d6 = 5 * d4 + x * d5;
    double d7 = 6 * d5 + x * d6;
    double tail = d5 + dx / 6 * (d6 + dx / 7 * d7);
    return value + dx * (d1 + dx / 2 * (d2 + dx / 3 * (d3 + dx / 4 * (d4 + dx / 5 * tail))));
  }

  private static double asymptotic(double x) {
    double z = 1 / (x * x);
    return (1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z * (1 - 9 * z * (1 - 11 * z)))))) / x;
  }
}
