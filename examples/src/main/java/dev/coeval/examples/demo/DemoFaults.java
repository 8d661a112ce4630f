package dev.coeval.examples.demo;

import dev.coeval.testing.DriftingTime;
import dev.coeval.time.ClockReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses by how much the clocks of a group are wrong: up to 500 ms and 100 ppm, either way. */
final class DemoFaults {
  private static final long MAX_OFFSET_NANOS = 500_000_000L;
  private static final long MAX_DRIFT_PPB = 100_000L;

  private final ClockReader host;
  private final SplittableRandom random;

  DemoFaults(ClockReader host, SplittableRandom random) {
    this.host = host;
    this.random = random;
  }

  /** So many faulty clocks: the first is as fast as can be, the second as slow. */
  List<DriftingTime> choose(int count) {
    List<DriftingTime> faults = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long offset = i < 2 ? sign(i) * MAX_OFFSET_NANOS : within(MAX_OFFSET_NANOS);
      long drift = i < 2 ? sign(i) * MAX_DRIFT_PPB : within(MAX_DRIFT_PPB);
      faults.add(DriftingTime.over(host, Duration.ofNanos(offset), drift));
    }
    return faults;
  }

  private static int sign(int index) {
    return index == 0 ? 1 : -1;
  }

  private long within(long limit) {
    return random.nextLong(-limit, limit + 1);
  }
}
