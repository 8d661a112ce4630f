package dev.coeval.logical.laws;

import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that shows what the test says, even what no instant can express. */
public final class PhysicalTime implements InstantSource {

  /** The unit of a clock of milliseconds. */
  public static final long MILLIS = 1_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long unitNanos;
  private volatile long time;

  /**
   * A clock that shows a time.
   *
   * @param millis milliseconds since the Unix epoch
   */
  public PhysicalTime(long millis) {
    this(millis, MILLIS);
  }

  /**
   * A clock that shows a time in a unit of its own.
   *
   * @param time how many units since the Unix epoch
   * @param unitNanos nanoseconds a unit: a power of ten, at most a second
   */
  public PhysicalTime(long time, long unitNanos) {
    this.time = time;
    this.unitNanos = unitNanos;
  }

  /**
   * Shows another time from now on.
   *
   * @param units how many units since the Unix epoch
   */
  public void set(long units) {
    this.time = units;
  }

  @Override
  public long millis() {
    return unitNanos == MILLIS ? time : instant().toEpochMilli();
  }

  @Override
  public Instant instant() {
    long now = time;
    long unitsPerSecond = NANOS_PER_SECOND / unitNanos;
    return Instant.ofEpochSecond(
        Math.floorDiv(now, unitsPerSecond), Math.floorMod(now, unitsPerSecond) * unitNanos);
  }
}
