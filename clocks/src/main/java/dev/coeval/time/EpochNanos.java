package dev.coeval.time;

import java.time.Instant;

/** Conversions and saturating sums of nanoseconds since the Unix epoch. */
final class EpochNanos {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private EpochNanos() {}

  static Instant toInstant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }

  static long of(Instant instant) {
    long second = instant.getEpochSecond();
    long nano = instant.getNano();
    if (second < 0) { // so that the earliest moments do not overflow half way
      second++;
      nano -= NANOS_PER_SECOND;
    }
    return Math.addExact(Math.multiplyExact(second, NANOS_PER_SECOND), nano);
  }

  /** The sum, held at the ends of the range instead of wrapping. */
  static long addSaturated(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  static long subtractSaturated(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return difference;
  }
}
