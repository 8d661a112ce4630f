package dev.coeval.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits that count. */
public final class Numbers {
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final double THOUSAND = 1_000;

  private Numbers() {}

  /**
   * A time with its unit.
   *
   * @param nanos in nanoseconds
   * @return as in {@code 1.50 µs}; empty if it is not a number
   */
  public static String time(double nanos) {
    if (Double.isNaN(nanos)) {
      return "";
    }
    double value = nanos;
    int unit = 0;
    while (Math.abs(value) >= THOUSAND && unit < TIMES.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    return plain(value) + " " + TIMES[unit];
  }

  /**
   * Without a unit; large ones with separators.
   *
   * @param value any number
   * @return as in {@code 12.3}; empty if it is not a number
   */
  public static String plain(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    double magnitude = Math.abs(value);
    if (magnitude >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String format = magnitude >= 10 ? "%.1f" : magnitude >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
