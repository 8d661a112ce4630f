package dev.coeval.scale;

/**
 * When a smear takes place.
 *
 * @param beforeSeconds how long before the leap it begins
 * @param afterSeconds how long after the leap it ends
 * @param ofDay whether the beginning is counted back from the end of the day, the inserted second
 *     included, rather than by the smeared clock
 */
record Window(long beforeSeconds, long afterSeconds, boolean ofDay) {
  private static final long SECOND = 1_000_000_000L;

  /** So that no curve within stands still or runs at double speed. */
  private static final long MIN_SECONDS = 3;

  Window {
    boolean isLong = beforeSeconds > Smear.MAX_SECONDS || afterSeconds > Smear.MAX_SECONDS;
    if (beforeSeconds < 0 || afterSeconds < 0 || isLong) {
      throw new IllegalArgumentException(
          "out of range: %d s before, %d s after".formatted(beforeSeconds, afterSeconds));
    }
    requireLength((double) (beforeSeconds + afterSeconds));
  }

  static Window around(long beforeSeconds, long afterSeconds) {
    return new Window(beforeSeconds, afterSeconds, false);
  }

  static Window lastOfDay(long seconds) {
    return new Window(seconds, 0, true);
  }

  static void requireLength(double seconds) {
    if (!(seconds >= MIN_SECONDS && seconds <= Smear.MAX_SECONDS)) {
      throw new IllegalArgumentException("a smear cannot take " + seconds + " s");
    }
  }

  long startNanos(LeapSecond leap) {
    long end = leap.epochSecond() + (ofDay ? leap.seconds() : 0);
    return (end - beforeSeconds) * SECOND;
  }

  long durationNanos(LeapSecond leap) {
    return (beforeSeconds + afterSeconds + (ofDay ? 0 : leap.seconds())) * SECOND;
  }
}
