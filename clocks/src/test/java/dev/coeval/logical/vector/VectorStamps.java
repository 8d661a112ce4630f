package dev.coeval.logical.vector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Stamps for the properties: of few and of many actors, pruned ones among them. */
final class VectorStamps {

  /** Two of these have the same hash code; their order as UTF-16 is not that as UTF-8. */
  static final List<String> NAMES =
      List.of("BB", "c", "Aa", "d\"e", "\\", "é €", "\uD83D\uDE00", "\uFB00", "\n", "=,{}?");

  private VectorStamps() {}

  static Arbitrary<Long> counts() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.longs().between(1, 3)),
        Tuple.of(2, Arbitraries.longs().between(1, 100_000)),
        Tuple.of(1, Arbitraries.longs().between(Long.MAX_VALUE - 2, Long.MAX_VALUE)));
  }

  /** Stamps of few actors with odd names. */
  static Arbitrary<VectorTimestamp> few() {
    return Arbitraries.maps(Arbitraries.of(NAMES), counts())
        .withoutEdgeCases()
        .map(VectorTimestamp::of);
  }

  /** Stamps of up to 700 actors, of whom some are missing: every form of counts is met. */
  static Arbitrary<VectorTimestamp> many() {
    Arbitrary<Integer> size =
        Arbitraries.integers()
            .between(0, 700)
            .withDistribution(RandomDistribution.uniform())
            .withoutEdgeCases();
    return Combinators.combine(size, Arbitraries.randoms())
        .as(
            (n, random) -> {
              Map<String, Long> counts = new HashMap<>();
              int gap = 1 + random.nextInt(100);
              for (int i = 0; i < n; i++) {
                counts.put("n" + i, random.nextInt(gap) == 0 ? 0L : 1L + random.nextInt(3));
              }
              return VectorTimestamp.of(counts);
            });
  }

  /** Stamps of few actors, some of whom were pruned. */
  static Arbitrary<VectorTimestamp> pruned() {
    Arbitrary<Set<String>> forgotten = Arbitraries.of(NAMES).set().ofMaxSize(3);
    return Combinators.combine(few(), forgotten).as(VectorStamps::prune);
  }

  private static VectorTimestamp prune(VectorTimestamp stamp, Set<String> actors) {
    VectorTimestamp pruned = stamp;
    for (String actor : actors) {
      pruned = pruned.prune(actor);
    }
    return pruned;
  }

  /** All of these. */
  static Arbitrary<VectorTimestamp> any() {
    return Arbitraries.frequencyOf(Tuple.of(4, few()), Tuple.of(4, pruned()), Tuple.of(1, many()));
  }
}
