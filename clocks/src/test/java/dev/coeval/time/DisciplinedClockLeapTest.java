package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.Smear;
import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A clock that many read and steer while a leap second passes. */
class DisciplinedClockLeapTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant DAY = Instant.parse("2017-01-01T00:00:00Z");
  private static final LeapSecond INSERTED = LeapSecond.inserted(DAY);
  private static final LeapSecond DELETED = LeapSecond.deleted(DAY);

  /** So that eight seconds take a quarter of one. */
  private static final int HASTE = 32;

  private static final SteeringPolicy HARSH =
      new SteeringPolicy(SteeringPolicy.MAX_SLEW_LIMIT_PPB, 0, StepPolicy.never());

  static Stream<Arguments> leaps() {
    LeapPolicy smear = LeapPolicy.smear(Smear.linear(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    return Stream.of(
        Arguments.of(INSERTED, LeapPolicy.slew(), 0),
        Arguments.of(DELETED, LeapPolicy.slew(), 0),
        Arguments.of(INSERTED, smear, 0),
        Arguments.of(DELETED, smear, 0),
        Arguments.of(INSERTED, LeapPolicy.ignore(), 0),
        Arguments.of(DELETED, LeapPolicy.ignore(), 0),
        Arguments.of(DELETED, LeapPolicy.step(), 0),
        Arguments.of(INSERTED, LeapPolicy.step(), 1));
  }

  @ParameterizedTest
  @MethodSource("leaps")
  void shouldBeInOrderAcrossThreadsWhenALeapPasses(LeapSecond leap, LeapPolicy how, int stepsBack)
      throws Exception {
    ClockReader system = ClockReader.system();
    long origin = system.tickNanos();
    ClockReader hasty =
        ClockReader.of(
            () -> (system.tickNanos() - origin) * HASTE,
            () -> leap.epochNanos() - 4 * SECOND,
            nanos -> {});
    DisciplinedClock clock = new DisciplinedClock(hasty, ClockModel.DEFAULT_DRIFT_BOUND_PPB, HARSH);
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong latest = new AtomicLong(Long.MIN_VALUE / 2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> read(clock, latest, done, stepsBack > 0)));
      }
      for (int i = 0; clock.epochNanos() < leap.epochNanos() + 4 * SECOND; i++) {
        steer(clock, i);
        clock.announce(leap, how);
      }
      done.set(true);
      for (Future<?> each : readers) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertTrue(clock.get().updates() > 10);
    assertEquals(0, clock.get().steps());
  }

  private static void steer(DisciplinedClock clock, int i) {
    ClockModel model = clock.get();
    long tick = clock.reader().tickNanos();
    long point = model.epochNanosAt(tick) + (i % 2 == 0 ? SECOND / 20 : -SECOND / 20);
    clock.steer(new ClockEstimate(tick, point, 0, 1, BoundedInstant.around(point, SECOND)));
  }

  private static void read(
      DisciplinedClock clock, AtomicLong latest, AtomicBoolean done, boolean mayGoBack) {
    while (!done.get()) {
      long before = latest.get();
      long time = clock.epochNanos();
      long back = before - time;
      if (mayGoBack && back > 0) {
        assertTrue(back <= SECOND + 2, () -> "by more than the second: " + back);
      } else {
        assertTrue(back <= 0, () -> "ran backwards by " + back);
      }
      latest.accumulateAndGet(time, Math::max);
    }
  }

  @Test
  void shouldLeapWithNobodyActingWhenAnnounced() {
    ManualTime time = ManualTime.at(DAY.minusSeconds(10));
    DisciplinedClock clock = synchronizedClock(time);
    clock.announce(INSERTED, LeapPolicy.step());
    time.advance(Duration.ofNanos(10 * SECOND - 1));
    assertEquals(DAY.minusNanos(1), clock.instant());
    time.advance(Duration.ofNanos(1));
    assertEquals(DAY.minusSeconds(1), clock.instant());
    assertTrue(clock.isPast(DAY.minusMillis(1001)));
    assertFalse(clock.isPast(DAY.minusSeconds(1)));
    time.advance(Duration.ofSeconds(2));
    assertEquals(DAY.plusSeconds(1), clock.instant());
    assertTrue(clock.now().contains(DAY.plusSeconds(1).getEpochSecond() * SECOND));
  }

  @Test
  void shouldForgetTheLeapWhenItIsWithdrawn() {
    ManualTime time = ManualTime.at(DAY.minusSeconds(10));
    DisciplinedClock clock = synchronizedClock(time);
    clock.announce(INSERTED, LeapPolicy.step());
    clock.announce(DELETED, LeapPolicy.slew());
    assertEquals(DELETED, clock.get().pendingLeap().orElseThrow());
    clock.withdrawLeap();
    clock.withdrawLeap();
    assertTrue(clock.get().pendingLeap().isEmpty());
    time.advance(Duration.ofSeconds(20));
    assertEquals(DAY.plusSeconds(10), clock.instant());
    assertTrue(clock.now().contains(DAY.plusSeconds(10).getEpochSecond() * SECOND));
  }

  @Test
  void shouldKeepTheSecondWhenAnOldLeapIsReplacedByTheNext() {
    ManualTime time = ManualTime.at(DAY.minusSeconds(10));
    DisciplinedClock clock = synchronizedClock(time);
    clock.announce(INSERTED, LeapPolicy.step());
    time.advance(Duration.ofSeconds(20)); // and no estimate since
    LeapSecond next = LeapSecond.deleted(DAY.plusSeconds(86_400));
    clock.announce(next, LeapPolicy.step());
    assertEquals(next, clock.get().pendingLeap().orElseThrow());
    assertEquals(DAY.plusSeconds(9), clock.instant());
    assertTrue(clock.now().contains(DAY.plusSeconds(9).getEpochSecond() * SECOND));
    time.advance(Duration.ofDays(1));
    assertEquals(DAY.plusSeconds(86_410), clock.instant());
  }

  private static DisciplinedClock synchronizedClock(ManualTime time) {
    DisciplinedClock clock = new DisciplinedClock(time.reader(), 0, HARSH);
    long now = time.wallEpochNanos();
    clock.steer(
        new ClockEstimate(time.tickNanos(), now, 0, 1, BoundedInstant.around(now, 1_000_000)));
    return clock;
  }
}
