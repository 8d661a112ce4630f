package dev.coeval.logical.approximate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The probabilities, against an oracle that tries every order of the counts. */
final class EntriesProperties {

  private static List<long[]> orders(long[] counts) {
    List<long[]> orders = new ArrayList<>();
    collect(counts.clone(), 0, orders);
    return orders;
  }

  private static void collect(long[] counts, int fixed, List<long[]> orders) {
    if (fixed == counts.length) {
      orders.add(counts.clone());
    }
    for (int i = fixed; i < counts.length; i++) {
      swap(counts, fixed, i);
      collect(counts, fixed + 1, orders);
      swap(counts, fixed, i);
    }
  }

  private static void swap(long[] counts, int i, int j) {
    long kept = counts[i];
    counts[i] = counts[j];
    counts[j] = kept;
  }

  private static long[] toArray(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }

  @Property(tries = 300)
  void shouldBeTheShareOfOrdersWhenAllAreTried(
      @ForAll @Size(5) List<@IntRange(max = 4) Integer> first,
      @ForAll @Size(5) List<@IntRange(max = 6) Integer> second) {
    long[] counts = toArray(first);
    long[] limits = toArray(second);
    List<long[]> orders = orders(counts);
    double below = orders.stream().filter(o -> Entries.isBelowOrEqual(o, limits)).count();
    double equal = orders.stream().filter(o -> Arrays.equals(o, limits)).count();
    assertEquals(below / orders.size(), Entries.belowWhenShuffled(counts, limits), 1e-12);
    assertEquals(equal / orders.size(), Entries.equalWhenShuffled(counts, limits), 1e-12);
    long[] shuffled = orders.get(orders.size() / 2);
    double same = orders.stream().filter(o -> Arrays.equals(o, shuffled)).count();
    assertEquals(same / orders.size(), Entries.equalWhenShuffled(counts, shuffled), 1e-12);
  }

  @Property(tries = 300)
  void shouldCountTheOrdersThatAreBeforeWhenStampsAreAny(
      @ForAll @Size(4) List<@IntRange(max = 3) Integer> first,
      @ForAll @Size(4) List<@IntRange(max = 3) Integer> second,
      @ForAll @IntRange(max = 3) int entry) {
    List<long[]> orders = orders(toArray(first));
    BloomTimestamp later = BloomTimestamp.of(toArray(second));
    long before =
        orders.stream()
            .map(BloomTimestamp::of)
            .filter(s -> s.relationTo(later) == PlausibleOrder.PLAUSIBLY_BEFORE)
            .count();
    double predicted = BloomTimestamp.of(toArray(first)).falseOrderProbability(later);
    assertEquals((double) before / orders.size(), predicted, 1e-12);
    PlausibleTimestamp shared = PlausibleTimestamp.of(entry, toArray(second));
    // Whose own entry is elsewhere, so that they are never equal to it.
    long sharedBefore =
        orders.stream()
            .map(o -> PlausibleTimestamp.of((entry + 1) % 4, o))
            .filter(s -> s.relationTo(shared) == PlausibleOrder.PLAUSIBLY_BEFORE)
            .filter(s -> shared.relationTo(s) != PlausibleOrder.PLAUSIBLY_BEFORE)
            .count();
    double sharedPredicted = PlausibleTimestamp.of(0, toArray(first)).falseOrderProbability(shared);
    assertEquals((double) sharedBefore / orders.size(), sharedPredicted, 1e-12);
  }

  @Example
  void shouldFallEverywhereWhenHashed() {
    int[] hits = new int[7];
    for (int event = 0; event < 7_000; event++) {
      hits[Hash.place(Hash.of(Hash.of("a"), event, event % 3), hits.length)]++;
    }
    Arrays.stream(hits).forEach(count -> assertEquals(1_000, count, 150));
    assertEquals(6, Hash.place(-1, 7));
    assertEquals(0, Hash.place(0, 7));
  }
}
