package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.Detection.Answer;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Answers about global states against every order in which the events can have happened. */
final class GlobalPredicatesProperties {

  private static final int EVENTS = 8;

  /** What is found by walking every path through the sets of events that are left-closed. */
  private static final class EveryPath {
    private final RecordedTrace recorded;
    private final Predicate<GlobalState> predicate;
    private boolean somewhere;
    private boolean missedByOne;

    private EveryPath(RecordedTrace recorded, Predicate<GlobalState> predicate) {
      this.recorded = recorded;
      this.predicate = predicate;
      walk(new BitSet(), false);
    }

    private void walk(BitSet happened, boolean metBefore) {
      boolean holds = predicate.test(state(happened));
      boolean met = metBefore || holds;
      somewhere |= holds;
      if (happened.cardinality() == recorded.events().size()) {
        missedByOne |= !met;
      }
      for (int event = 0; event < recorded.events().size(); event++) {
        if (!happened.get(event) && canHappen(event, happened)) {
          happened.set(event);
          walk(happened, met);
          happened.clear(event);
        }
      }
    }

    private boolean canHappen(int event, BitSet happened) {
      return recorded
          .history()
          .pastOf(event)
          .allMatch(other -> other == event || happened.get(other));
    }

    private GlobalState state(BitSet happened) {
      TreeMap<String, CausalEvent> last = new TreeMap<>();
      happened.stream()
          .mapToObj(recorded.events()::get)
          .forEach(event -> last.put(event.actor(), event));
      return new GlobalState(last);
    }
  }

  /** A predicate that holds in some states, always the same ones. */
  private static Predicate<GlobalState> arbitrary(long seed, int oneIn) {
    return state -> new Random(seed ^ state.cut().hashCode() * 31L).nextInt(oneIn) == 0;
  }

  @Property(tries = 300)
  void shouldAnswerAsEveryPathDoesWhenThePredicateIsArbitrary(@ForAll long seed) {
    RecordedTrace recorded = RecordedTrace.random(seed, 3, EVENTS);
    Predicate<GlobalState> predicate = arbitrary(seed, 3 + Math.floorMod(seed, 5));
    EveryPath truth = new EveryPath(recorded, predicate);
    GlobalPredicates asked = GlobalPredicates.of(recorded.log(), 10_000);
    Detection possibly = asked.possibly(predicate);
    assertEquals(truth.somewhere ? Answer.YES : Answer.NO, possibly.answer());
    assertEquals(truth.somewhere, possibly.witness().map(predicate::test).orElse(false));
    assertEquals(truth.missedByOne ? Answer.NO : Answer.YES, asked.definitely(predicate).answer());
  }

  @Property(tries = 500)
  void shouldAgreeWithTheLatticeWhenThePredicateIsAConjunction(@ForAll long seed) {
    RecordedTrace recorded = RecordedTrace.random(seed, 3, 12);
    Map<String, Predicate<Optional<CausalEvent>>> all = new HashMap<>();
    for (int process = 0; process < 3; process++) {
      long salt = seed + process;
      all.put(
          "p" + process,
          last ->
              new Random(salt * 31 + last.map(CausalEvent::sequence).orElse(0L)).nextInt(3) == 0);
    }
    if (seed % 4 == 0) {
      all.remove("p1");
    }
    Predicate<GlobalState> conjunction =
        state -> all.entrySet().stream().allMatch(e -> e.getValue().test(state.last(e.getKey())));
    GlobalPredicates asked = GlobalPredicates.of(recorded.log(), 10_000);
    Detection fast = asked.possiblyAll(all);
    assertEquals(asked.possibly(conjunction).answer(), fast.answer());
    assertEquals(fast.answer() == Answer.YES, fast.witness().map(conjunction::test).orElse(false));
    fast.witness().ifPresent(state -> assertTrue(recorded.log().isConsistent(state.cut())));
  }

  @Example
  void shouldSaySoWhenTheLimitIsReached() {
    RecordedTrace recorded = RecordedTrace.random(1, 3, EVENTS);
    GlobalPredicates asked = GlobalPredicates.of(recorded.log(), 3);
    assertEquals(
        new Detection(Answer.LIMIT_REACHED, Optional.empty(), 3), asked.possibly(state -> false));
    assertEquals(
        new Detection(Answer.LIMIT_REACHED, Optional.empty(), 3), asked.definitely(s -> false));
    assertEquals(Answer.YES, asked.possibly(state -> true).answer());
    assertEquals(1, asked.definitely(state -> true).statesSeen());
    assertThrows(IllegalArgumentException.class, () -> GlobalPredicates.of(recorded.log(), 0));
    GlobalPredicates once = GlobalPredicates.of(recorded.log(), 1);
    assertEquals(Answer.YES, once.possibly(state -> true).answer());
  }

  @Example
  void shouldFindBothInTheirCriticalSectionsWhenNothingOrdersThem() {
    CausalLog log =
        CausalLog.of(
            List.of(
                event("a", 1, "enter"), event("a", 2, "leave"),
                event("b", 1, "enter"), event("b", 2, "leave")));
    GlobalPredicates asked = GlobalPredicates.of(log, 100);
    Predicate<Optional<CausalEvent>> inside =
        last -> last.map(event -> event.text().equals("enter")).orElse(false);
    Detection found = asked.possiblyAll(Map.of("a", inside, "b", inside));
    assertEquals(Answer.YES, found.answer());
    assertEquals(6, found.statesSeen(), "two of each process, and each once more at the end");
    assertEquals(Answer.NO, asked.possiblyAll(Map.of("a", inside, "c", inside)).answer());
    Predicate<GlobalState> both = s -> inside.test(s.last("a")) && inside.test(s.last("b"));
    assertEquals(Answer.YES, asked.possibly(both).answer());
    assertEquals(Answer.NO, asked.definitely(both).answer());
  }

  private static CausalEvent event(String actor, long count, String text) {
    return new CausalEvent(actor, VectorTimestamp.of(Map.of(actor, count)), text);
  }
}
