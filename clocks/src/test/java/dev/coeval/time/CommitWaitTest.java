package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommitWaitTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final long ERROR_NANOS = 4_000_000;

  private final ManualTime time = ManualTime.at(START);
  private final DisciplinedClock clock =
      new DisciplinedClock(
          time.reader(),
          ClockModel.DEFAULT_DRIFT_BOUND_PPB,
          SteeringPolicy.with(StepPolicy.never()));
  private final CommitWait wait = new CommitWait(clock, time.reader());
  private final ManualExecutor executor = new ManualExecutor(time);

  @Test
  void shouldWaitTwiceTheBoundWhenStampedWithTheLatestTime() throws InterruptedException {
    synchronize();
    Instant stamp = clock.now().latest();
    wait.awaitPast(stamp);
    assertTrue(clock.now().earliest().isAfter(stamp));
    // Not a nap longer than needed: 8 ms, and what the bound has grown by meanwhile.
    assertTrue(Math.abs(2 * ERROR_NANOS - time.tickNanos()) <= 30_000);
  }

  @Test
  void shouldNotWaitWhenTheTimeIsLongPast() throws InterruptedException {
    synchronize();
    wait.awaitPast(START.minusSeconds(1));
    assertEquals(0, time.tickNanos());
  }

  @Test
  void shouldGiveUpWhenTheTimeoutComesFirst() throws InterruptedException {
    synchronize();
    assertFalse(wait.awaitPast(START.plusSeconds(5), Duration.ofSeconds(1)));
    assertEquals(Duration.ofSeconds(1).toNanos(), time.tickNanos());
    assertTrue(wait.awaitPast(START.plusSeconds(5), Duration.ofSeconds(60)));
  }

  @Test
  void shouldThrowWhenThereIsNoBound() {
    assertThrows(NotSynchronizedException.class, () -> wait.awaitPast(START));
  }

  @Test
  void shouldThrowWhenInterrupted() {
    synchronize();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> wait.awaitPast(START.plusSeconds(1)));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  /** The fault: a sign error made the wait a poll of some microseconds, or none. */
  @Test
  @DisplayName("CommitWaitReallyWaits")
  void commitWaitReallyWaitsShouldNapForAsLongAsIsLeftWhenTheTimeIsAhead()
      throws InterruptedException {
    synchronize();
    List<Long> naps = new ArrayList<>();
    ClockReader counting =
        ClockReader.of(
            time::tickNanos,
            time::wallEpochNanos,
            nanos -> {
              naps.add(nanos);
              time.advanceNanos(nanos);
            });
    Instant stamp = START.plusMillis(35);
    new CommitWait(clock, counting).awaitPast(stamp);
    assertTrue(clock.now().earliest().isAfter(stamp), "past on every clock");
    assertEquals(List.of(10_000_000L, 10_000_000L, 10_000_000L), naps.subList(0, 3));
    assertTrue(naps.size() <= 6, () -> "a poll, no wait: " + naps);
  }

  @Test
  @DisplayName("CommitWaitReallyWaits")
  void commitWaitReallyWaitsShouldNapForAsLongAsIsLeftWhenAFutureWaits() {
    synchronize();
    Instant stamp = START.plusMillis(35);
    CompletableFuture<Void> past = wait.whenPast(stamp, executor);
    while (!past.isDone()) {
      assertFalse(clock.now().earliest().isAfter(stamp), "not a nap longer than needed");
      assertTrue(executor.runNext());
    }
    assertTrue(clock.now().earliest().isAfter(stamp), "past on every clock");
    assertTrue(executor.naps() <= 6, () -> "a poll, no wait: " + executor.naps());
    assertFalse(past.isCompletedExceptionally());
  }

  @Test
  void shouldBeCompleteAtOnceWhenTheTimeIsLongPast() {
    synchronize();
    assertTrue(wait.whenPast(START.minusSeconds(1), executor).isDone());
    assertEquals(0, executor.naps());
  }

  @Test
  void shouldAskTheBoundAgainWhenItShrinksOrGrows() {
    synchronize();
    Instant stamp = clock.now().latest();
    CompletableFuture<Void> past = wait.whenPast(stamp, executor);
    long now = time.wallEpochNanos();
    clock.steer(new ClockEstimate(0, now, 0, 1, BoundedInstant.around(now, 8_000_000)));
    executor.runNext();
    assertFalse(past.isDone(), "the bound has grown since");
    while (!past.isDone()) {
      executor.runNext();
    }
    assertTrue(clock.now().earliest().isAfter(stamp));
  }

  @Test
  void shouldFailWhenThereIsNoBoundOrItIsLost() {
    assertFailed(NotSynchronizedException.class, wait.whenPast(START, executor));
    synchronize();
    CompletableFuture<Void> past = wait.whenPast(START.plusSeconds(1), executor);
    assertTrue(executor.runNext());
    assertFalse(past.isDone());
    clock.loseBounds();
    assertTrue(executor.runNext());
    assertFailed(NotSynchronizedException.class, past);
    assertFalse(executor.runNext());
  }

  @Test
  void shouldStopWaitingWhenCancelled() {
    synchronize();
    CompletableFuture<Void> past = wait.whenPast(START.plusSeconds(1), executor);
    assertTrue(past.cancel(false));
    assertTrue(executor.runNext());
    assertFalse(executor.runNext(), "no further nap");
    assertTrue(past.isCancelled());
  }

  @Test
  void shouldFailWhenTheExecutorIsShutDown() {
    synchronize();
    executor.shutdown();
    assertFailed(RejectedExecutionException.class, wait.whenPast(START.plusSeconds(1), executor));
  }

  @Test
  void shouldWaitOnARealExecutorWhenGivenOne() throws Exception {
    DisciplinedClock real =
        new DisciplinedClock(
            ClockReader.system(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.never()));
    ClockReading now = ClockReader.system().read();
    real.steer(
        new ClockEstimate(
            now.tickNanos(),
            now.wallEpochNanos(),
            0,
            1,
            BoundedInstant.around(now.wallEpochNanos(), 2_000_000)));
    ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    try {
      Instant stamp = real.now().latest();
      new CommitWait(real, ClockReader.system()).whenPast(stamp, threads).get(30, TimeUnit.SECONDS);
      assertTrue(real.now().earliest().isAfter(stamp));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldCoverThePointWhenTheErrorIsAsked() {
    synchronize();
    long around = clock.errorNanos();
    assertTrue(around >= ERROR_NANOS && around <= ERROR_NANOS + 10, () -> "error " + around);
    assertTrue(lopsided(5_000, 1).errorNanos() > 5_000, "what passes meanwhile is counted");
    assertTrue(lopsided(1, 5_000).errorNanos() > 5_000, "what passes meanwhile is counted");
    assertEquals(clock.now().latest(), clock.latestSource().instant());
    clock.loseBounds();
    assertThrows(NotSynchronizedException.class, clock::errorNanos);
    assertThrows(NotSynchronizedException.class, () -> clock.latestSource().instant());
  }

  /** A source that takes its time, and whose point is not the middle of its interval. */
  private BoundedInstantSource lopsided(long early, long late) {
    return new BoundedInstantSource() {
      @Override
      public BoundedInstant now() {
        long now = epochNanos();
        return new BoundedInstant(now - early, now + late);
      }

      @Override
      public long epochNanos() {
        time.advanceNanos(10);
        return time.wallEpochNanos();
      }
    };
  }

  @Test
  void shouldNotBeCompleteWhenTheTimeMayBeJustNow() {
    synchronize();
    assertFalse(wait.whenPast(clock.now().earliest(), executor).isDone());
  }

  private static void assertFailed(
      Class<? extends Exception> with, CompletableFuture<Void> future) {
    assertTrue(future.isDone());
    ExecutionException failure = assertThrows(ExecutionException.class, future::get);
    assertEquals(with, failure.getCause().getClass());
  }

  private void synchronize() {
    long start = time.wallEpochNanos();
    clock.steer(new ClockEstimate(0, start, 0, 1, BoundedInstant.around(start, ERROR_NANOS)));
  }
}
