package dev.coeval.testing;

import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.time.Duration;

/**
 * A host's clocks with a known fault: off by an offset, and running fast or slow.
 *
 * <p>Made over another reader, so that many nodes of one process, each with a fault of its own, can
 * be measured against the one they all stand on: with {@code t} the base ticks since this time was
 * made, its ticks read {@code t * (1 + drift)} and its wall clock is off by {@code offset + t *
 * drift}. That is what the demonstrations and tests hold to be the true error.
 *
 * <p>Immutable; thread-safe if the base is.
 */
public final class DriftingTime {
  private static final double PPB = 1e-9;
  private static final int PAIRING_ATTEMPTS = 5;

  private final ClockReader base;
  private final ClockReading origin;
  private final long offsetNanos;
  private final double drift;

  private DriftingTime(ClockReader base, long offsetNanos, double drift) {
    this.base = base;
    this.origin = base.readTightest(PAIRING_ATTEMPTS);
    this.offsetNanos = offsetNanos;
    this.drift = drift;
  }

  /**
   * A faulty view of a reader's clocks.
   *
   * @param base the clocks it stands on
   * @param offset by how much its wall clock is ahead at the start
   * @param driftPpb by how much its clocks run fast, in parts per billion; more than -10⁹, so that
   *     ticks never decrease
   * @return the faulty time, from now on
   * @throws IllegalArgumentException if the drift would let time stand or run backwards
   */
  public static DriftingTime over(ClockReader base, Duration offset, long driftPpb) {
    if (driftPpb * PPB <= -1) {
      throw new IllegalArgumentException("ticks would not increase at " + driftPpb + " ppb");
    }
    return new DriftingTime(base, offset.toNanos(), driftPpb * PPB);
  }

  /**
   * The ticks of the faulty clock.
   *
   * @return nanoseconds; never decreasing
   */
  public long tickNanos() {
    return tickNanosAt(base.tickNanos());
  }

  /**
   * The ticks of the faulty clock at a moment of the base: what lets many nodes be compared at
   * exactly the same time.
   *
   * @param baseTickNanos a tick of the base
   * @return nanoseconds
   */
  public long tickNanosAt(long baseTickNanos) {
    long elapsed = elapsed(baseTickNanos);
    return origin.tickNanos() + elapsed + (long) (elapsed * drift);
  }

  /**
   * The wall clock of the faulty clock.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long wallEpochNanos() {
    ClockReading now = base.read();
    return now.wallEpochNanos() + offsetNanos + (long) (elapsed(now.tickNanos()) * drift);
  }

  /**
   * A reader of the faulty clock. Pausing on it pauses on the base.
   *
   * @return the reader
   */
  public ClockReader reader() {
    return ClockReader.of(this::tickNanos, this::wallEpochNanos, base::pause);
  }

  private long elapsed(long baseTickNanos) {
    return baseTickNanos - origin.tickNanos();
  }
}
