package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class GuardedSourceTest {
  private static final long DRIFT_PPB = 100_000;
  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final DisciplinedClock clock =
      new DisciplinedClock(
          time.reader(), DRIFT_PPB, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
  private final BoundedInstantSource guarded = clock.guarded();

  private void synchronize() {
    long now = time.wallEpochNanos();
    clock.steer(
        new ClockEstimate(time.tickNanos(), now, 0, 0, BoundedInstant.around(now, 1_000_000)));
  }

  @Test
  void shouldSayTheSameAsTheClockWhenNothingHappens() {
    synchronize();
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofMillis(700));
      assertEquals(clock.now(), guarded.now());
      assertEquals(clock.epochNanos(), guarded.epochNanos());
    }
    assertTrue(guarded.errorNanos() > 0);
  }

  @Test
  void shouldClaimNoStaleBoundAtTheFirstReadAfterASuspension() {
    synchronize();
    time.advance(Duration.ofMinutes(1));
    time.suspend(Duration.ofMillis(30));
    assertTrue(!clock.now().contains(time.wallEpochNanos()));
    assertThrows(NotSynchronizedException.class, guarded::now);
    assertThrows(NotSynchronizedException.class, clock::now, "the bound is lost for all");
    assertThrows(NotSynchronizedException.class, guarded::errorNanos);
    synchronize();
    assertTrue(guarded.now().contains(time.wallEpochNanos()));
  }

  @Test
  void shouldClaimNothingWhenNobodyHasSteeredForLongerThanAnyPoll() {
    synchronize();
    time.advance(Duration.ofNanos(DisciplinedClock.MAX_AGE_NANOS));
    assertTrue(guarded.now().isBounded());
    time.advance(Duration.ofNanos(1));
    assertThrows(NotSynchronizedException.class, clock.guardedCharacterised()::now);
    assertThrows(NotSynchronizedException.class, guarded::now);
    assertThrows(NotSynchronizedException.class, clock::now, "the bound is lost for all");
    synchronize();
    assertTrue(guarded.now().isBounded());
  }

  @Test
  void shouldNoticeAStepOfTheWallClockEitherWay() {
    for (int seconds : new int[] {-3600, 3600}) {
      synchronize();
      guarded.now();
      time.stepWall(Duration.ofSeconds(seconds));
      assertThrows(NotSynchronizedException.class, guarded::now);
    }
  }

  @Test
  void shouldStepForwardsWhenTheNextEstimateComesAfterASuspension() {
    synchronize();
    time.advance(Duration.ofSeconds(10));
    time.suspend(Duration.ofHours(8));
    assertThrows(NotSynchronizedException.class, guarded::now);
    synchronize();
    assertEquals(time.wallEpochNanos(), guarded.epochNanos());
  }

  @Test
  void shouldNotMindASlewOfTheWallClockThatAddsUp() {
    synchronize();
    for (int i = 0; i < 1_000; i++) {
      time.advance(Duration.ofSeconds(2));
      time.stepWall(Duration.ofMillis(1)); // 500 ppm
      guarded.now();
    }
  }

  @Test
  void shouldMindWhatIsAboveTheThresholdAndDriftOnly() {
    BoundedInstantSource strict = clock.guarded(1_000);
    synchronize();
    time.advance(Duration.ofMillis(500));
    time.stepWall(Duration.ofNanos(50_900)); // 50 µs are explained by 100 ppm
    strict.now();
    time.stepWall(Duration.ofNanos(200));
    assertThrows(NotSynchronizedException.class, strict::now);
    assertThrows(IllegalArgumentException.class, () -> clock.guarded(-1));
  }

  @Test
  void shouldThrowWhenNothingIsKnownYet() {
    assertThrows(NotSynchronizedException.class, guarded::now);
  }
}
