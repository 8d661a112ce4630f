package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.laws.Concurrently;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VectorClockTest {

  private static final int THREADS = 4;
  private static final int CALLS = 5_000;
  private static final int TICKS = 500_000;

  @Test
  void shouldCountOwnAndKnownEventsWhenExchanging() {
    VectorClock a = VectorClock.of("a");
    VectorClock b = VectorClock.of("b");
    assertTrue(a.latest().isEmpty());
    VectorTimestamp sent = a.tick();
    assertEquals(VectorTimestamp.of(Map.of("a", 1L)), sent);
    b.tick();
    assertEquals(VectorTimestamp.of(Map.of("a", 1L, "b", 2L)), b.receive(sent));
    assertEquals("VectorClock[b, {a=1, b=2}]", b.toString());
    assertEquals("b", b.actor());
  }

  @Test
  void shouldContinueWhenResumed() {
    VectorTimestamp last = VectorTimestamp.of(Map.of("a", 5L, "b", 2L));
    VectorTimestamp first = VectorClock.resumeFrom("a", last).tick();
    assertEquals(VectorTimestamp.of(Map.of("a", 6L, "b", 2L)), first);
  }

  @Test
  void shouldRejectAndStayWhenAMessageKnowsMoreOfUsThanWeDo() {
    VectorClock restartedWithoutState = VectorClock.of("a");
    restartedWithoutState.tick();
    VectorTimestamp before = restartedWithoutState.latest();
    StampRejectedException rejected =
        assertThrows(
            StampRejectedException.class,
            () -> restartedWithoutState.receive(VectorTimestamp.of(Map.of("a", 2L, "b", 9L))));
    assertEquals(Reason.OWN_ENTRY_AHEAD, rejected.reason());
    assertSame(before, restartedWithoutState.latest());
  }

  @Test
  void shouldRejectAndStayWhenAMessageNamesTooManyActors() {
    VectorClock clock = VectorClock.of("self");
    clock.tick();
    VectorTimestamp before = clock.latest();
    VectorTimestamp crowd = crowd(VectorTimestamp.MAX_ACTORS);
    StampRejectedException rejected =
        assertThrows(StampRejectedException.class, () -> clock.receive(crowd));
    assertEquals(Reason.TOO_MANY_ACTORS, rejected.reason());
    assertSame(before, clock.latest());
  }

  @Test
  void shouldRejectWhenThereIsNoRoomForOurOwnEntry() {
    VectorClock clock = VectorClock.of("self");
    VectorTimestamp crowd = crowd(VectorTimestamp.MAX_ACTORS);
    StampRejectedException rejected =
        assertThrows(StampRejectedException.class, () -> clock.receive(crowd));
    assertEquals(Reason.TOO_MANY_ACTORS, rejected.reason());
    assertTrue(clock.latest().isEmpty());
    assertEquals(VectorTimestamp.MAX_ACTORS, clock.receive(crowd(65_535)).size());
  }

  private static VectorTimestamp crowd(int actors) {
    return VectorTimestamp.of(
        IntStream.range(0, actors).boxed().collect(Collectors.toMap(i -> "n" + i, i -> 1L)));
  }

  @Test
  void shouldThrowAndStayWhenItsCountIsAtTheEnd() {
    VectorTimestamp last = VectorTimestamp.of(Map.of("a", Long.MAX_VALUE));
    VectorClock clock = VectorClock.resumeFrom("a", last);
    assertThrows(ArithmeticException.class, clock::tick);
    assertThrows(ArithmeticException.class, () -> clock.receive(VectorTimestamp.empty()));
    assertSame(last, clock.latest());
  }

  @Test
  void shouldAcceptAnyCountOfOthersWhenReceiving() {
    VectorClock clock = VectorClock.of("b");
    clock.receive(VectorTimestamp.of(Map.of("a", Long.MAX_VALUE)));
    assertEquals(2, clock.tick().count("b"));
  }

  @Test
  void shouldThrowWhenArgumentsAreWrong() {
    assertThrows(IllegalArgumentException.class, () -> VectorClock.of(""));
    assertThrows(NullPointerException.class, () -> VectorClock.of(null));
    assertThrows(NullPointerException.class, () -> VectorClock.resumeFrom("a", null));
    assertThrows(NullPointerException.class, () -> VectorClock.of("a").receive(null));
  }

  /** Every own count is given once, and what was received stays known. */
  @Test
  void shouldLoseNothingWhenThreadsTickAndReceive() throws Exception {
    VectorClock clock = VectorClock.of("self");
    List<List<VectorTimestamp>> given =
        Concurrently.run(
            THREADS,
            thread -> {
              VectorClock peer = VectorClock.of("peer" + thread);
              return IntStream.range(0, CALLS)
                  .mapToObj(i -> i % 2 == 0 ? clock.tick() : clock.receive(peer.tick()))
                  .toList();
            });
    for (List<VectorTimestamp> stamps : given) {
      for (int i = 1; i < stamps.size(); i++) {
        assertTrue(stamps.get(i - 1).isBefore(stamps.get(i)));
      }
    }
    assertEquals(
        LongStream.rangeClosed(1, (long) THREADS * CALLS).boxed().toList(),
        given.stream().flatMap(List::stream).map(s -> s.count("self")).sorted().toList());
    for (int thread = 0; thread < THREADS; thread++) {
      assertEquals(CALLS / 2, clock.latest().count("peer" + thread));
    }
  }

  /** Enough calls to be interrupted in the middle of many: a lost update would end lower. */
  @Test
  void shouldLoseNoTickWhenThreadsTickForLong() throws Exception {
    VectorClock clock = VectorClock.of("self");
    List<VectorTimestamp> last =
        Concurrently.run(
            THREADS,
            thread -> {
              VectorTimestamp stamp = clock.latest();
              for (int i = 0; i < TICKS; i++) {
                stamp = clock.tick();
              }
              return stamp;
            });
    assertEquals((long) THREADS * TICKS, clock.latest().count("self"));
    assertTrue(last.contains(clock.latest()));
  }
}
