package dev.coeval.examples.demo;

import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;

/**
 * The time that the demonstration holds to be true: the host's ticks, counted on from one reading
 * of its wall clock. Nothing in it drifts against the virtual clocks, which are made from the same
 * ticks.
 */
final class Truth {
  private static final int PAIRING_ATTEMPTS = 10;

  private final ClockReader reader;
  private final ClockReading origin;

  Truth(ClockReader reader) {
    this.reader = reader;
    this.origin = reader.readTightest(PAIRING_ATTEMPTS);
  }

  ClockReader reader() {
    return reader;
  }

  /** The true time at a tick of the host, in nanoseconds since the Unix epoch. */
  long epochNanosAt(long tickNanos) {
    return origin.wallEpochNanos() + (tickNanos - origin.tickNanos());
  }
}
