package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.laws.Concurrently;
import dev.coeval.logical.laws.PhysicalTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Examples, and the faults that published hybrid clocks have had. */
final class HybridLogicalClockTest {

  private static final Duration HALF_SECOND = HybridLogicalClock.DEFAULT_MAX_OFFSET;
  private static final long NOW = 1_795_000_000_000L;

  private final PhysicalTime wall = new PhysicalTime(NOW);
  private final HybridLogicalClock clock = HybridLogicalClock.of(wall, HALF_SECOND);

  private static HybridTimestamp stamp(long epochMillis, int counter) {
    return HybridTimestamp.of(epochMillis, counter);
  }

  private static HybridLogicalClock clockAt(long millis, HybridTimestamp latest) {
    return HybridLogicalClock.resumeAbove(new PhysicalTime(millis), HALF_SECOND, latest);
  }

  @Test
  @DisplayName("HlcPoisonNearMax")
  void hlcPoisonNearMaxShouldRejectAndStayWhenAStampIsFarInTheFuture() {
    HybridTimestamp before = clock.tick();
    List<HybridTimestamp> poison =
        List.of(
            HybridTimestamp.MAX,
            HybridTimestamp.ofPacked(Long.MAX_VALUE - 1),
            stamp(HybridTimestamp.MAX_EPOCH_MILLIS, 0),
            stamp(NOW + Duration.ofDays(365).toMillis(), 0),
            stamp(NOW + 501, 0),
            stamp(NOW + 500, HybridTimestamp.MAX_COUNTER));
    for (HybridTimestamp remote : poison) {
      StampRejectedException rejected =
          assertThrows(StampRejectedException.class, () -> clock.receive(remote));
      assertEquals(
          remote.equals(HybridTimestamp.MAX) ? Reason.COUNTER_EXHAUSTED : Reason.TOO_FAR_AHEAD,
          rejected.reason());
      assertEquals(Optional.empty(), clock.tryReceive(remote));
      assertEquals(before, clock.latest());
    }
    assertEquals(stamp(NOW, 1), clock.tick());
    HybridTimestamp furthest = stamp(NOW + 500, HybridTimestamp.MAX_COUNTER - 1);
    assertEquals(stamp(NOW + 500, HybridTimestamp.MAX_COUNTER), clock.receive(furthest));
  }

  @Test
  @DisplayName("HlcReceiveTakesRemoteCounter")
  void hlcReceiveTakesRemoteCounterShouldCountOnWhenTheRemoteTimeIsLarger() {
    HybridTimestamp received = clockAt(5, stamp(5, 0)).receive(stamp(10, 7));
    assertEquals(stamp(10, 8), received);
  }

  @Test
  @DisplayName("HlcCounterResets")
  void hlcCounterResetsShouldStartAtZeroWhenPhysicalTimeMovesOn() {
    assertEquals(stamp(NOW, 0), clock.tick());
    assertEquals(stamp(NOW, 1), clock.tick());
    wall.set(NOW + 1);
    assertEquals(stamp(NOW + 1, 0), clock.tick());
    wall.set(NOW + 2);
    assertEquals(stamp(NOW + 2, 0), clock.receive(stamp(NOW + 1, 9)));
  }

