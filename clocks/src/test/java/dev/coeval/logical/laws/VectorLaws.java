package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Laws V1 to V7 of a vector clock (Fidge 1988, Mattern 1989).
 *
 * @param <T> the stamp: a count for each process
 */
public abstract class VectorLaws<T> extends CausalLaws {

  /** Two of these have the same hash code, and they are not in the order of their creation. */
  private static final List<String> ACTORS = List.of("BB", "c", "Aa", "d", "b");

  /** For subclasses. */
  protected VectorLaws() {}

  /**
   * The clock of a process without a past.
   *
   * @param actor the process
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(String actor);

  /**
   * A stamp.
   *
   * @param counts counts, some of which may be zero
   * @return the stamp
   */
  protected abstract T stamp(Map<String, Long> counts);

  /**
   * The count of an actor.
   *
   * @param stamp a stamp
   * @param actor the actor
   * @return how many of the actor's events it counts
   */
  protected abstract long count(T stamp, String actor);

  /**
   * The order.
   *
   * @param first a stamp
   * @param second a stamp
   * @return how the first stands to the second
   */
  protected abstract CausalOrder relation(T first, T second);

  /**
   * The union.
   *
   * @param first a stamp
   * @param second a stamp
   * @return their least upper bound
   */
  protected abstract T merge(T first, T second);

  /**
   * The clock of a process in every form that it can have inside: dense, sparse, shared, mutable.
   *
   * @param actor the process
   * @return clocks without a past, as many for every process; for a clock of one form, that
   */
  protected List<LogicalClock<T>> forms(String actor) {
    return List.of(clock(actor));
  }

