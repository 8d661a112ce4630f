package dev.coeval.sync.ntp;

import dev.coeval.sync.measure.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of every {@code n} exchanges of one source the median goes on, as it was; those that did not pass
 * a gate count, but are not held.
 *
 * <p>Offsets are against raw ticks, which drift between the first exchange and the last; so the
 * median is taken of what they are off a line: through the median of the slopes of all pairs (Theil
 * 1950, Sen 1968), which is not moved by less than 29 % of outliers.
 */
final class MedianFilter {
  private final int size;
  private final List<Measurement> held = new ArrayList<>();
  private int seen;

  MedianFilter(int size) {
    this.size = size;
  }

  /** Takes in an exchange; the median, if this one makes the number full. */
  @Nullable Measurement add(Measurement measurement) {
    held.add(measurement);
    return skip();
  }

  /** An exchange did not pass; the median of the others, if this one makes the number full. */
  @Nullable Measurement skip() {
    seen++;
    if (seen < size || held.isEmpty()) {
      return null;
    }
    Measurement median = median();
    clear();
    return median;
  }

  void clear() {
    held.clear();
    seen = 0;
  }

  private Measurement median() {
    if (held.size() == 1) {
      return held.get(0);
    }
    Measurement last = held.get(held.size() - 1);
    double slope = slope();
    List<Measurement> sorted = new ArrayList<>(held);
    sorted.sort((a, b) -> Double.compare(residual(a, last, slope), residual(b, last, slope)));
    return sorted.get(sorted.size() / 2);
  }

  private static double residual(Measurement each, Measurement last, double slope) {
    double age = last.receivedTickNanos() - each.receivedTickNanos();
    return (each.offsetNanos() - last.offsetNanos()) + slope * age;
  }

  private double slope() {
    double[] slopes = new double[held.size() * (held.size() - 1) / 2];
    int count = 0;
    for (int i = 0; i < held.size(); i++) {
      for (int j = 0; j < i; j++) {
        Measurement a = held.get(j);
        Measurement b = held.get(i);
        long ticks = Math.max(1, b.receivedTickNanos() - a.receivedTickNanos());
        slopes[count++] = (double) (b.offsetNanos() - a.offsetNanos()) / ticks;
      }
    }
    Arrays.sort(slopes);
    return (slopes[(count - 1) / 2] + slopes[count / 2]) / 2;
  }
}
