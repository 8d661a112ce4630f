package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.logical.CausalOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Law V6: whatever form the counts and the names of a stamp are in, every answer is the same. The
 * oracle is a sorted map.
 */
final class VectorFormsProperties {

  private static final int TRIES = 300;

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return Arbitraries.oneOf(VectorStamps.few(), VectorStamps.many(), epochs());
  }

  private static Arbitrary<VectorTimestamp> epochs() {
    return Arbitraries.of("BB", "n3", "n5")
        .flatMap(
            actor -> VectorStamps.counts().map(count -> VectorTimestamp.of(Map.of(actor, count))));
  }

  /** The same stamp in every form that can hold it, with shared names and with its own. */
  private static List<VectorTimestamp> forms(VectorTimestamp stamp) {
    long[] values = stamp.counts.values();
    Stream<Counts> counts = Stream.of(new FlatCounts(values), ChunkedCounts.of(values));
    if (values.length == 1) {
      counts = Stream.concat(counts, Stream.of(new ScalarCount(values[0])));
    }
    return counts
        .flatMap(
            form ->
                Stream.of(stamp.actors, new ActorSet(stamp.actors.names.clone()))
                    .map(names -> VectorTimestamp.of(names, form, ActorSet.EMPTY)))
        .toList();
  }

  private static CausalOrder relation(Map<String, Long> first, Map<String, Long> second) {
    boolean atMost =
        first.entrySet().stream()
            .allMatch(e -> e.getValue() <= second.getOrDefault(e.getKey(), 0L));
    boolean atLeast =
        second.entrySet().stream()
            .allMatch(e -> e.getValue() <= first.getOrDefault(e.getKey(), 0L));
    return CausalOrder.of(atMost, atLeast);
  }

  private static void assertSame(Map<String, Long> expected, VectorTimestamp stamp) {
    VectorTimestamp chosen = VectorTimestamp.of(expected);
    assertEquals(expected, stamp.toMap());
    assertEquals(chosen, stamp);
    assertEquals(stamp, chosen);
    assertEquals(chosen.hashCode(), stamp.hashCode());
    assertEquals(chosen.toString(), stamp.toString());
    assertEquals(expected.size(), stamp.size());
    assertArrayEquals(VectorTimestampCodec.toBytes(chosen), VectorTimestampCodec.toBytes(stamp));
  }

  @Property(tries = TRIES)
  void v6ShouldBeTheSameStampWhenTheFormIsForced(@ForAll("stamps") VectorTimestamp stamp) {
    forms(stamp).forEach(form -> assertSame(stamp.toMap(), form));
  }

  @Property(tries = TRIES)
  void v6ShouldOrderAndMergeTheSameWhenTheFormsAreForced(
      @ForAll("stamps") VectorTimestamp first, @ForAll("stamps") VectorTimestamp second) {
    checkAllForms(first, second);
    checkAllForms(first, first.merge(second));
    checkAllForms(first.merge(second), second);
    checkAllForms(first, first);
  }

  /** The last count alone is another: nothing stops early. */
  @Property(tries = TRIES)
  void v6ShouldSeeOneCountWhenAllOthersAreTheSame(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll int place, @ForAll int other) {
    if (!stamp.isEmpty()) {
      String actor = stamp.actors.names[Math.floorMod(place, stamp.size())];
      String another = stamp.actors.names[Math.floorMod(other, stamp.size())];
      VectorTimestamp one = raised(stamp, actor);
      checkAllForms(stamp, one);
      checkAllForms(one, stamp);
      checkAllForms(one, raised(stamp, another));
    }
  }

  private static VectorTimestamp raised(VectorTimestamp stamp, String actor) {
    return stamp.count(actor) == Long.MAX_VALUE ? stamp.retire(actor) : stamp.increment(actor);
  }

  private static void checkAllForms(VectorTimestamp first, VectorTimestamp second) {
    Map<String, Long> greater = new TreeMap<>(first.toMap());
    second.toMap().forEach((actor, count) -> greater.merge(actor, count, Math::max));
    CausalOrder expected = relation(first.toMap(), second.toMap());
    for (VectorTimestamp a : forms(first)) {
      for (VectorTimestamp b : forms(second)) {
        assertEquals(expected, a.relationTo(b));
        assertEquals(expected == CausalOrder.EQUAL, a.equals(b));
        assertSame(greater, a.merge(b));
      }
    }
  }

  @Property(tries = TRIES)
  void v6ShouldCountTheSameWhenTheFormIsForced(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll int place) {
    List<String> actors = List.of("n" + Math.floorMod(place, 700), "Aa", "c", "new");
    for (VectorTimestamp form : forms(stamp)) {
      for (String actor : actors) {
        long before = stamp.toMap().getOrDefault(actor, 0L);
        assertEquals(before, form.count(actor));
        if (before < Long.MAX_VALUE) {
          Map<String, Long> more = new TreeMap<>(stamp.toMap());
          more.put(actor, before + 1);
          assertSame(more, form.increment(actor));
          assertSame(more, form.increment(actor).retire("absent"));
        }
        Map<String, Long> fewer = new TreeMap<>(stamp.toMap());
        fewer.remove(actor);
        assertSame(fewer, form.retire(actor));
        assertSame(stamp.toMap(), form);
      }
    }
  }
}
