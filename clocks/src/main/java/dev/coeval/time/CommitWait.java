package dev.coeval.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Waits until a time has certainly passed everywhere.
 *
 * <p>Spanner's rule (Corbett et al., OSDI 2012, section 4.1.2): stamp a commit with the latest
 * possible time, make it visible once even the earliest possible time is later than the stamp. A
 * node that reads its clock after that, and whose bound is honest, can only see later times; so
 * stamps agree with the real order of commits. The wait is about twice the bound.
 *
 * <p>Thread-safe.
 */
public final class CommitWait {

  /** A nap is never longer than this, as the bound may shrink meanwhile: 10 ms. */
  private static final long MAX_NAP_NANOS = 10_000_000L;

  /** Nor shorter, lest the wait become a spin: 10 µs. */
  private static final long MIN_NAP_NANOS = 10_000L;

  private final BoundedInstantSource source;
  private final ClockReader reader;

  /**
   * A wait on a source of time.
   *
   * @param source tells the interval that holds the true time
   * @param reader lets the thread pause, and measures timeouts
   */
  public CommitWait(BoundedInstantSource source, ClockReader reader) {
    this.source = Objects.requireNonNull(source, "source");
    this.reader = Objects.requireNonNull(reader, "reader");
  }

  /**
   * Waits until an instant has certainly passed.
   *
   * @param instant the time to be past
   * @throws InterruptedException if the thread is interrupted while waiting
   * @throws NotSynchronizedException if the source knows no bound, or loses it while waiting
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  public void awaitPast(Instant instant) throws InterruptedException {
    awaitPast(EpochNanos.of(instant), Long.MAX_VALUE);
  }

  /**
   * Waits until an instant has certainly passed, but no longer than a timeout.
   *
   * @param instant the time to be past
   * @param timeout how long to wait, by the local ticks; not negative
   * @return true if the instant has passed; false if the timeout came first
   * @throws InterruptedException if the thread is interrupted while waiting
   * @throws NotSynchronizedException if the source knows no bound, or loses it while waiting
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  public boolean awaitPast(Instant instant, Duration timeout) throws InterruptedException {
    return awaitPast(EpochNanos.of(instant), timeout.toNanos());
  }

  private boolean awaitPast(long epochNanos, long timeoutNanos) throws InterruptedException {
    long start = reader.tickNanos();
    while (true) {
      long left = EpochNanos.subtractSaturated(epochNanos, source.now().earliestEpochNanos());
      if (left < 0) {
        return true;
      }
      long patience = timeoutNanos - (reader.tickNanos() - start);
      if (patience <= 0) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for a time to pass");
      }
      long nap = Math.max(MIN_NAP_NANOS, Math.min(left, MAX_NAP_NANOS));
      reader.pause(Math.min(nap, patience));
    }
  }
}
