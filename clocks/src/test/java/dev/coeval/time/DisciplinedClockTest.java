package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisciplinedClockTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final long START_NANOS = START.getEpochSecond() * 1_000_000_000L;

  /** The harshest changes of rate there are: a third faster, then a third slower. */
  private static final SteeringPolicy HARSH =
      new SteeringPolicy(SteeringPolicy.MAX_SLEW_LIMIT_PPB, 0, StepPolicy.never());

  private final ManualTime time = ManualTime.at(START);

  @Test
  void shouldTellTheWallClockButNoBoundWhenNotSynchronized() {
    DisciplinedClock clock = clock(time.reader(), HARSH);
    time.advance(Duration.ofSeconds(2));
    assertEquals(START.plusSeconds(2), clock.instant());
    assertThrows(NotSynchronizedException.class, clock::now);
    assertFalse(clock.get().isSynchronized());
  }

  @Test
  void shouldTellTimeAndBoundWhenSynchronized() {
    DisciplinedClock clock = clock(time.reader(), SteeringPolicy.with(StepPolicy.never()));
    clock.steer(estimate(0, START_NANOS, 1_000));
    time.advance(Duration.ofSeconds(10));
    BoundedInstant now = clock.now();
    assertTrue(now.contains(clock.epochNanos()));
    // 200 ppm of 10 s, to the second order
    assertTrue(Math.abs(2 * (1_000 + 2_000_401) - now.widthNanos()) <= 4);
    assertTrue(clock.isPast(START.plusSeconds(9)));
    assertFalse(clock.isPast(START.plusSeconds(10)));
    assertTrue(clock.isFuture(START.plusSeconds(11)));
    assertFalse(clock.isFuture(START.plusSeconds(10)));
    assertEquals(START.plusSeconds(10), clock.withZone(ZoneOffset.UTC).instant());
    clock.loseBounds();
    assertThrows(NotSynchronizedException.class, clock::now);
  }

  @Test
  void shouldIgnoreTheWallClockWhenItIsStepped() {
    DisciplinedClock clock = clock(time.reader(), HARSH);
    time.stepWall(Duration.ofHours(-1));
    time.advance(Duration.ofSeconds(1));
    assertEquals(START.plusSeconds(1), clock.instant());
  }

  @Test
  void shouldBeUnchangedWhenAnEstimateCannotBeRepresented() {
    DisciplinedClock clock = clock(time.reader(), HARSH);
    ClockModel before = clock.get();
    BoundedInstant any = BoundedInstant.UNBOUNDED;
    assertThrows(
        ArithmeticException.class,
        () -> clock.steer(new ClockEstimate(-10, Long.MAX_VALUE, 0, 0, any)));
    assertEquals(before, clock.get());
  }

  @Test
  void shouldGoOnWhenAnEstimateLeavesTheRangeBeforeItTakesOver() {
    AtomicLong tick = new AtomicLong();
    ClockReader reader =
        ClockReader.of(() -> tick.getAndAdd(1_000), () -> START_NANOS, nanos -> {});
    DisciplinedClock clock = clock(reader, HARSH);
    BoundedInstant any = BoundedInstant.UNBOUNDED;
    // It fits at the tick at which it is checked, and no longer at the next one.
    clock.steer(new ClockEstimate(tick.get(), Long.MAX_VALUE - 500, 0, 0, any));
    long before = clock.epochNanos();
    assertTrue(clock.epochNanos() > before);
    assertEquals(0, clock.get().updates());
  }

  /** A steering that falls between a reader's look at the model and its look at the ticks. */
  @Test
  void shouldNotRunBackwardsWhenSteeredInTheMiddleOfARead() {
    AtomicLong tick = new AtomicLong();
    List<Runnable> meanwhile = new ArrayList<>();
    ClockReader reader =
        ClockReader.of(
            () -> {
              List<Runnable> todo = List.copyOf(meanwhile);
              meanwhile.clear();
              todo.forEach(Runnable::run);
              return tick.get();
            },
            () -> START_NANOS,
            nanos -> {});
    DisciplinedClock clock = clock(reader, HARSH);
    clock.steer(estimate(0, START_NANOS + 1_000_000_000L, 0)); // a third too fast, for 3 s
    tick.set(1_000);
    meanwhile.add(() -> clock.steer(estimate(1_000, START_NANOS - 1_000_000_000L, 0)));
    meanwhile.add(() -> tick.set(1_000_000));
    long torn = clock.epochNanos();
    long after = clock.epochNanos();
    assertTrue(torn <= after, () -> "ran backwards by " + (torn - after));
    assertTrue(torn >= START_NANOS + 1_333, "not even at the take-over");

    meanwhile.add(() -> clock.steer(estimate(1_000_000, START_NANOS, 5)));
    meanwhile.add(() -> tick.set(2_000_000));
    BoundedInstant bounds = clock.now();
    assertTrue(bounds.contains(START_NANOS), () -> bounds + " is not of the take-over tick");
  }

  @Test
  void shouldBeInOrderAcrossThreadsWhenSteeredHarshly() throws Exception {
    ClockReader system = ClockReader.system();
    DisciplinedClock clock = clock(system, HARSH);
    AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> readInOrder(clock, latest, done)));
      }
      Future<?> helper = threads.submit(() -> steerTooAndFro(clock, 20_000));
      steerTooAndFro(clock, 20_000);
      helper.get(60, TimeUnit.SECONDS);
      done.set(true);
      for (Future<?> each : readers) {
        each.get(60, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e.getMessage(), e);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertEquals(40_000, clock.get().updates(), "no estimate may get lost");
    assertEquals(0, clock.get().steps());
  }

  private static void readInOrder(DisciplinedClock clock, AtomicLong latest, AtomicBoolean done) {
    while (!done.get()) {
      long before = latest.get();
      long time = clock.epochNanos();
      assertTrue(time >= before, () -> "ran backwards by " + (before - time));
      latest.accumulateAndGet(time, Math::max);
    }
  }

  private static void steerTooAndFro(DisciplinedClock clock, int times) {
    for (int i = 0; i < times; i++) {
      long tick = clock.reader().tickNanos();
      long off = i % 2 == 0 ? 1_000_000_000L : -1_000_000_000L;
      clock.steer(estimate(tick, clock.epochNanos() + off, 1_000));
    }
  }

  private static DisciplinedClock clock(ClockReader reader, SteeringPolicy policy) {
    return new DisciplinedClock(reader, ClockModel.DEFAULT_DRIFT_BOUND_PPB, policy);
  }

  private static ClockEstimate estimate(long tick, long epochNanos, long errorNanos) {
    return new ClockEstimate(tick, epochNanos, 0, 1, BoundedInstant.around(epochNanos, errorNanos));
  }
}
