package dev.coeval.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
  private static final Instant START = Instant.parse("1969-07-20T20:17:40.5Z");

  private final ManualTime time = ManualTime.at(START);

  @Test
  void shouldStandStillWhenNotMoved() {
    assertEquals(START, time.instant());
    assertEquals(time.reader().read(), time.reader().read());
  }

  @Test
  void shouldMoveBothClocksWhenAdvanced() {
    time.advance(Duration.ofSeconds(3));
    assertEquals(START.plusSeconds(3), time.instant());
    assertEquals(3_000_000_000L, time.tickNanos());
    assertThrows(IllegalArgumentException.class, () -> time.advanceNanos(-1));
  }

  @Test
  void shouldMoveTheWallAloneWhenSteppedOrSuspended() {
    time.stepWall(Duration.ofSeconds(-10));
    time.suspend(Duration.ofSeconds(4));
    assertEquals(START.minusSeconds(6), time.instant());
    assertEquals(0, time.tickNanos());
    assertThrows(IllegalArgumentException.class, () -> time.suspend(Duration.ofNanos(-1)));
  }

  @Test
  void shouldPassWhenSomebodyWaits() {
    time.reader().pause(1_500_000_000L);
    assertEquals(START.plusMillis(1_500), time.instant());
  }

  @Test
  void shouldRunFastAndAheadWhenDrifting() {
    DriftingTime drifting = DriftingTime.over(time.reader(), Duration.ofMillis(-500), 100_000);
    ClockReader reader = drifting.reader();
    long wall = time.wallEpochNanos();
    assertEquals(new ClockReading(0, wall - 500_000_000L, 0), reader.read());
    time.advance(Duration.ofSeconds(1_000));
    assertEquals(1_000_100_000_000L, reader.tickNanos());
    assertEquals(500_050_000_000L, drifting.tickNanosAt(500_000_000_000L));
    assertEquals(wall - 500_000_000L + 1_000_100_000_000L, reader.read().wallEpochNanos());
    reader.pause(7);
    assertEquals(1_000_000_000_007L, time.tickNanos());
    assertThrows(
        IllegalArgumentException.class,
        () -> DriftingTime.over(time.reader(), Duration.ZERO, -1_000_000_000));
  }
}
