package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockFollowerTest {
  private final ManualTime time = ManualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
  private final DisciplinedClock clock =
      new DisciplinedClock(
          time.reader(),
          ClockModel.DEFAULT_DRIFT_BOUND_PPB,
          SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
  private final ClockFollower follower = new ClockFollower(clock);

  @Test
  void shouldSteerTheClockWhenThereIsAnEstimate() {
    long ahead = time.wallEpochNanos() + 5_000_000_000L;
    follower.accept(
        new Disciplined(new ClockEstimate(0, ahead, 0, 1, BoundedInstant.around(ahead, 10))));
    assertEquals(ahead, clock.epochNanos());
    assertTrue(clock.get().isSynchronized());
  }

  @Test
  void shouldDropTheBoundOnlyWhenItCannotBeTrusted() {
    shouldSteerTheClockWhenThereIsAnEstimate();
    follower.accept(new SyncStatus(State.HOLDOVER, "silence"));
    follower.accept(new PeerUnreachable(PeerId.simulated(1), "closed"));
    assertTrue(clock.get().isSynchronized());
    follower.accept(new SyncStatus(State.DISRUPTED, "the host slept"));
    assertFalse(clock.get().isSynchronized());
  }

  @Test
  void shouldAnnounceAndWithdrawLeapSeconds() {
    LeapSecond leap = LeapSecond.inserted(Instant.parse("2027-01-01T00:00:00Z"));
    follower.accept(new LeapAnnounced(Optional.of(leap)));
    assertEquals(Optional.of(leap), clock.get().pendingLeap());
    follower.accept(new LeapAnnounced(Optional.empty()));
    assertEquals(Optional.empty(), clock.get().pendingLeap());
  }

  @Test
  void shouldStepForwardsAfterASuspensionButNotAfterASourceStepped() {
    for (Cause cause : new Cause[] {Cause.SUSPENDED, Cause.WALL_STEPPED, Cause.SOURCE_STEPPED}) {
      DisciplinedClock running =
          new DisciplinedClock(
              time.reader(), 0, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
      ClockFollower its = new ClockFollower(running);
      its.accept(estimate(running.epochNanos()));
      its.accept(new SyncStatus(State.DISRUPTED, cause, "why"));
      its.accept(estimate(running.epochNanos() + 60_000_000_000L));
      assertEquals(cause == Cause.SOURCE_STEPPED ? 0 : 1, running.get().steps(), cause.toString());
    }
  }

  private static Disciplined estimate(long epoch) {
    return new Disciplined(new ClockEstimate(0, epoch, 0, 1, BoundedInstant.around(epoch, 10)));
  }
}
