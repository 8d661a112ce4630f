package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampRejectedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Examples, and the faults that published vector clocks have had. */
final class VectorTimestampTest {

  private static final VectorTimestamp EMPTY = VectorTimestamp.empty();

  private static VectorTimestamp stamp(String actor, long count) {
    return VectorTimestamp.of(Map.of(actor, count));
  }

  private static VectorTimestamp stamp(String first, long count1, String second, long count2) {
    return VectorTimestamp.of(Map.of(first, count1, second, count2));
  }

  @Test
  @DisplayName("VectorZeroIsAbsent")
  void vectorZeroIsAbsentShouldMakeNoDifferenceWhenCompared() {
    VectorTimestamp zero = stamp("a", 0);
    assertEquals(CausalOrder.EQUAL, zero.relationTo(EMPTY));
    assertEquals(CausalOrder.EQUAL, EMPTY.relationTo(zero));
    assertEquals(EMPTY, zero);
    assertEquals(EMPTY.hashCode(), zero.hashCode());
    assertTrue(zero.isEmpty());
    assertEquals(0, zero.size());
    assertEquals(CausalOrder.BEFORE, zero.relationTo(stamp("b", 1)));
    assertEquals(CausalOrder.EQUAL, stamp("a", 0, "b", 1).relationTo(stamp("b", 1, "c", 0)));
    assertEquals(stamp("b", 1), zero.merge(stamp("b", 1)));
  }

  @Test
  @DisplayName("VectorEqualIsNotBefore")
  void vectorEqualIsNotBeforeShouldSayEqualWhenSameCounts() {
    VectorTimestamp one = stamp("a", 1, "b", 2);
    VectorTimestamp same = EMPTY.increment("b").increment("a").increment("b");
    assertEquals(CausalOrder.EQUAL, one.relationTo(same));
    assertEquals(CausalOrder.EQUAL, one.relationTo(one));
    assertFalse(one.isBefore(same) || one.isAfter(same) || one.isConcurrentWith(same));
    assertEquals(CausalOrder.EQUAL, EMPTY.relationTo(EMPTY));
  }

  /** Concurrency is not transitive, so nothing that sorts may take these stamps. */
  @Test
  @DisplayName("VectorNotComparable")
  void vectorNotComparableShouldOfferNoTotalOrderWhenInspected() {
    assertFalse(Comparable.class.isAssignableFrom(VectorTimestamp.class));
    VectorTimestamp a = stamp("x", 1);
    VectorTimestamp b = stamp("y", 1);
    VectorTimestamp c = stamp("x", 2);
    assertTrue(a.isConcurrentWith(b) && b.isConcurrentWith(c));
    assertTrue(a.isBefore(c) && c.isAfter(a));
  }

  @Test
  @DisplayName("VectorCompareCountsMissingHosts")
  void vectorCompareCountsMissingHostsShouldOrderWhenOneSideLacksAnActor() {
    assertEquals(CausalOrder.BEFORE, stamp("a", 1).relationTo(stamp("a", 1, "b", 1)));
    assertEquals(CausalOrder.AFTER, stamp("a", 1, "b", 1).relationTo(stamp("b", 1)));
    assertEquals(CausalOrder.BEFORE, stamp("b", 1).relationTo(stamp("a", 3, "b", 2)));
    assertEquals(CausalOrder.CONCURRENT, stamp("a", 1, "b", 1).relationTo(stamp("a", 2)));
    assertEquals(CausalOrder.CONCURRENT, stamp("b", 1, "c", 1).relationTo(stamp("a", 1, "b", 2)));
    assertEquals(CausalOrder.BEFORE, EMPTY.relationTo(stamp("a", 1)));
    assertEquals(CausalOrder.AFTER, stamp("a", 1).relationTo(EMPTY));
  }

  @Test
  void shouldAddOneToOneActorWhenIncremented() {
    VectorTimestamp stamp = stamp("b", 1).increment("c").increment("a").increment("b");
    assertEquals(List.of("a", "b", "c"), List.copyOf(stamp.toMap().keySet()));
    assertEquals("{a=1, b=2, c=1}", stamp.toString());
    assertEquals(0, stamp.count("d"));
    assertEquals(3, stamp.size());
    assertEquals(stamp, VectorTimestamp.of(stamp.toMap()));
  }

