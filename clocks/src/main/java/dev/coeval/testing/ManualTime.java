package dev.coeval.testing;

import dev.coeval.time.ClockReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Time that stands still until a test moves it.
 *
 * <p>Ticks and wall clock can be moved together ({@link #advance}), or apart, as they are by an
 * administrator ({@link #stepWall}) or by a host that sleeps ({@link #suspend}). A thread that
 * pauses on its reader moves the time by what it wanted to wait for, so that waiting code ends at
 * once.
 *
 * <p>Thread-safe.
 */
public final class ManualTime implements InstantSource {
  private long tickNanos;
  private long wallEpochNanos;

  private ManualTime(long tickNanos, long wallEpochNanos) {
    this.tickNanos = tickNanos;
    this.wallEpochNanos = wallEpochNanos;
  }

  /**
   * Time that stands at an instant, with ticks at 0.
   *
   * @param wall what the wall clock says
   * @return the time
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  public static ManualTime at(Instant wall) {
    return new ManualTime(0, nanosOf(wall));
  }

  /**
   * Lets time pass on both clocks.
   *
   * @param duration how long; not negative
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    advanceNanos(duration.toNanos());
  }

  /**
   * Lets time pass on both clocks.
   *
   * @param nanos how long, in nanoseconds; not negative
   * @throws IllegalArgumentException if it is negative
   */
  public synchronized void advanceNanos(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("ticks never decrease: " + nanos);
    }
    tickNanos = Math.addExact(tickNanos, nanos);
    wallEpochNanos = Math.addExact(wallEpochNanos, nanos);
  }

  /**
   * Sets the wall clock forwards or back; ticks do not notice.
   *
   * @param offset by how much
   */
  public synchronized void stepWall(Duration offset) {
    wallEpochNanos = Math.addExact(wallEpochNanos, offset.toNanos());
  }

  /**
   * Lets the host sleep: the wall clock goes on, the ticks do not, as Linux's monotonic clock.
   *
   * @param duration how long; not negative
   * @throws IllegalArgumentException if the duration is negative
   */
  public void suspend(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("cannot sleep a negative time: " + duration);
    }
    stepWall(duration);
  }

  /**
   * The ticks now.
   *
   * @return nanoseconds since this time was made
   */
  public synchronized long tickNanos() {
    return tickNanos;
  }

  /**
   * The wall clock now.
   *
   * @return nanoseconds since the Unix epoch
   */
  public synchronized long wallEpochNanos() {
    return wallEpochNanos;
  }

  @Override
  public Instant instant() {
    long nanos = wallEpochNanos();
    return Instant.ofEpochSecond(
        TimeUnit.NANOSECONDS.toSeconds(nanos), nanos % TimeUnit.SECONDS.toNanos(1));
  }

  /**
   * A reader of this time. Pausing on it advances it.
   *
   * @return the reader
   */
  public ClockReader reader() {
    return ClockReader.of(this::tickNanos, this::wallEpochNanos, this::advanceNanos);
  }

  private static long nanosOf(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)),
        instant.getNano());
  }
}
