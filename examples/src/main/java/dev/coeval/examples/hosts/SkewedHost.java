package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.Nanos;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * This host's clocks, seen with the fault that was asked for; and what the host's wall clock says
 * at the same moment.
 */
final class SkewedHost {
  private static final int PAIRING_ATTEMPTS = 5;

  private final ClockReader base = ClockReader.system();
  private final Duration offset;
  private final long driftPpb;
  private final DriftingTime time;

  SkewedHost(Duration offset, long driftPpb) {
    this.offset = offset;
    this.driftPpb = driftPpb;
    this.time = DriftingTime.over(base, offset, driftPpb);
  }

  /**
   * One moment on three clocks.
   *
   * @param tickNanos the ticks, with their fault
   * @param wallEpochNanos the wall clock, with its fault
   * @param hostEpochNanos the wall clock as the host has it
   * @param spanNanos how far apart the readings can have been
   */
  record Moment(long tickNanos, long wallEpochNanos, long hostEpochNanos, long spanNanos) {}

  Moment now() {
    ClockReading reading = base.readTightest(PAIRING_ATTEMPTS);
    long tick = time.tickNanosAt(reading.tickNanos());
    long gained = tick - reading.tickNanos();
    long wall = reading.wallEpochNanos();
    return new Moment(tick, wall + offset.toNanos() + gained, wall, reading.spanNanos());
  }

  ClockReader reader() {
    return time.reader();
  }

  /** By how much the ticks can be wrong: what is assumed of the host, and the fault. */
  long driftBoundPpb() {
    return ClockModel.DEFAULT_DRIFT_BOUND_PPB + Math.abs(driftPpb);
  }

  /** As in "250.0 ms ahead and 50 ppm fast"; empty if there is no fault. */
  String fault() {
    List<String> faults = new ArrayList<>();
    if (!offset.isZero()) {
      faults.add(Nanos.of(offset.abs().toNanos()) + (offset.isNegative() ? " behind" : " ahead"));
    }
    if (driftPpb != 0) {
      BigDecimal ppm = BigDecimal.valueOf(Math.abs(driftPpb), 3).stripTrailingZeros();
      faults.add(ppm.toPlainString() + (driftPpb < 0 ? " ppm slow" : " ppm fast"));
    }
    return String.join(" and ", faults);
  }
}
