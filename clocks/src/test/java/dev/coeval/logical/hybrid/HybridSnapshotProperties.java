package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.PhysicalTime;
import dev.coeval.logical.laws.Trace;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Law H11: each node closes the snapshot at a moment of its own choice, and what all of them had
 * recorded by then is a consistent cut that nothing is ever added to.
 */
final class HybridSnapshotProperties {

  private static final Duration OFFSET = Duration.ofMillis(20);
  private static final int PROCESSES = 4;
  private static final int EVENTS = 60;

  private static <T extends HybridStamp<T>> void requireConsistentCut(
      Random random, Function<PhysicalTime, HybridClock<T>> maker, T limit, long unitNanos) {
    Trace trace = Trace.random(random, PROCESSES, EVENTS);
    List<PhysicalTime> walls =
        Stream.generate(() -> new PhysicalTime(0, unitNanos)).limit(PROCESSES).toList();
    List<HybridClock<T>> clocks = walls.stream().map(maker).toList();
    Map<Integer, Integer> closedAt = new HashMap<>();
    List<Integer> moments = random.ints(PROCESSES, 0, EVENTS).boxed().toList();
    List<T> stamps =
        Execution.run(
            trace,
            clocks,
            event -> {
              for (int node = 0; node < PROCESSES; node++) {
                walls.get(node).set(990 + random.nextInt(event + 1));
                if (moments.get(node) == event) {
                  clocks.get(node).closeUpTo(limit);
                  closedAt.put(node, event);
                }
              }
            });
    Set<Integer> recorded = new HashSet<>();
    Set<Integer> cut = new HashSet<>();
    for (int event = 0; event < EVENTS; event++) {
      boolean inCut = !stamps.get(event).isAfter(limit);
      if (inCut) {
        cut.add(event);
        if (event < closedAt.get(trace.steps().get(event).process())) {
          recorded.add(event);
        }
      }
    }
    assertEquals(cut, recorded, "no event is stamped into a closed snapshot");
    CausalHistory history = CausalHistory.of(trace);
    cut.forEach(event -> history.pastOf(event).forEach(past -> assertTrue(cut.contains(past))));
  }

  @Property(tries = 300)
  void h11ShouldCutConsistentlyWhenEachNodeClosesTheSnapshot(@ForAll long seed) {
    requireConsistentCut(
        new Random(seed),
        wall -> HybridLogicalClock.of(wall, Duration.ofMillis(100)),
        HybridTimestamp.of(1_005, 2),
        PhysicalTime.MILLIS);
    requireConsistentCut(
        new Random(seed),
        wall -> HybridNanoClock.of(wall, OFFSET),
        HybridNanoTimestamp.of(1_005, 2),
        1);
  }

  @Example
  void shouldGiveTheNextStampWhenClosedAheadOfTime() {
    HybridLogicalClock clock = HybridLogicalClock.of(new PhysicalTime(1_000), OFFSET);
    clock.closeUpTo(HybridTimestamp.of(1_020, 65_534));
    assertEquals(HybridTimestamp.of(1_020, 65_534), clock.latest());
    assertEquals(HybridTimestamp.of(1_020, 65_535), clock.tick());
    clock.closeUpTo(HybridTimestamp.of(1_010, 0));
    assertEquals(HybridTimestamp.of(1_020, 65_535), clock.latest(), "in the past already");
  }

  @Example
  void shouldRefuseWhenTheSnapshotIsTooFarAhead() {
    for (AdmissionPolicy policy : AdmissionPolicy.values()) {
      HybridNanoClock clock =
          HybridNanoClock.builder(new PhysicalTime(1_000)).maxOffset(OFFSET).policy(policy).build();
      HybridNanoTimestamp before = clock.tick();
      for (HybridNanoTimestamp limit :
          List.of(HybridNanoTimestamp.of(1_020_000_001, 0), HybridNanoTimestamp.MAX)) {
        assertThrows(StampRejectedException.class, () -> clock.closeUpTo(limit));
        assertEquals(before, clock.latest());
      }
    }
  }

  @Example
  void shouldBeClosedAlreadyWhenItsOwnPastIsFarAhead() {
    HybridTimestamp mark = HybridTimestamp.of(5_000, 0);
    HybridLogicalClock clock =
        HybridLogicalClock.resumeAbove(new PhysicalTime(1_000), OFFSET, mark);
    clock.closeUpTo(mark);
    assertEquals(mark, clock.latest());
    assertThrows(StampRejectedException.class, () -> clock.closeUpTo(HybridTimestamp.of(5_000, 1)));
  }
}