  /**
   * Any counts, explicit zeros included.
   *
   * @return maps of few actors and small counts, so that many are ordered
   */
  @Provide
  protected Arbitrary<Map<String, Long>> counts() {
    Arbitrary<Long> count =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(0, 2)),
            Tuple.of(1, Arbitraries.of(Long.MAX_VALUE - 1, Long.MAX_VALUE)));
    return Arbitraries.maps(Arbitraries.of(ACTORS), count).withoutEdgeCases();
  }

  private boolean atMost(T first, T second) {
    return relation(first, second).isBeforeOrEqual();
  }

  /** The definition, on maps: no stamp is involved. */
  private static CausalOrder relationOf(Map<String, Long> first, Map<String, Long> second) {
    boolean less = false;
    boolean greater = false;
    for (String actor : ACTORS) {
      long a = first.getOrDefault(actor, 0L);
      long b = second.getOrDefault(actor, 0L);
      less |= a < b;
      greater |= a > b;
    }
    if (less && greater) {
      return CausalOrder.CONCURRENT;
    }
    return less ? CausalOrder.BEFORE : greater ? CausalOrder.AFTER : CausalOrder.EQUAL;
  }

  @Property(tries = TRIES)
  void v1ShouldBeOrderedExactlyAsCausalityWhenCompared(@ForAll("traces") Trace trace) {
    List<T> stamps = Execution.run(trace, this::clock);
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) ->
            assertEquals(
                history.relation(e, f),
                relation(stamps.get(e), stamps.get(f)),
                () -> e + " to " + f + " of " + trace));
  }

  @Property(tries = TRIES)
  void v2ShouldCountThePastExactlyWhenRead(@ForAll("traces") Trace trace) {
    List<T> stamps = Execution.run(trace, this::clock);
    CausalHistory history = CausalHistory.of(trace);
    for (int event = 0; event < trace.size(); event++) {
      for (int process = 0; process < trace.processes(); process++) {
        assertEquals(
            history.countOf(event, process),
            count(stamps.get(event), trace.names().get(process)),
            "event " + event + ", process " + process);
      }
    }
  }

  @Property(tries = 1_000)
  void v3ShouldTakeTheGreaterCountWhenMerged(
      @ForAll("counts") Map<String, Long> first, @ForAll("counts") Map<String, Long> second) {
    Map<String, Long> greater = new HashMap<>(first);
    second.forEach((actor, count) -> greater.merge(actor, count, Math::max));
    T merged = merge(stamp(first), stamp(second));
    assertEquals(stamp(greater), merged);
    ACTORS.forEach(
        actor -> assertEquals(greater.getOrDefault(actor, 0L), count(merged, actor), actor));
  }

  @Property(tries = 1_000)
  void v3ShouldBeJoinSemilatticeWhenMerged(
      @ForAll("counts") Map<String, Long> first,
      @ForAll("counts") Map<String, Long> second,
      @ForAll("counts") Map<String, Long> third) {
    T a = stamp(first);
    T b = stamp(second);
    T c = stamp(third);
    T empty = stamp(Map.of());
    assertEquals(merge(a, b), merge(b, a), "commutative");
    assertEquals(merge(merge(a, b), c), merge(a, merge(b, c)), "associative");
    assertEquals(a, merge(a, a), "idempotent");
    assertEquals(a, merge(a, empty), "identity on the right");
    assertEquals(a, merge(empty, a), "identity on the left");
    assertTrue(atMost(a, merge(a, b)) && atMost(b, merge(a, b)), "upper bound");
    assertEquals(atMost(a, c) && atMost(b, c), atMost(merge(a, b), c), "least upper bound");
    if (atMost(a, b)) {
      assertTrue(atMost(merge(a, c), merge(b, c)), "monotone");
    }
  }

  @Property(tries = 2_000)
  void v4ShouldCompareEntryByEntryWhenZerosAreAbsent(
      @ForAll("counts") Map<String, Long> first, @ForAll("counts") Map<String, Long> second) {
    T a = stamp(first);
    T b = stamp(second);
    assertEquals(relationOf(first, second), relation(a, b));
    assertEquals(relation(a, b).inverse(), relation(b, a), "dual");
    assertEquals(relation(a, b) == CausalOrder.EQUAL, a.equals(b), "equal means equals");
    if (a.equals(b)) {
      assertEquals(a.hashCode(), b.hashCode());
    }
  }

  @Property(tries = 1_000)
  void v4ShouldBeEqualInEveryWayWhenOnlyZerosDiffer(@ForAll("counts") Map<String, Long> counts) {
    Map<String, Long> withZeros = new HashMap<>(counts);
    ACTORS.forEach(actor -> withZeros.putIfAbsent(actor, 0L));
    Map<String, Long> withoutZeros = new HashMap<>(counts);
    withoutZeros.values().removeIf(count -> count == 0);
    T a = stamp(withZeros);
    T b = stamp(withoutZeros);
    assertEquals(CausalOrder.EQUAL, relation(a, b));
    assertEquals(CausalOrder.EQUAL, relation(a, a), "reflexive");
    assertEquals(a, b);
    assertEquals(a.hashCode(), b.hashCode());
    assertEquals(a.toString(), b.toString());
  }

  @Property(tries = 1_000)
  void v4ShouldBeTransitiveWhenCompared(
      @ForAll("counts") Map<String, Long> first,
      @ForAll("counts") Map<String, Long> second,
      @ForAll("counts") Map<String, Long> third) {
    T a = stamp(first);
    T b = merge(a, stamp(second));
    T c = merge(b, stamp(third));
    assertTrue(atMost(a, b) && atMost(b, c) && atMost(a, c));
    assertTrue(!atMost(b, a) || a.equals(b), "antisymmetric");
  }

  @Property(tries = TRIES)
  void v5ShouldAnswerTheSameWhenActorsAreRenamed(
      @ForAll("traces") Trace trace, @ForAll("renamings") List<String> newNames) {
    List<T> stamps = Execution.run(trace, this::clock);
    List<T> renamed =
        Execution.run(trace, newNames.stream().map(this::clock).toList(), event -> {});
    forAllPairs(
        trace,
        (e, f) ->
            assertEquals(
                relation(stamps.get(e), stamps.get(f)), relation(renamed.get(e), renamed.get(f))));
  }

  /**
   * Other names for the processes, in any order.
   *
   * @return lists of different names
   */
  @Provide
  protected Arbitrary<List<String>> renamings() {
    return Arbitraries.shuffle(ACTORS);
  }

  @Property(tries = TRIES)
  void v6ShouldGiveTheSameStampsWhenTheFormInsideDiffers(@ForAll("traces") Trace trace) {
    List<T> expected = Execution.run(trace, this::clock);
    for (int form = 0; form < forms("a").size(); form++) {
      int chosen = form;
      List<T> stamps = Execution.run(trace, actor -> forms(actor).get(chosen));
      forAllPairs(
          trace,
          (e, f) -> {
            CausalOrder order = relation(expected.get(e), expected.get(f));
            assertEquals(order, relation(stamps.get(e), stamps.get(f)));
            assertEquals(order, relation(expected.get(e), stamps.get(f)), "across forms");
          });
      assertEquals(expected, stamps);
      assertEquals(expected.hashCode(), stamps.hashCode());
    }
  }

  /**
   * Charron-Bost 1991: each of n processes announces one event to all but the process before it.
   * The n pairs (announcement of i, last receipt of the process after i) form a crown, whose order
   * needs n numbers; so no entry of the stamp may be left out.
   */
  @Property(tries = 5)
  void v7ShouldNeedEveryEntryWhenEachProcessMissesOneOther(@ForAll("groupSizes") int processes) {
    Trace crown = Crowns.crown(processes);
    List<T> stamps = Execution.run(crown, this::clock);
    CausalHistory history = CausalHistory.of(crown);
    Set<Integer> needed = new HashSet<>();
    for (int left = 0; left < processes; left++) {
      int announced = left;
      int met = Crowns.lastReceipt(processes, (left + 1) % processes);
      assertEquals(CausalOrder.CONCURRENT, history.relation(announced, met));
      assertEquals(CausalOrder.CONCURRENT, relation(stamps.get(announced), stamps.get(met)));
      for (int entry = 0; entry < processes; entry++) {
        assertEquals(entry != left, history.happenedBefore(entry, met), "a crown");
        String name = crown.names().get(entry);
        if (count(stamps.get(announced), name) > count(stamps.get(met), name)) {
          needed.add(entry);
        }
      }
    }
    assertEquals(processes, needed.size(), "every entry alone tells one pair apart");
  }

  /**
   * Sizes of groups whose crowns have as many dimensions as members.
   *
   * @return three to five
   */
  @Provide
  protected Arbitrary<Integer> groupSizes() {
    return Arbitraries.of(3, 4, 5);
  }
}
