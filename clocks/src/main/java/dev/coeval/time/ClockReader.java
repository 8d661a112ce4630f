package dev.coeval.time;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Reads the local tick source and the local wall clock, alone or as a pair.
 *
 * <p>This is the one class of Coeval that reads the operating system's clocks or lets a thread
 * wait; everything else is handed a reader, and so runs under a clock of the caller's making
 * ({@link dev.coeval.testing.ManualTime}, {@link dev.coeval.testing.DriftingTime}).
 *
 * <p>The two sources cannot be read at one moment. {@link #read()} brackets the wall clock between
 * two readings of the ticks, and the width of the bracket says how well the pair fits. A thread
 * that is interrupted in between gives a wide bracket; {@link #readTightest(int)} keeps the
 * narrowest of several.
 *
 * <p>Thread-safe if its sources are; {@link #system()} is.
 */
public final class ClockReader {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final ClockReader SYSTEM =
      new ClockReader(System::nanoTime, ClockReader::systemWall, LockSupport::parkNanos);

  private final LongSupplier ticks;
  private final LongSupplier wall;
  private final LongConsumer pause;

  private ClockReader(LongSupplier ticks, LongSupplier wall, LongConsumer pause) {
    this.ticks = Objects.requireNonNull(ticks, "tickNanos");
    this.wall = Objects.requireNonNull(wall, "wallEpochNanos");
    this.pause = Objects.requireNonNull(pause, "pauseNanos");
  }

  /**
   * The reader of this host's clocks: {@code System.nanoTime()} for ticks, the system UTC clock at
   * its full resolution for the wall.
   *
   * @return the one shared reader of the operating system's clocks
   */
  public static ClockReader system() {
    return SYSTEM;
  }

  /**
   * A reader of other sources, for tests, simulations and virtual nodes.
   *
   * @param tickNanos ticks in nanoseconds; must never decrease
   * @param wallEpochNanos the wall clock, in nanoseconds since the Unix epoch
   * @param pauseNanos lets the calling thread wait about that many nanoseconds; may return early
   * @return a reader of these sources
   */
  public static ClockReader of(
      LongSupplier tickNanos, LongSupplier wallEpochNanos, LongConsumer pauseNanos) {
    return new ClockReader(tickNanos, wallEpochNanos, pauseNanos);
  }

  /**
   * Reads the ticks alone: the cheapest stamp there is.
   *
   * @return nanoseconds from an origin of the source's own; never decreasing
   */
  public long tickNanos() {
    return ticks.getAsLong();
  }

  /**
   * Reads ticks and wall once. The tick is read first, so that as a stamp of an event it is as
   * early as it can be.
   *
   * @return the pair, with the width of its bracket
   */
  public ClockReading read() {
    long before = ticks.getAsLong();
    long wallEpochNanos = wall.getAsLong();
    return new ClockReading(before, wallEpochNanos, ticks.getAsLong() - before);
  }

  /**
   * Reads ticks and wall several times and keeps the tightest pair.
   *
   * @param attempts how many brackets to take; at least 1
   * @return the pair with the smallest span
   * @throws IllegalArgumentException if {@code attempts} is less than 1
   */
  public ClockReading readTightest(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    ClockReading tightest = read();
    for (int i = 1; i < attempts; i++) {
      ClockReading next = read();
      if (next.spanNanos() < tightest.spanNanos()) {
        tightest = next;
      }
    }
    return tightest;
  }

  /**
   * Lets the calling thread wait for about the given time. May return early or late; the caller
   * reads the clock again.
   *
   * @param nanos how long, in nanoseconds; nothing happens when it is not positive
   */
  public void pause(long nanos) {
    if (nanos > 0) {
      pause.accept(nanos);
    }
  }

  private static long systemWall() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}
