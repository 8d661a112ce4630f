package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The loops against what they mean, for counts of any size, at any place. */
final class CountArraysProperties {

  private static long[] counts(Random random, int size) {
    return random
        .longs(size, 0, 4)
        .map(i -> i < 3 ? i : random.nextLong() & Long.MAX_VALUE)
        .toArray();
  }

  /** The same counts, of which a few are others, in one direction or in both. */
  private static long[] near(long[] counts, Random random) {
    long[] near = counts.clone();
    int direction = random.nextInt(3);
    for (int changes = random.nextInt(4); changes > 0 && near.length > 0; changes--) {
      int place = random.nextInt(near.length);
      long other = random.nextInt(3) == 0 ? random.nextLong() & Long.MAX_VALUE : random.nextInt(3);
      boolean allowed = direction == 0 || (direction == 1) == (other > near[place]);
      near[place] = allowed ? other : near[place];
    }
    return near;
  }

  @Property(tries = 3_000)
  void shouldCompareAndRaiseEveryCountWhenAnywhere(
      @ForAll long seed,
      @ForAll @IntRange(max = 70) int size,
      @ForAll @IntRange(max = 3) int from) {
    Random random = new Random(seed);
    long[] wide = counts(random, from + size + 2);
    long[] part = Arrays.copyOfRange(wide, from, from + size);
    long[] chunk = near(part, random);
    boolean atMost = IntStream.range(0, size).allMatch(i -> part[i] <= chunk[i]);
    boolean atLeast = IntStream.range(0, size).allMatch(i -> part[i] >= chunk[i]);
    assertEquals(CausalOrder.of(atMost, atLeast), CountArrays.relation(wide, from, chunk));
    long[] greater = IntStream.range(0, size).mapToLong(i -> Math.max(part[i], chunk[i])).toArray();
    assertArrayEquals(greater, CountArrays.max(part, chunk));
    long[] raised = wide.clone();
    CountArrays.raise(raised, from, chunk);
    System.arraycopy(greater, 0, wide, from, size);
    assertArrayEquals(wide, raised);
  }
}
