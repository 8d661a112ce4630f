package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
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

  private void synchronize() {
    long start = time.wallEpochNanos();
    clock.steer(new ClockEstimate(0, start, 0, 1, BoundedInstant.around(start, ERROR_NANOS)));
  }
}
