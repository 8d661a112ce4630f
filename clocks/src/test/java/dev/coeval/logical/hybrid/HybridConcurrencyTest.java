package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.laws.Concurrently;
import dev.coeval.logical.laws.PhysicalTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Law H13: concurrent calls on one clock equal some order of calls one after another. A result is
 * determined by the one before it, so the only order possible is that of the results; it must
 * explain every one of them.
 */
final class HybridConcurrencyTest {

  private static final int THREADS = 4;
  private static final int CALLS = 20_000;
  private static final int TICKS = 1_000_000;
  private static final long NOW = 1_000_000;
  private static final long SEED = 7;

  /** One call: what was received (or the smallest stamp, for a tick), and what was given. */
  private record Call(long received, long given) {}

  @Test
  void h13ShouldEqualSomeSequenceWhenThreadsTickAndReceive() throws Exception {
    HybridLogicalClock clock = HybridLogicalClock.of(new PhysicalTime(NOW), Duration.ofMillis(500));
    List<List<Call>> calls = Concurrently.run(THREADS, thread -> calls(clock, thread));
    List<Call> sequence =
        calls.stream()
            .peek(HybridConcurrencyTest::requireIncreasing)
            .flatMap(List::stream)
            .sorted(Comparator.comparingLong(Call::given))
            .toList();
    long state = HybridTimestamp.MIN.packed();
    for (Call call : sequence) {
      long next = Math.max(NOW << 16, Math.max(state, call.received()) + 1);
      assertEquals(next, call.given(), "seed " + SEED);
      state = next;
    }
    assertEquals(state, clock.latest().packed());
  }

  /** While time stands still, ticks count without a gap: a lost update would end lower. */
  @Test
  void h13ShouldLoseNoTickWhenThreadsOnlyTick() throws Exception {
    HybridLogicalClock clock = HybridLogicalClock.of(new PhysicalTime(NOW), Duration.ZERO);
    List<Boolean> increasing =
        Concurrently.run(
            THREADS,
            thread -> {
              boolean ok = true;
              HybridTimestamp previous = HybridTimestamp.MIN;
              for (int i = 0; i < TICKS; i++) {
                HybridTimestamp next = clock.tick();
                ok &= previous.isBefore(next);
                previous = next;
              }
              return ok;
            });
    assertFalse(increasing.contains(false));
    assertEquals((NOW << 16) + THREADS * TICKS - 1, clock.latest().packed());
  }

