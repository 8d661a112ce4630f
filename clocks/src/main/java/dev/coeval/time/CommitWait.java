package dev.coeval.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a time has certainly passed everywhere.
 *
 * <p>Spanner's rule (Corbett et al., OSDI 2012, section 4.1.2): stamp a commit with the latest
 * possible time, make it visible once even the earliest possible time is later than the stamp. A
 * node that reads its clock after that, and whose bound is honest, can only see later times; so
 * stamps agree with the real order of commits. The wait is about twice the bound.
 *
 * <p>The bound is asked again after every nap, whether a thread waits ({@link #awaitPast}) or a
 * future does ({@link #whenPast}): it grows and shrinks meanwhile, and may be lost.
 *
 * <p>For a stamp of a hybrid clock the time to be past is its {@code lastInstant()}, the end of its
 * unit of time. After that, every node stamps later whose bound is honest and whose hybrid clock
 * stands on {@link BoundedInstantSource#latestSource()}. A clock that stands on the best single
 * reading may be behind the true time by its error: then wait for {@code lastInstant()} plus the
 * largest error of any node.
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

  /**
   * A future that is complete once an instant has certainly passed. Nobody is blocked meanwhile.
   *
   * <p>It completes exceptionally with {@link NotSynchronizedException} if the source knows no
   * bound or loses it, and with {@link RejectedExecutionException} if the executor is shut down.
   * Cancel it to stop waiting, which the executor notices after its nap. Completing it, like all
   * that depends on it, runs in the executor, or in the caller's thread if the instant is past at
   * once.
   *
   * @param instant the time to be past
   * @param executor wakes up to ask again
   * @return a future of its own, with no value
   * @throws ArithmeticException if the instant is outside the years 1677 to 2262
   */
  public CompletableFuture<Void> whenPast(Instant instant, ScheduledExecutorService executor) {
    Objects.requireNonNull(executor, "executor");
    Waiting waiting = new Waiting(EpochNanos.of(instant), executor);
    waiting.run();
    return waiting.future;
  }

  /** How long until the time is past, as it looks now; negative once it is. */
  private long leftNanos(long epochNanos) {
    return EpochNanos.subtractSaturated(epochNanos, source.now().earliestEpochNanos());
  }

  private static long napNanos(long leftNanos) {
    return Math.max(MIN_NAP_NANOS, Math.min(leftNanos, MAX_NAP_NANOS));
  }

  private boolean awaitPast(long epochNanos, long timeoutNanos) throws InterruptedException {
    long start = reader.tickNanos();
    while (true) {
      long left = leftNanos(epochNanos);
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
      reader.pause(Math.min(napNanos(left), patience));
    }
  }

  /** One wait of a future: asks, and comes back after a nap. */
  private final class Waiting implements Runnable {
    final CompletableFuture<Void> future = new CompletableFuture<>();
    private final long epochNanos;
    private final ScheduledExecutorService executor;

    Waiting(long epochNanos, ScheduledExecutorService executor) {
      this.epochNanos = epochNanos;
      this.executor = executor;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what this run throws, it completes with
    public void run() {
      if (future.isDone()) {
        return; // cancelled, or completed by its owner
      }
      try {
        long left = leftNanos(epochNanos);
        if (left < 0) {
          future.complete(null);
        } else {
          executor.schedule(this, napNanos(left), TimeUnit.NANOSECONDS);
        }
      } catch (RuntimeException failure) {
        future.completeExceptionally(failure);
      }
    }
  }
}
