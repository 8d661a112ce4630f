package dev.coeval.sync.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Marzullo.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Against an oracle that looks at every point of a small world one by one. */
final class MarzulloProperties {
  private static final int WORLD = 25;

  @Provide
  Arbitrary<List<OffsetBounds>> intervals() {
    Arbitrary<Integer> ends = Arbitraries.integers().between(-WORLD, WORLD);
    return Combinators.combine(ends, ends)
        .as((a, b) -> new OffsetBounds(3, a, b)) // some are empty
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  /** Intervals around 0 and, after them, some that are anywhere: liars. */
  @Provide
  Arbitrary<List<OffsetBounds>> honest() {
    Arbitrary<Integer> reach = Arbitraries.integers().between(0, WORLD);
    return Combinators.combine(reach, reach)
        .as((a, b) -> new OffsetBounds(3, -a, b))
        .list()
        .ofMinSize(1)
        .ofMaxSize(9);
  }

  @Property
  void shouldEqualTheOracleAtEveryNumberOfFaults(
      @ForAll("intervals") List<OffsetBounds> intervals, @ForAll @IntRange(max = 8) int wanted) {
    int faults = wanted % intervals.size();
    Agreement agreement = Marzullo.intersect(intervals, faults);
    TreeSet<Integer> covered = new TreeSet<>();
    TreeSet<Integer> agreeing = new TreeSet<>();
    int best = 0;
    for (int point = -WORLD; point <= WORLD; point++) {
      List<Integer> here = covering(intervals, point);
      if (here.size() >= intervals.size() - faults) {
        covered.add(point);
      }
      if (here.size() > best) {
        best = here.size();
        agreeing.clear();
      }
      if (here.size() == best && best > 0) {
        agreeing.addAll(here);
      }
    }
    assertEquals(best, agreement.coverage());
    assertEquals(List.copyOf(agreeing), agreement.agreeing());
    assertEquals(covered.isEmpty(), agreement.hull().isEmpty());
    if (!covered.isEmpty()) {
      assertEquals(covered.first().longValue(), agreement.hull().lowNanos());
      assertEquals(covered.last().longValue(), agreement.hull().highNanos());
    }
  }

  @Property
  void shouldHoldTheTruthWhenNoMoreLieThanTolerated(
      @ForAll("honest") List<OffsetBounds> honest,
      @ForAll("intervals") List<OffsetBounds> liars,
      @ForAll @IntRange(max = 3) int more) {
    List<OffsetBounds> all = new ArrayList<>(liars);
    all.addAll(honest);
    int faults = Math.min(liars.size() + more, all.size() - 1);
    Agreement agreement = Marzullo.intersect(all, faults);
    assertTrue(agreement.hull().lowNanos() <= 0 && 0 <= agreement.hull().highNanos());
    for (int index : agreement.disagreeing()) {
      assertTrue(index < liars.size(), "an honest one is called false: " + index);
    }
  }

  private static List<Integer> covering(List<OffsetBounds> intervals, int point) {
    List<Integer> covering = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      if (intervals.get(i).lowNanos() <= point && point <= intervals.get(i).highNanos()) {
        covering.add(i);
      }
    }
    return covering;
  }
}
