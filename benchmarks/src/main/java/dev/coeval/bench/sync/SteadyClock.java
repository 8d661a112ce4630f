package dev.coeval.bench.sync;

import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;

/** Models of a clock that knows the time, for servers to serve. */
final class SteadyClock {
  private static final long ERROR_NANOS = 50_000;

  private SteadyClock() {}

  /** The reader's wall clock, known to 50 µs, from now on. */
  static ClockModel of(ClockReader reader) {
    ClockReading now = reader.read();
    long time = now.wallEpochNanos();
    return ClockModel.unsynchronized(now, ClockModel.DEFAULT_DRIFT_BOUND_PPB)
        .steer(
            new ClockEstimate(
                now.tickNanos(), time, 0, 1_000, BoundedInstant.around(time, ERROR_NANOS)),
            now.tickNanos(),
            SteeringPolicy.with(StepPolicy.never()));
  }
}
