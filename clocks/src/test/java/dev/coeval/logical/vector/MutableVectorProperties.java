package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.CausalLaws;
import dev.coeval.logical.laws.Step.Kind;
import dev.coeval.logical.laws.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The mutable twin says what the immutable stamps say, and those say what the history says. */
final class MutableVectorProperties extends CausalLaws {

  private static MutableVector copyOf(MutableVector vector) {
    return MutableVector.resumeFrom(vector.actor(), vector.snapshot());
  }

  @Property(tries = TRIES)
  void shouldGiveTheStampsOfTheTwinWhenTheyHaveTheSameEvents(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    Random random = new Random(seed);
    List<MutableVector> vectors = trace.names().stream().map(MutableVector::of).toList();
    List<VectorClock> clocks = trace.names().stream().map(VectorClock::of).toList();
    List<MutableVector> states = new ArrayList<>();
    List<VectorTimestamp> stamps = new ArrayList<>();
    trace
        .steps()
        .forEach(
            step -> {
              MutableVector vector = vectors.get(step.process());
              VectorClock clock = clocks.get(step.process());
              if (step.kind() != Kind.RECEIVE) {
                vector.tick();
                stamps.add(clock.tick());
              } else {
                if (random.nextBoolean()) {
                  vector.receive(states.get(step.cause()));
                } else {
                  vector.receive(stamps.get(step.cause()));
                }
                stamps.add(clock.receive(stamps.get(step.cause())));
              }
              states.add(copyOf(vector));
            });
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          assertEquals(stamps.get(e), states.get(e).snapshot());
          assertEquals(history.relation(e, f), states.get(e).relationTo(states.get(f)));
          assertEquals(history.relation(e, f), states.get(e).relationTo(stamps.get(f)));
        });
  }

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return VectorStamps.any();
  }

  @Property(tries = 300)
  void shouldReceiveLikeTheTwinWhenStampsAreArbitrary(
      @ForAll("stamps") VectorTimestamp last, @ForAll("stamps") VectorTimestamp remote) {
    checkReceipt("self", last, remote);
    checkReceipt("c", last.retire("c"), remote);
    checkReceipt("n7", last, last.merge(remote));
    checkReceipt("n7", last.merge(remote), last);
    checkReceipt("n7", last.merge(remote), remote.merge(last));
  }

  private static void checkReceipt(String actor, VectorTimestamp last, VectorTimestamp remote) {
    if (last.pruned().contains(actor)) {
      return;
    }
    VectorClock clock = VectorClock.resumeFrom(actor, last);
    MutableVector fromStamp = MutableVector.resumeFrom(actor, last);
    MutableVector fromTwin = MutableVector.resumeFrom(actor, last);
    MutableVector sender = MutableVector.resumeFrom("sender", remote);
    assertEquals(clock.latest().relationTo(remote), fromStamp.relationTo(remote));
    assertEquals(clock.latest().relationTo(remote), fromTwin.relationTo(sender));
    VectorTimestamp expected;
    try {
      expected = clock.receive(remote);
    } catch (StampRejectedException | ArithmeticException refused) {
      assertThrows(refused.getClass(), () -> fromStamp.receive(remote));
      assertThrows(refused.getClass(), () -> fromTwin.receive(sender));
      expected = last;
    }
    if (!expected.equals(last)) {
      fromStamp.receive(remote);
      fromTwin.receive(sender);
    }
    assertEquals(expected, fromStamp.snapshot());
    assertEquals(expected, fromTwin.snapshot());
    assertEquals(remote, sender.snapshot());
    expected.forEach((name, count) -> assertEquals(count, fromTwin.count(name)));
    assertEquals(0, fromTwin.count("nobody"));
  }

  @Example
  void shouldThrowAndStayWhenItsCountIsAtTheEnd() {
    VectorTimestamp last = VectorTimestamp.of(Map.of("a", Long.MAX_VALUE, "b", 1L));
    MutableVector vector = MutableVector.resumeFrom("a", last);
    assertThrows(ArithmeticException.class, vector::tick);
    VectorTimestamp later = VectorTimestamp.of(Map.of("a", 1L, "b", 2L));
    assertThrows(ArithmeticException.class, () -> vector.receive(later));
    MutableVector sender = MutableVector.resumeFrom("b", later);
    assertThrows(ArithmeticException.class, () -> vector.receive(sender));
    assertEquals(last, vector.snapshot());
  }

  @Example
  void shouldRejectAndStayWhenAMessageKnowsMoreOfUsThanWeDo() {
    VectorTimestamp last = VectorTimestamp.of(Map.of("a", 1L, "b", 1L));
    MutableVector vector = MutableVector.resumeFrom("a", last);
    VectorTimestamp ahead = VectorTimestamp.of(Map.of("a", 2L, "b", 2L));
    MutableVector sender = MutableVector.resumeFrom("b", ahead);
    StampRejectedException one =
        assertThrows(StampRejectedException.class, () -> vector.receive(ahead));
    StampRejectedException two =
        assertThrows(StampRejectedException.class, () -> vector.receive(sender));
    assertEquals(Reason.OWN_ENTRY_AHEAD, one.reason());
    assertEquals(Reason.OWN_ENTRY_AHEAD, two.reason());
    assertEquals(last, vector.snapshot());
    assertEquals("MutableVector[a, {a=1, b=1}]", vector.toString());
  }

  @Example
  void shouldRejectAndStayWhenThereAreTooManyActors() {
    Map<String, Long> crowd = new HashMap<>();
    for (int i = 0; i < VectorTimestamp.MAX_ACTORS; i++) {
      crowd.put("n" + i, 1L);
    }
    MutableVector vector = MutableVector.resumeFrom("self", VectorTimestamp.of(crowd));
    assertThrows(StampRejectedException.class, vector::tick);
    assertEquals(VectorTimestamp.MAX_ACTORS, vector.snapshot().size());
    assertEquals(0, vector.count("self"));
  }

  @Example
  void shouldKeepASnapshotAsItIsWhenItGoesOn() {
    MutableVector vector = MutableVector.of("a");
    vector.tick();
    vector.receive(VectorTimestamp.of(Map.of("b", 3L)));
    VectorTimestamp stamp = vector.snapshot();
    vector.receive(VectorTimestamp.of(Map.of("a", 1L, "b", 5L)));
    assertEquals("{a=2, b=3}", stamp.toString());
    assertEquals("{a=3, b=5}", vector.snapshot().toString());
    assertFalse(MutableVector.of("x").snapshot().size() > 0);
  }
}