  /** Receives stamps that are old, new, and just ahead of what others have been given. */
  private static List<Call> calls(HybridLogicalClock clock, int thread) {
    Random random = new Random(SEED + thread);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      if (random.nextBoolean()) {
        calls.add(new Call(0, clock.tick().packed()));
      } else {
        long remote = clock.latest().packed() + random.nextInt(20) - 10;
        HybridTimestamp given = clock.receive(HybridTimestamp.ofPacked(Math.max(0, remote)));
        calls.add(new Call(Math.max(0, remote), given.packed()));
      }
    }
    return calls;
  }

  private static void requireIncreasing(List<Call> calls) {
    for (int i = 1; i < calls.size(); i++) {
      assertTrue(calls.get(i - 1).given() < calls.get(i).given(), "seed " + SEED);
    }
  }

  @Test
  void h13ShouldNeverGoBackWhenTheWallClockStepsUnderOtherThreads() throws Exception {
    PhysicalTime wall = new PhysicalTime(NOW);
    HybridLogicalClock clock = HybridLogicalClock.of(wall, Duration.ofMillis(500));
    List<List<Call>> calls =
        Concurrently.run(
            THREADS,
            thread -> {
              Random random = new Random(SEED + thread);
              List<Call> own = new ArrayList<>();
              for (int i = 0; i < CALLS; i++) {
                wall.set(NOW + random.nextInt(100) - 50);
                own.add(new Call(0, clock.tick().packed()));
              }
              return own;
            });
    calls.forEach(HybridConcurrencyTest::requireIncreasing);
    long distinct = calls.stream().flatMap(List::stream).mapToLong(Call::given).distinct().count();
    assertEquals(THREADS * CALLS, distinct, "seed " + SEED);
  }

  /** As above on nanoseconds: ticks and receipts of several threads are one sequence. */
  @Test
  void h13ShouldEqualSomeSequenceWhenThreadsShareAClockOfNanoseconds() throws Exception {
    HybridNanoClock clock = HybridNanoClock.of(new PhysicalTime(NOW, 1), Duration.ofNanos(500));
    List<List<HybridNanoTimestamp>> given =
        Concurrently.run(
            THREADS,
            thread -> {
              Random random = new Random(SEED + thread);
              List<HybridNanoTimestamp> own = new ArrayList<>();
              for (int i = 0; i < CALLS; i++) {
                HybridNanoTimestamp latest = clock.latest();
                own.add(random.nextBoolean() ? clock.tick() : clock.receive(latest));
              }
              return own;
            });
    for (List<HybridNanoTimestamp> own : given) {
      for (int i = 1; i < own.size(); i++) {
        assertTrue(own.get(i - 1).isBefore(own.get(i)), "seed " + SEED);
      }
    }
    List<HybridNanoTimestamp> sequence = given.stream().flatMap(List::stream).sorted().toList();
    for (int call = 0; call < THREADS * CALLS; call++) {
      assertEquals(HybridNanoTimestamp.of(NOW, call), sequence.get(call), "seed " + SEED);
    }
  }

  /** Closing a snapshot is one of the calls: no stamp up to its limit is given after it. */
  private static <T extends HybridStamp<T>> void requireClosedWhileOthersTick(
      HybridClock<T> clock, UnaryOperator<T> ahead) throws Exception {
    List<List<T>> given =
        Concurrently.run(
            THREADS,
            thread -> {
              List<T> own = new ArrayList<>();
              for (int i = 0; i < CALLS; i++) {
                T limit = ahead.apply(clock.latest());
                if (thread % 2 == 0) {
                  clock.closeUpTo(limit);
                  T stamp = clock.tick();
                  assertTrue(stamp.isAfter(limit), () -> stamp + " in the snapshot at " + limit);
                  own.add(stamp);
                } else {
                  own.add(clock.tick());
                }
              }
              return own;
            });
    requireDistinct(given);
  }

  private static <T> void requireDistinct(List<List<T>> given) {
    long distinct = given.stream().flatMap(List::stream).distinct().count();
    assertEquals(THREADS * CALLS, distinct, "seed " + SEED);
  }

  @Test
  void h13ShouldGiveNothingBelowALimitWhenItWasClosedWhileOthersTick() throws Exception {
    requireClosedWhileOthersTick(
        HybridLogicalClock.of(new PhysicalTime(NOW), Duration.ofMillis(500)),
        stamp -> HybridTimestamp.ofPacked(stamp.packed() + 2));
    requireClosedWhileOthersTick(
        HybridNanoClock.of(new PhysicalTime(NOW, 1), Duration.ofNanos(500)),
        stamp -> stamp.next().next());
  }

  /** Every fourth call finds a new millisecond, and several threads find the same one. */
  @Test
  void h13ShouldGiveDistinctStampsWhenTimeMovesUnderTheThreads() throws Exception {
    AtomicLong calls = new AtomicLong();
    InstantSource moving = () -> Instant.ofEpochMilli(calls.getAndIncrement() / 4);
    HybridLogicalClock millis = HybridLogicalClock.of(moving, Duration.ZERO);
    HybridNanoClock nanos = HybridNanoClock.of(moving, Duration.ZERO);
    for (HybridClock<?> clock : List.of(millis, nanos)) {
      requireDistinct(
          Concurrently.run(
              THREADS,
              thread -> {
                List<Object> own = new ArrayList<>();
                for (int i = 0; i < CALLS; i++) {
                  own.add(clock.tick());
                }
                return own;
              }));
    }
  }
}
