package dev.coeval.logical.lamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.laws.Concurrently;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LamportClockTest {

  private static final int THREADS = 4;
  private static final int CALLS = 20_000;
  private static final int TICKS = 1_000_000;

  @Test
  void shouldCountFromOneWhenNew() {
    LamportClock clock = LamportClock.of("a");
    assertEquals(new LamportTimestamp(0, "a"), clock.latest());
    assertEquals(new LamportTimestamp(1, "a"), clock.tick());
    assertEquals(new LamportTimestamp(2, "a"), clock.tick());
    assertEquals(new LamportTimestamp(2, "a"), clock.latest());
  }

  @Test
  void shouldPassTheMessageWhenItIsAhead() {
    LamportClock clock = LamportClock.of("b");
    assertEquals(new LamportTimestamp(8, "b"), clock.receive(new LamportTimestamp(7, "a")));
    assertEquals(new LamportTimestamp(9, "b"), clock.receive(new LamportTimestamp(3, "a")));
  }

  @Test
  void shouldSayWhyWhenRejecting() {
    LamportClock clock = LamportClock.of("b");
    StampRejectedException rejected =
        assertThrows(
            StampRejectedException.class,
            () -> clock.receive(new LamportTimestamp(Long.MAX_VALUE, "a")));
    assertEquals(Reason.COUNTER_EXHAUSTED, rejected.reason());
  }

  @Test
  void shouldThrowWhenArgumentsAreWrong() {
    assertThrows(IllegalArgumentException.class, () -> LamportClock.of(""));
    assertThrows(NullPointerException.class, () -> LamportClock.of(null));
    assertThrows(IllegalArgumentException.class, () -> LamportClock.resumeAbove("a", -1));
    assertThrows(IllegalArgumentException.class, () -> new LamportTimestamp(-1, "a"));
    assertThrows(NullPointerException.class, () -> LamportClock.of("a").receive(null));
  }

  @Test
  void shouldBeReadableWhenPrinted() {
    assertEquals("7@a", new LamportTimestamp(7, "a").toString());
    assertEquals("LamportClock[7@a]", LamportClock.resumeAbove("a", 7).toString());
  }

  /** Every number is given once: no update is lost and none made twice. */
  @Test
  void shouldGiveEachCounterOnceWhenThreadsTick() throws Exception {
    LamportClock clock = LamportClock.of("a");
    List<List<Long>> given =
        Concurrently.run(
            THREADS,
            thread -> IntStream.range(0, CALLS).mapToObj(i -> clock.tick().counter()).toList());
    given.forEach(counters -> assertEquals(counters.stream().sorted().toList(), counters));
    assertEquals(
        LongStream.rangeClosed(1, (long) THREADS * CALLS).boxed().toList(),
        given.stream().flatMap(List::stream).sorted().toList());
  }

  /** Enough calls to be interrupted in the middle of many: a lost update would end lower. */
  @Test
  void shouldLoseNoTickWhenThreadsTickForLong() throws Exception {
    LamportClock clock = LamportClock.of("a");
    List<Long> last =
        Concurrently.run(
            THREADS,
            thread -> {
              long counter = 0;
              for (int i = 0; i < TICKS; i++) {
                counter = clock.tick().counter();
              }
              return counter;
            });
    assertEquals((long) THREADS * TICKS, clock.latest().counter());
    assertTrue(last.contains(clock.latest().counter()));
  }
}