  @Test
  void shouldStayAsItIsWhenOthersAreMadeFromIt() {
    VectorTimestamp stamp = stamp("a", 1, "b", 2);
    stamp.increment("a");
    stamp.increment("c");
    stamp.merge(stamp("a", 9, "b", 9));
    stamp.merge(stamp("a", 9, "c", 9));
    assertEquals("{a=1, b=2}", stamp.toString());
    assertThrows(UnsupportedOperationException.class, () -> stamp.toMap().put("a", 5L));
  }

  @Test
  void shouldNotFollowTheMapWhenTheMapChangesLater() {
    Map<String, Long> map = new HashMap<>(Map.of("a", 1L));
    VectorTimestamp stamp = VectorTimestamp.of(map);
    map.put("a", 2L);
    assertEquals(1, stamp.count("a"));
  }

  @Test
  void shouldThrowWhenArgumentsAreWrong() {
    assertThrows(IllegalArgumentException.class, () -> stamp("a", -1));
    assertThrows(IllegalArgumentException.class, () -> stamp("", 1));
    assertThrows(IllegalArgumentException.class, () -> EMPTY.increment(""));
    assertThrows(NullPointerException.class, () -> EMPTY.increment(null));
    assertThrows(ArithmeticException.class, () -> stamp("a", Long.MAX_VALUE).increment("a"));
    Map<String, Long> noCount = new HashMap<>();
    noCount.put("a", null);
    assertThrows(NullPointerException.class, () -> VectorTimestamp.of(noCount));
  }

  @Test
  void shouldRejectWhenThereAreTooManyActors() {
    Map<String, Long> many = new HashMap<>();
    for (int i = 0; i <= VectorTimestamp.MAX_ACTORS; i++) {
      many.put("n" + i, 1L);
    }
    assertThrows(StampRejectedException.class, () -> VectorTimestamp.of(many));
    many.put("n0", 0L);
    VectorTimestamp largest = VectorTimestamp.of(many);
    assertEquals(VectorTimestamp.MAX_ACTORS, largest.size());
    assertEquals(largest, largest.merge(stamp("n1", 1)));
    assertThrows(StampRejectedException.class, () -> largest.merge(stamp("n0", 1)));
    assertThrows(StampRejectedException.class, () -> largest.increment("n0"));
  }

  @Test
  void shouldDifferWhenOnlyTheActorDiffers() {
    assertNotEquals(stamp("Aa", 1), stamp("BB", 1));
    assertNotEquals(stamp("a", 1), stamp("a", 2));
    assertEquals(CausalOrder.CONCURRENT, stamp("Aa", 1).relationTo(stamp("BB", 1)));
  }

  @Test
  void shouldCountThePrunedTooWhenThereIsNoRoomForMore() {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < VectorTimestamp.MAX_ACTORS; i++) {
      counts.put("n" + i, 1L);
    }
    VectorTimestamp full = VectorTimestamp.of(counts).prune("n0");
    assertEquals(VectorTimestamp.MAX_ACTORS - 1, full.size());
    assertThrows(StampRejectedException.class, () -> full.increment("more"));
    assertEquals(2, full.increment("n1").count("n1"));
  }

  @Test
  void shouldSeldomShareAHashCodeWhenStampsDiffer() {
    Set<Integer> hashes = new HashSet<>();
    for (long a = 1; a <= 10; a++) {
      for (long b = 1; b <= 10; b++) {
        VectorTimestamp stamp = stamp("a", a, "b", b);
        hashes.add(stamp.hashCode());
        hashes.add(stamp.increment("c").prune("c").hashCode());
        hashes.add(stamp.increment("d").prune("d").hashCode());
        hashes.add(stamp("c", a, "d", b).hashCode());
      }
    }
    assertTrue(hashes.size() > 360, hashes.size() + " of 400");
  }
}
