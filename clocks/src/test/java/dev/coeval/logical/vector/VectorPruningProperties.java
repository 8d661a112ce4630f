package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.CausalLaws;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Actors that are left out early: no answer contradicts the causal history. */
final class VectorPruningProperties extends CausalLaws {

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return VectorStamps.pruned();
  }

  private static void assertNoFalseOrder(CausalOrder truth, CausalOrder answer, String where) {
    assertTrue(answer == truth || answer == CausalOrder.CONCURRENT, where);
  }

  /** Clocks forget actors at any moment, and go on with what they have. */
  @Property(tries = 1_000)
  void shouldClaimNoFalseOrderWhenClocksPruneAtAnyTime(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    Random random = new Random(seed);
    List<VectorClock> clocks = trace.names().stream().map(VectorClock::of).toList();
    List<VectorTimestamp> stamps =
        Execution.run(
            trace,
            clocks,
            event -> {
              VectorClock clock = clocks.get(random.nextInt(clocks.size()));
              String actor = trace.names().get(random.nextInt(clocks.size()));
              if (random.nextInt(4) == 0 && !clock.actor().equals(actor)) {
                clock.prune(actor);
              }
            });
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) ->
            assertNoFalseOrder(
                history.relation(e, f),
                stamps.get(e).relationTo(stamps.get(f)),
                e + " to " + f + " of " + trace + ", seed " + seed + ": " + stamps));
  }

  /** Any entries of any stamps are forgotten afterwards, merged stamps among them. */
  @Property(tries = 1_000)
  void shouldClaimNoFalseOrderWhenStampsArePrunedAfterwards(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    Random random = new Random(seed);
    List<VectorTimestamp> exact = new ArrayList<>(Execution.run(trace, VectorClock::of));
    List<BitSet> pasts = pasts(trace);
    for (int i = trace.size(); i > 0; i--) {
      int first = random.nextInt(exact.size());
      int second = random.nextInt(exact.size());
      exact.add(exact.get(first).merge(exact.get(second)));
      pasts.add(union(pasts.get(first), pasts.get(second)));
    }
    List<VectorTimestamp> pruned = exact.stream().map(s -> prune(s, trace, random)).toList();
    for (int e = 0; e < exact.size(); e++) {
      for (int f = 0; f < exact.size(); f++) {
        CausalOrder truth = relation(pasts.get(e), pasts.get(f));
        CausalOrder answer = pruned.get(e).relationTo(pruned.get(f));
        String where = pruned.get(e) + " to " + pruned.get(f);
        assertNoFalseOrder(truth, answer, where);
        assertEquals(answer.inverse(), pruned.get(f).relationTo(pruned.get(e)), where);
        assertEquals(
            prunedUnion(pruned.get(e), pruned.get(f)),
            pruned.get(e).merge(pruned.get(f)).pruned(),
            where);
      }
    }
  }

  private static List<BitSet> pasts(Trace trace) {
    CausalHistory history = CausalHistory.of(trace);
    List<BitSet> pasts = new ArrayList<>();
    for (int event = 0; event < trace.size(); event++) {
      BitSet past = new BitSet();
      history.pastOf(event).forEach(past::set);
      pasts.add(past);
    }
    return pasts;
  }

  private static BitSet union(BitSet first, BitSet second) {
    BitSet union = (BitSet) first.clone();
    union.or(second);
    return union;
  }

  private static CausalOrder relation(BitSet first, BitSet second) {
    BitSet both = union(first, second);
    return CausalOrder.of(both.equals(second), both.equals(first));
  }

  private static VectorTimestamp prune(VectorTimestamp stamp, Trace trace, Random random) {
    VectorTimestamp pruned = stamp;
    for (String actor : trace.names()) {
      pruned = random.nextInt(4) == 0 ? pruned.prune(actor) : pruned;
    }
    return pruned;
  }

  private static Set<String> prunedUnion(VectorTimestamp first, VectorTimestamp second) {
    Set<String> union = new TreeSet<>(first.pruned());
    union.addAll(second.pruned());
    return union;
  }

  /** A pruned count is the top of the counts of its actor: the laws of a join still hold. */
  @Property(tries = 1_000)
  void shouldBeJoinSemilatticeWhenEntriesArePruned(
      @ForAll("stamps") VectorTimestamp a,
      @ForAll("stamps") VectorTimestamp b,
      @ForAll("stamps") VectorTimestamp c) {
    assertEquals(a.merge(b), b.merge(a));
    assertEquals(a.merge(b).hashCode(), b.merge(a).hashCode());
    assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
    assertEquals(a, a.merge(a));
    assertEquals(a, a.merge(VectorTimestamp.empty()));
    assertEquals(a, VectorTimestamp.empty().merge(a));
    for (String actor : a.merge(b).toMap().keySet()) {
      assertEquals(Math.max(a.count(actor), b.count(actor)), a.merge(b).count(actor));
    }
  }

  /** What does not depend on the forgotten count is still told. */
  @Example
  void shouldTellTheOrderWhenItDoesNotDependOnWhatWasPruned() {
    VectorTimestamp past = VectorTimestamp.of(Map.of("a", 1L));
    VectorTimestamp pruned = VectorTimestamp.of(Map.of("a", 1L, "x", 5L)).prune("x");
    assertEquals("{a=1, x=?}", pruned.toString());
    assertEquals(CausalOrder.AFTER, pruned.relationTo(past));
    assertEquals(CausalOrder.BEFORE, past.relationTo(pruned));
    assertEquals(CausalOrder.BEFORE, VectorTimestamp.empty().relationTo(pruned));
    VectorTimestamp knows = VectorTimestamp.of(Map.of("a", 2L, "x", 5L));
    assertEquals(CausalOrder.CONCURRENT, pruned.relationTo(knows));
    assertEquals(CausalOrder.CONCURRENT, pruned.relationTo(pruned), "which of them?");
    assertEquals(pruned, VectorTimestamp.of(Map.of("a", 1L, "x", 6L)).prune("x"));
    assertEquals(CausalOrder.AFTER, pruned.retire("x").increment("a").relationTo(past));
  }

  @Example
  void shouldKeepItsOwnCountWhenAnotherPrunedIt() {
    VectorClock clock = VectorClock.of("x");
    VectorTimestamp sent = clock.tick();
    VectorTimestamp answer = VectorTimestamp.of(Map.of("a", 1L)).merge(sent).prune("x");
    assertEquals(VectorTimestamp.of(Map.of("a", 1L, "x", 2L)), clock.receive(answer));
    assertThrows(IllegalArgumentException.class, () -> clock.prune("x"));
    assertThrows(IllegalArgumentException.class, () -> clock.retire("x"));
    assertThrows(IllegalArgumentException.class, () -> answer.increment("x"));
    assertThrows(IllegalArgumentException.class, () -> VectorClock.resumeFrom("x", answer));
    assertThrows(IllegalArgumentException.class, () -> MutableVector.resumeFrom("x", answer));
  }

  @Example
  void shouldDoNothingWhenTheActorIsNotThere() {
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L));
    assertSame(stamp, stamp.prune("x"));
    assertSame(stamp, stamp.retire("x"));
    assertTrue(stamp.retire("a").isEmpty());
    assertEquals(VectorTimestamp.empty(), stamp.prune("a").retire("a"));
    assertTrue(!stamp.prune("a").isEmpty() && stamp.prune("a").size() == 0);
    assertEquals(stamp.prune("a"), stamp.prune("a").prune("a"));
  }

  /** Once everybody knows all events of an actor, leaving it out everywhere changes no answer. */
  @Property
  void shouldAnswerTheSameWhenAStableActorIsRetiredEverywhere(@ForAll("traces") Trace trace) {
    VectorTimestamp gone = VectorTimestamp.of(Map.of("gone", 7L));
    List<VectorTimestamp> stamps =
        Execution.run(trace, actor -> VectorClock.resumeFrom(actor, gone));
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) ->
            assertEquals(
                history.relation(e, f),
                stamps.get(e).retire("gone").relationTo(stamps.get(f).retire("gone"))));
  }

  @Example
  void shouldGoOnWithoutTheActorWhenAClockRetiresIt() {
    VectorClock clock =
        VectorClock.resumeFrom("a", VectorTimestamp.of(Map.of("a", 1L, "gone", 7L)));
    assertEquals("{a=1}", clock.retire("gone").toString());
    assertEquals("{a=2}", clock.tick().toString());
  }
}
