package dev.coeval.scale;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** The scales as their definitions say, slowly: second by second, and in numbers without end. */
final class NaiveScales {
  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);

  private NaiveScales() {}

  /**
   * UTC, walked in TAI second by second from a whole POSIX second before a leap: the name of the
   * second that is so many after it.
   */
  static UtcTime walk(LeapSecond leap, long fromEpochSecond, long tai) {
    long label = fromEpochSecond;
    boolean inLeap = false;
    for (long i = 0; i < tai; i++) {
      boolean lastOfDay = label == leap.epochSecond() - 1;
      if (leap.seconds() > 0 && lastOfDay && !inLeap) {
        inLeap = true; // 23:59:60 after 23:59:59
      } else if (leap.seconds() < 0 && label == leap.epochSecond() - 2) {
        label += 2; // 00:00:00 after 23:59:58
      } else {
        label++;
        inLeap = false;
      }
    }
    return new UtcTime(Math.multiplyExact(label, SECOND.longValueExact()), inLeap);
  }

  /** TAI - UTC as the sum of the leap seconds that have been. */
  static int offset(List<LeapSecond> leaps, long epochNanos) {
    int offset = 10;
    for (LeapSecond leap : leaps) {
      BigInteger at = BigInteger.valueOf(leap.epochSecond()).multiply(SECOND);
      if (BigInteger.valueOf(epochNanos).compareTo(at) >= 0) {
        offset += leap.seconds();
      }
    }
    return offset;
  }

  /** A line from one end of a smear to the other, rounded down. */
  static long linear(LeapSecond leap, long startNanos, long endNanos, long unbrokenNanos) {
    BigInteger elapsed = BigInteger.valueOf(unbrokenNanos).subtract(BigInteger.valueOf(startNanos));
    BigInteger length = BigInteger.valueOf(endNanos).subtract(BigInteger.valueOf(startNanos));
    BigInteger done = elapsed.multiply(SECOND).divide(length).max(BigInteger.ZERO).min(SECOND);
    return leap.seconds() * done.longValueExact();
  }

  /** The area under a rate that rises and falls by steps of a whole second's change: trapezoids. */
  static double quadratic(double maxFrequency, double wander, double seconds) {
    double frequency = 0;
    double done = 0;
    double duration = duration(maxFrequency, wander);
    double step = seconds / 200_000;
    for (int i = 0; i < 200_000; i++) {
      double t = (i + 0.5) * step;
      frequency = Math.min(maxFrequency, wander * Math.min(t, duration - t));
      done += Math.max(0, frequency) * step;
    }
    return done;
  }

  /** As chrony's manual says for one second: two ramps, and what is left at the largest rate. */
  static double duration(double maxFrequency, double wander) {
    if (maxFrequency * maxFrequency >= wander) {
      return 2 * Math.sqrt(1 / wander);
    }
    return 1 / maxFrequency + maxFrequency / wander;
  }

  /** {@code (1 - cos(pi t)) / 2} by its series, to 40 digits. */
  static long cosine(LeapSecond leap, long startNanos, long endNanos, long unbrokenNanos) {
    BigDecimal x =
        new BigDecimal("3.1415926535897932384626433832795028841972")
            .multiply(BigDecimal.valueOf(unbrokenNanos - startNanos))
            .divide(BigDecimal.valueOf(endNanos - startNanos), 40, RoundingMode.HALF_EVEN);
    BigDecimal square = x.multiply(x).setScale(40, RoundingMode.HALF_EVEN);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal cosine = BigDecimal.ONE;
    for (int n = 1; n < 40; n++) {
      term =
          term.multiply(square)
              .negate()
              .divide(BigDecimal.valueOf((2L * n - 1) * (2L * n)), 40, RoundingMode.HALF_EVEN);
      cosine = cosine.add(term);
    }
    BigDecimal done =
        BigDecimal.ONE.subtract(cosine).divide(BigDecimal.valueOf(2), 40, RoundingMode.HALF_EVEN);
    return leap.seconds()
        * done.multiply(new BigDecimal(SECOND)).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
