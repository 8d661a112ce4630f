package dev.coeval.bench.peers;

import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;

/**
 * The true time of a run: the host's wall clock as it was at the start, going on with the host's
 * ticks. Thread-safe.
 */
final class HostTruth {
  private static final int PAIRINGS = 20;

  private final ClockReader reader;
  private final ClockReading origin;

  HostTruth(ClockReader reader) {
    this.reader = reader;
    this.origin = reader.readTightest(PAIRINGS);
  }

  ClockReader reader() {
    return reader;
  }

  /** The true time minus the host's ticks. */
  long offsetNanos() {
    return origin.wallEpochNanos() - origin.tickNanos();
  }

  /** How far the wall clock has moved against the ticks since the start: to be near 0. */
  long wallDriftNanos() {
    ClockReading now = reader.readTightest(PAIRINGS);
    return now.wallEpochNanos() - now.tickNanos() - offsetNanos();
  }

  /** A clock that shows it. */
  DisciplinedClock clock() {
    DisciplinedClock clock =
        new DisciplinedClock(reader, 0, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
    long time = origin.wallEpochNanos();
    clock.steer(new ClockEstimate(origin.tickNanos(), time, 0, 0, BoundedInstant.around(time, 0)));
    return clock;
  }
}
