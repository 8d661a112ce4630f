package dev.coeval.examples.terminal;

import java.util.Locale;

/** Nanoseconds as people read them: three or four digits and a unit. */
public final class Nanos {
  private static final String[] UNITS = {"ns", "µs", "ms", "s"};

  private Nanos() {}

  /**
   * As {@code 12.3 µs}.
   *
   * @param nanos nanoseconds; {@link Long#MAX_VALUE} stands for no bound
   * @return a text
   */
  public static String of(long nanos) {
    return format(nanos, "%.0f %s", "%.1f %s");
  }

  /**
   * As {@code +12.3 µs}.
   *
   * @param nanos nanoseconds
   * @return a text with a sign
   */
  public static String signed(long nanos) {
    return format(nanos, "%+.0f %s", "%+.1f %s");
  }

  private static String format(long nanos, String whole, String tenths) {
    if (nanos == Long.MAX_VALUE) {
      return "unknown";
    }
    double value = nanos;
    int unit = 0;
    while (Math.abs(value) >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? whole : tenths, value, UNITS[unit]);
  }
}
