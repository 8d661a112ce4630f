package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.Agreement.Choice;
import dev.coeval.sync.berkeley.AgreementConfig.Combiner;
import dev.coeval.sync.berkeley.ClockSeen.Pace;
import dev.coeval.sync.berkeley.Message.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The chosen clocks against every subset there is; the bound of the mean against the truth. */
final class AgreementProperties {
  private static final Pace SETTLED = new Pace(700_100, true);

  @Property(tries = 500)
  void shouldTakeTheLargestSetPairwiseWithinGammaWhenAveraging(
      @ForAll @Size(min = 1, max = 9) List<@LongRange(min = -50, max = 50) Long> values,
      @ForAll @IntRange(min = 1, max = 60) int gamma) {
    Choice choice = Agreement.of(clocks(values), gamma, Combiner.AVERAGE);
    long[] chosen = choice.clocks().stream().mapToLong(ClockSeen::nanos).toArray();
    assertTrue(isWithin(chosen, gamma));
    assertEquals(largest(values, gamma), chosen.length);
    assertEquals(
        Math.floorDiv(LongStream.of(chosen).sum(), chosen.length), choice.nanos(), "the average");
  }

  @Property(tries = 500)
  void shouldNotBeMovedByFewFarClocksWhenTakingTheMedian(
      @ForAll @IntRange(min = 1, max = 10) int honest, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> values = new ArrayList<>();
    IntStream.range(0, honest).forEach(i -> values.add(random.nextLong(-1_000, 1_001)));
    IntStream.range(0, (honest - 1) / 2).forEach(i -> values.add(random.nextLong(1L << 50)));
    Choice choice = Agreement.of(clocks(values), 5_000, Combiner.MEDIAN);
    assertTrue(Math.abs(choice.nanos()) <= 1_000, () -> choice + " of " + values);
  }

  @Property(tries = 500)
  void shouldHoldEveryTrueDifferenceWhenReadingsHoldTheTruth(
      @ForAll @IntRange(min = 1, max = 12) int members, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ClockSeen> clocks = new ArrayList<>(List.of(ClockSeen.own(SETTLED)));
    List<Long> truths = new ArrayList<>(List.of(0L));
    for (int i = 0; i < members; i++) {
      long truth = random.nextLong(-30_000_000, 30_000_001);
      long low = truth - random.nextLong(100_000);
      long high = truth + random.nextLong(100_000);
      long point = random.nextLong(low, high + 1);
      clocks.add(new ClockSeen(i, point, low, high, 1, new Pace(700_100, random.nextInt(3) > 0)));
      truths.add(truth);
    }
    Combiner combiner = random.nextBoolean() ? Combiner.AVERAGE : Combiner.MEDIAN;
    Verdict verdict = Verdict.of(clocks, AgreementConfig.defaults().with(combiner)).orElseThrow();
    double mean =
        IntStream.range(0, clocks.size())
            .filter(i -> verdict.takesPart(clocks.get(i).index()))
            .mapToLong(truths::get)
            .average()
            .orElseThrow();
    for (int i = 0; i < clocks.size(); i++) {
      Difference difference = verdict.differenceOf(clocks.get(i), 0);
      double truth = truths.get(i) - mean;
      assertTrue(difference.nanos() - difference.belowNanos() <= truth, "below, clock " + i);
      assertTrue(truth <= difference.nanos() + difference.aboveNanos(), "above, clock " + i);
    }
  }

  private static List<ClockSeen> clocks(List<Long> values) {
    return IntStream.range(0, values.size())
        .mapToObj(
            i -> new ClockSeen(i - 1, values.get(i), values.get(i), values.get(i), 0, SETTLED))
        .toList();
  }

  private static int largest(List<Long> values, long gamma) {
    return IntStream.range(1, 1 << values.size())
        .mapToObj(
            subset ->
                IntStream.range(0, values.size())
                    .filter(i -> (subset & (1 << i)) != 0)
                    .mapToLong(values::get)
                    .toArray())
        .filter(subset -> isWithin(subset, gamma))
        .mapToInt(subset -> subset.length)
        .max()
        .orElseThrow();
  }

  private static boolean isWithin(long[] values, long gamma) {
    return LongStream.of(values)
        .allMatch(one -> LongStream.of(values).allMatch(other -> Math.abs(one - other) <= gamma));
  }
}