  @Test
  @DisplayName("HlcCompareUsesBothParts")
  void hlcCompareUsesBothPartsShouldOrderByTimeThenCounterWhenCompared() {
    List<HybridTimestamp> sorted = List.of(stamp(1, 0), stamp(1, 9), stamp(2, 1), stamp(2, 2));
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = 0; j < sorted.size(); j++) {
        HybridTimestamp first = sorted.get(i);
        HybridTimestamp second = sorted.get(j);
        assertEquals(Integer.compare(i, j), first.compareTo(second));
        assertEquals(i < j, first.isBefore(second));
        assertEquals(i > j, first.isAfter(second));
      }
    }
  }

  @Test
  @DisplayName("HlcMergeTakesWinnersCounter")
  void hlcMergeTakesWinnersCounterShouldIgnoreTheLosersWhenTimesDiffer() {
    assertEquals(stamp(10, 3), clockAt(5, stamp(10, 2)).receive(stamp(9, 700)));
    assertEquals(stamp(10, 3), clockAt(5, stamp(9, 700)).receive(stamp(10, 2)));
    assertEquals(stamp(10, 701), clockAt(5, stamp(10, 2)).receive(stamp(10, 700)));
    assertEquals(stamp(10, 701), clockAt(5, stamp(10, 700)).receive(stamp(10, 2)));
    assertEquals(stamp(11, 0), clockAt(11, stamp(10, 700)).receive(stamp(9, 800)));
  }

  /** One node is an hour early: the others refuse it, go on, and stay near physical time. */
  @Test
  @DisplayName("EarlyNodeCannotCrashOthers")
  void earlyNodeCannotCrashOthersShouldGoOnWhenOneNodeIsAnHourAhead() {
    HybridLogicalClock early =
        HybridLogicalClock.of(InstantSource.offset(wall, Duration.ofHours(1)), HALF_SECOND);
    List<HybridLogicalClock> good = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      good.add(HybridLogicalClock.of(wall, HALF_SECOND));
    }
    HybridTimestamp previous = HybridTimestamp.MIN;
    for (int round = 0; round < 300; round++) {
      wall.set(NOW + round / 3);
      HybridLogicalClock sender = good.get(round % 3);
      HybridLogicalClock receiver = good.get((round + 1) % 3);
      assertEquals(Optional.empty(), receiver.tryReceive(early.tick()));
      HybridTimestamp received = receiver.receive(sender.tick());
      assertTrue(previous.isBefore(received));
      assertEquals(wall.millis(), received.epochMillis());
      early.receive(received);
      previous = received;
    }
  }

  @Test
  void shouldFollowPhysicalTimeAsPublishedWhenStepping() {
    HybridLogicalClock a = clockAt(10, HybridTimestamp.MIN);
    assertEquals(stamp(10, 0), a.tick());
    wall.set(0);
    HybridLogicalClock b = HybridLogicalClock.of(wall, HALF_SECOND);
    assertEquals(stamp(0, 1), b.tick(), "the stamp of an empty past is never given");
    wall.set(2);
    assertEquals(stamp(10, 1), b.receive(a.latest()));
    wall.set(3);
    assertEquals(stamp(10, 2), b.tick());
    wall.set(1);
    assertEquals(stamp(10, 3), b.tick());
    wall.set(11);
    assertEquals(stamp(11, 0), b.tick());
  }

  @Test
  void shouldStayAboveTheMarkWhenTheWallClockWasSetBackWhileDown() {
    HybridTimestamp mark = stamp(NOW + 3_600_000, 7);
    assertEquals(stamp(NOW + 3_600_000, 8), clockAt(NOW, mark).tick());
  }

  @Test
  void shouldAdmitGoodStampsWhenItsOwnPastIsFarAhead() {
    HybridTimestamp mark = stamp(NOW + 3_600_000, 7);
    HybridTimestamp received = clockAt(NOW, mark).receive(stamp(NOW + 400, 0));
    assertEquals(stamp(NOW + 3_600_000, 8), received);
  }

  @Test
  void shouldSaturateWhenPhysicalTimeIsBeyondTheRange() {
    long end = HybridTimestamp.MAX_EPOCH_MILLIS;
    Duration any = Duration.ofSeconds(Long.MAX_VALUE);
    InstantSource farFuture = InstantSource.fixed(Instant.MAX);
    InstantSource farPast = InstantSource.fixed(Instant.MIN);
    HybridLogicalClock late = HybridLogicalClock.of(farFuture, any);
    assertEquals(stamp(end, 0), late.tick());
    assertEquals(stamp(end, 1), late.tick());
    assertEquals(stamp(0, 1), HybridLogicalClock.of(farPast, any).tick());
    assertEquals(stamp(end, 6), HybridLogicalClock.of(farPast, any).receive(stamp(end, 5)));
    assertEquals(stamp(end, 6), late.receive(stamp(end, 5)));
  }

  @Test
  void shouldRoundTheOffsetUpWhenItHasAFraction() {
    HybridLogicalClock strict = HybridLogicalClock.of(wall, Duration.ofNanos(1_000_001));
    assertTrue(strict.tryReceive(stamp(NOW + 2, 0)).isPresent());
    assertTrue(strict.tryReceive(stamp(NOW + 3, 0)).isEmpty());
  }

  @Test
  void shouldNameTheNumbersAndTheSenderWhenRejecting() {
    StampRejectedException rejected =
        assertThrows(StampRejectedException.class, () -> clock.receive(stamp(NOW + 750, 3), "b"));
    assertEquals(
        "2026-11-18T11:06:40.750Z#00003 is PT0.75S ahead, from b; the maximum is PT0.5S ahead of"
            + " physical time",
        rejected.getMessage());
  }

  /** The state may be incremented past its end by threads that looked at it before. */
  @Test
  void shouldStayAtTheLastStampWhenManyThreadsReachIt() throws Exception {
    HybridLogicalClock late = clockAt(NOW, HybridTimestamp.ofPacked(Long.MAX_VALUE - 1_000));
    List<Integer> given =
        Concurrently.run(
            4,
            thread -> {
              int stamps = 0;
              HybridTimestamp previous = HybridTimestamp.MIN;
              for (int i = 0; i < 1_000; i++) {
                try {
                  HybridTimestamp next = late.tick();
                  assertTrue(previous.isBefore(next));
                  previous = next;
                  stamps++;
                } catch (ArithmeticException atTheEnd) {
                  assertEquals(HybridTimestamp.MAX, late.latest());
                }
              }
              return stamps;
            });
    assertEquals(1_000, given.stream().mapToInt(Integer::intValue).sum());
    assertEquals(HybridTimestamp.MAX, late.latest());
    assertThrows(ArithmeticException.class, late::tick);
    assertThrows(ArithmeticException.class, () -> late.receive(stamp(NOW, 0)));
  }

  @Test
  void shouldThrowWhenArgumentsAreWrong() {
    Duration negative = Duration.ofNanos(-1);
    assertThrows(IllegalArgumentException.class, () -> HybridLogicalClock.of(wall, negative));
    assertThrows(NullPointerException.class, () -> HybridLogicalClock.of(null, HALF_SECOND));
    assertThrows(NullPointerException.class, () -> HybridLogicalClock.of(wall, null));
    assertThrows(NullPointerException.class, () -> clock.receive(null));
  }

  @Test
  void shouldBeReadableWhenPrinted() {
    clock.tick();
    assertEquals("HybridLogicalClock[2026-11-18T11:06:40.000Z#00000]", clock.toString());
  }
}
