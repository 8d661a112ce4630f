package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.link.LinkConfig.Timing;
import org.junit.jupiter.api.Test;

/** RFC 6298, by hand. */
final class ResendClockTest {
  private static final long MS = 1_000_000;
  private static final Timing TIMING =
      new Timing(20 * MS, 200 * MS, 1_000 * MS, 500 * MS, 2_000 * MS);

  private final ResendClock clock = new ResendClock(TIMING);

  @Test
  void shouldDoubleThePauseUpToTheMostWhenNothingWasMeasured() {
    assertEquals(200 * MS, clock.pauseNanos(1));
    assertEquals(400 * MS, clock.pauseNanos(2));
    assertEquals(800 * MS, clock.pauseNanos(3));
    assertEquals(1_000 * MS, clock.pauseNanos(4));
    assertEquals(1_000 * MS, clock.pauseNanos(70));
    assertEquals(1_000 * MS, clock.pauseNanos(Integer.MAX_VALUE));
  }

  @Test
  void shouldTakeFirstSampleAndHalfOfItWhenThatIsAllThereIs() {
    clock.measured(40 * MS);
    assertEquals((40 + 4 * 20) * MS, clock.pauseNanos(1));
    assertEquals(2 * (40 + 4 * 20) * MS, clock.pauseNanos(2));
  }

  @Test
  void shouldFollowTheFiltersOfTheRfcWhenMoreIsMeasured() {
    clock.measured(40 * MS);
    clock.measured(80 * MS); // variation 20 + (40 - 20) / 4 = 25, smoothed 40 + 40 / 8 = 45
    assertEquals((45 + 4 * 25) * MS, clock.pauseNanos(1));
    clock.measured(45 * MS); // variation 25 - 25 / 4 = 18.75, smoothed stays
    assertEquals((45 + 75) * MS, clock.pauseNanos(1));
  }

  @Test
  void shouldKeepWithinItsBoundsWhenSamplesAreExtreme() {
    for (long sample : new long[] {0, -5, Long.MIN_VALUE}) {
      ResendClock fresh = new ResendClock(TIMING);
      fresh.measured(sample);
      assertEquals(20 * MS, fresh.pauseNanos(1));
      assertEquals(40 * MS, fresh.pauseNanos(2));
    }
    for (int i = 0; i < 100; i++) {
      clock.measured(i % 2 == 0 ? Long.MAX_VALUE : 0);
      assertTrue(clock.pauseNanos(1) <= 1_000 * MS && clock.pauseNanos(1) >= 20 * MS);
    }
    for (int i = 0; i < 200; i++) {
      clock.measured(30 * MS);
    }
    assertTrue(Math.abs(clock.pauseNanos(1) - 30 * MS) < MS / 10, "the variation has died out");
  }
}
