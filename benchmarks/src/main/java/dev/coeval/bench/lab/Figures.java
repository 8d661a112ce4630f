package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;

/** Numbers of many seeds as people read them. All in seconds. */
final class Figures {
  private static final double NANOS = 1e9;
  private static final double HALF = 50;

  private Figures() {}

  static String time(double seconds) {
    return Numbers.time(seconds * NANOS);
  }

  /** A mean and its deviation over seeds. */
  static String meanAndDeviation(double[] values) {
    double deviation = values.length > 1 ? Math.sqrt(StatUtils.variance(values)) : 0;
    return time(StatUtils.mean(values)) + " ± " + time(deviation);
  }

  /** How many times the other. */
  static String times(double one, double other) {
    return other > 0 ? "× " + Numbers.plain(one / other) : "";
  }

  static double median(double[] values) {
    return StatUtils.percentile(values, HALF);
  }

  /** The median, over the seeds, of one divided by the other at the same seed. */
  static double pairedRatio(double[] one, double[] other) {
    int count = Math.min(one.length, other.length);
    double[] ratios = new double[count];
    for (int i = 0; i < count; i++) {
      ratios[i] = one[i] / other[i];
    }
    return median(ratios);
  }

  /** How likely such a difference is if both were alike: Mann and Whitney's test, both sides. */
  static String significance(double[] one, double[] other) {
    if (one.length < 2 || other.length < 2) {
      return "";
    }
    double p = new MannWhitneyUTest().mannWhitneyUTest(one, other);
    return p < 1e-4 ? "p < 0.0001" : "p = %.4f".formatted(p);
  }

  static String percent(double share) {
    if (Double.isNaN(share)) {
      return "no claim";
    }
    return share >= 1 ? "100 %" : "%.3f %%".formatted(100 * share);
  }

  static double[] of(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
