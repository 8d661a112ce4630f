package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.CausalLaws;
import dev.coeval.logical.laws.Trace;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a log answers is what the sets of events say. */
final class CausalLogProperties extends CausalLaws {

  @Property(tries = TRIES)
  void shouldFindNothingWhenStampsAreThoseOfAVectorClock(@ForAll("traces") Trace trace) {
    assertEquals(List.of(), RecordedTrace.of(trace).log().check());
  }

  @Property(tries = TRIES)
  void shouldFindOnlyHolesAndStillOrderWhenEventsAreMissing(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    RecordedTrace recorded = RecordedTrace.of(trace);
    List<CausalEvent> kept = new ArrayList<>(recorded.events());
    Random random = new Random(seed);
    kept.removeIf(event -> random.nextInt(3) == 0);
    Collections.shuffle(kept, random);
    CausalLog log = CausalLog.of(kept);
    log.check().forEach(finding -> assertTrue(finding.kind().isHole(), finding.toString()));
    assertEquals(kept.size() < trace.size() && lostBeforeOrCause(recorded, kept), isHoly(log));
    assertCausesFirst(recorded, log.inCausalOrder(), kept.size());
    assertEquals(longestPath(recorded, kept), log.longestChain().size());
    assertEquals(concurrentPairs(recorded, kept), log.concurrentPairs());
  }

  private static boolean isHoly(CausalLog log) {
    return !log.check().isEmpty();
  }

  /** Whether an event is missing that comes before one that is there. */
  private static boolean lostBeforeOrCause(RecordedTrace recorded, List<CausalEvent> kept) {
    return recorded.events().stream()
        .filter(event -> !kept.contains(event))
        .anyMatch(
            lost ->
                kept.stream()
                    .anyMatch(
                        event ->
                            recorded
                                .history()
                                .happenedBefore(recorded.indexOf(lost), recorded.indexOf(event))));
  }

  private static void assertCausesFirst(
      RecordedTrace recorded, List<CausalEvent> sorted, int size) {
    assertEquals(size, sorted.size());
    for (int later = 0; later < size; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        assertTrue(
            !recorded
                .history()
                .happenedBefore(
                    recorded.indexOf(sorted.get(later)), recorded.indexOf(sorted.get(earlier))));
      }
    }
  }

  private static int longestPath(RecordedTrace recorded, List<CausalEvent> kept) {
    List<Integer> indices = kept.stream().map(recorded::indexOf).sorted().toList();
    Map<Integer, Integer> longest = new HashMap<>();
    for (int event : indices) {
      int before =
          indices.stream()
              .filter(other -> recorded.history().happenedBefore(other, event))
              .mapToInt(longest::get)
              .max()
              .orElse(0);
      longest.put(event, before + 1);
    }
    return longest.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static long concurrentPairs(RecordedTrace recorded, List<CausalEvent> kept) {
    CausalHistory history = recorded.history();
    return kept.stream()
        .mapToInt(recorded::indexOf)
        .mapToLong(
            first ->
                kept.stream()
                    .mapToInt(recorded::indexOf)
                    .filter(second -> second > first)
                    .filter(second -> !history.relation(first, second).isOrdered())
                    .count())
        .sum();
  }

  @Property(tries = TRIES)
  void shouldRelateEventsAsTheSetsDoWhenCompared(@ForAll("traces") Trace trace) {
    RecordedTrace recorded = RecordedTrace.of(trace);
    forAllPairs(
        trace,
        (first, second) ->
            assertEquals(
                recorded.history().relation(first, second),
                recorded.events().get(first).relationTo(recorded.events().get(second))));
    List<CausalEvent> chain = recorded.log().longestChain();
    for (int link = 1; link < chain.size(); link++) {
      assertTrue(
          recorded
              .history()
              .happenedBefore(
                  recorded.indexOf(chain.get(link - 1)), recorded.indexOf(chain.get(link))));
    }
  }

  @Property(tries = TRIES)
  void s7ShouldBeConsistentExactlyWhenTheCutIsLeftClosed(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    RecordedTrace recorded = RecordedTrace.of(trace);
    CausalLog log = recorded.log();
    Random random = new Random(seed);
    for (int attempt = 0; attempt < 10; attempt++) {
      Map<String, Long> counts = new HashMap<>();
      for (String actor : log.actors()) {
        counts.put(actor, (long) random.nextInt(log.events(actor).size() + 1));
      }
      List<Integer> inside =
          recorded.events().stream()
              .filter(event -> event.sequence() <= counts.getOrDefault(event.actor(), 0L))
              .map(recorded::indexOf)
              .toList();
      boolean leftClosed =
          inside.stream()
              .allMatch(event -> recorded.history().pastOf(event).allMatch(inside::contains));
      assertEquals(leftClosed, log.isConsistent(VectorTimestamp.of(counts)), counts.toString());
    }
  }
}
