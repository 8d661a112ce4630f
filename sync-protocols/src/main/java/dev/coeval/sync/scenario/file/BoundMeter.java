package dev.coeval.sync.scenario.file;

import dev.coeval.time.BoundedInstant;

/** Holds one kind of a clock's bounds against the truth, at whole true seconds. */
final class BoundMeter {
  private static final double NANOS = 1e9;

  private long readings;
  private long violations;
  private double widths;

  void sample(BoundedInstant claimed, long truthEpochNanos) {
    if (claimed.isBounded()) {
      readings++;
      violations += claimed.contains(truthEpochNanos) ? 0 : 1;
      widths += claimed.widthNanos() / NANOS;
    }
  }

  ClockAccuracy.Bound result() {
    return new ClockAccuracy.Bound(readings, violations, readings == 0 ? 0 : widths / readings);
  }
}
