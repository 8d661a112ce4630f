package dev.coeval.sync.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.select.Cluster.Clustered;
import dev.coeval.sync.select.Combine.Combined;
import dev.coeval.sync.select.Intersection.Verdict;
import dev.coeval.sync.select.Selection.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against what the RFC says, tried point by point: on a line so short that every point can be. */
final class SelectionProperties {
  private static final int LINE = 40;

  private static List<Candidate> candidates(long seed, int n) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      SourceOptions options =
          new SourceOptions(
              random.nextInt(6) == 0, random.nextInt(6) == 0, random.nextInt(6) == 0, false);
      candidates.add(
          new Candidate(
              random.nextInt(LINE),
              random.nextInt(1 + random.nextInt(15)),
              random.nextInt(5),
              random.nextInt(3),
              options));
    }
    return candidates;
  }

  private static double square(long nanos) {
    return (double) nanos * nanos;
  }

  private static Set<Integer> covering(List<Candidate> candidates, long point) {
    Set<Integer> covering = new TreeSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (Math.abs(candidates.get(i).offsetNanos() - point) <= candidates.get(i).distanceNanos()) {
        covering.add(i);
      }
    }
    return covering;
  }

  /** The smallest f below half with enough midpoints between the outermost points; else -1. */
  private static long[] oracle(List<Candidate> candidates, boolean asksForMidpoints) {
    int m = candidates.size();
    for (int f = 0; f < m / 2.0; f++) {
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      for (long point = -LINE; point <= 2 * LINE; point++) {
        if (covering(candidates, point).size() >= m - f) {
          low = Math.min(low, point);
          high = Math.max(high, point);
        }
      }
      int outside = 0;
      for (Candidate candidate : candidates) {
        outside += candidate.offsetNanos() < low || candidate.offsetNanos() > high ? 1 : 0;
      }
      if (low <= high && (!asksForMidpoints || outside <= f)) {
        return new long[] {low, high};
      }
    }
    return new long[0];
  }

  @Property(tries = 2000)
  void shouldFindTheIntersectionOfTheLargestMajority(
      @ForAll long seed, @ForAll @IntRange(max = 9) int n) {
    List<Candidate> candidates = candidates(seed, n);
    Verdict verdict = Intersection.of(candidates);
    long[] strict = oracle(candidates, true);
    long[] expected = strict.length > 0 ? strict : oracle(candidates, false);
    assertEquals(expected.length > 0, verdict.isMajority());
    List<Integer> truechimers = new ArrayList<>();
    for (int i = 0; expected.length > 0 && i < n; i++) {
      Candidate candidate = candidates.get(i);
      long reach = strict.length > 0 ? 0 : candidate.distanceNanos();
      if (candidate.offsetNanos() + reach >= expected[0]
          && candidate.offsetNanos() - reach <= expected[1]) {
        truechimers.add(i);
      }
    }
    assertEquals(truechimers, verdict.truechimers());
    if (verdict.isMajority()) {
      assertEquals(expected[0], verdict.lowNanos());
      assertEquals(expected[1], verdict.highNanos());
      assertTrue(2 * truechimers.size() > n, "no majority at all");
    }
  }

  @Property(tries = 1000)
  void shouldNameEachLargestGroup(@ForAll long seed, @ForAll @IntRange(max = 9) int n) {
    List<Candidate> candidates = candidates(seed, n);
    Set<Set<Integer>> all = new HashSet<>();
    for (long point = -LINE; point <= 2 * LINE; point++) {
      all.add(covering(candidates, point));
    }
    Set<Set<Integer>> largest = new HashSet<>(all);
    largest.removeIf(
        set ->
            set.isEmpty()
                || all.stream().anyMatch(o -> o.size() > set.size() && o.containsAll(set)));
    List<List<Integer>> groups = Intersection.of(candidates).groups();
    Set<Set<Integer>> found = new HashSet<>();
    groups.forEach(group -> found.add(new TreeSet<>(group)));
    assertEquals(largest, found);
    assertEquals(groups.size(), found.size(), "a group twice");
    for (int i = 1; i < groups.size(); i++) {
      assertTrue(groups.get(i - 1).size() >= groups.get(i).size());
    }
  }

  @Property(tries = 1000)
  void shouldDropOutliersUntilItGainsNothing(@ForAll long seed, @ForAll @IntRange(max = 9) int n) {
    List<Candidate> all = candidates(seed, n);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      left.add(i);
    }
    left.sort(
        Comparator.comparingDouble(
            i -> all.get(i).stratum() * 1e9 + (double) all.get(i).distanceNanos()));
    double worst = 0;
    while (!left.isEmpty()) {
      int worstAt = 0;
      double least = Double.MAX_VALUE;
      worst = -1;
      for (int k = 0; k < left.size(); k++) {
        double sum = 0;
        for (int other : left) {
          sum += square(all.get(left.get(k)).offsetNanos() - all.get(other).offsetNanos());
        }
        double jitter = left.size() == 1 ? 0 : Math.sqrt(sum / (left.size() - 1));
        least = Math.min(least, (double) all.get(left.get(k)).jitterNanos());
        if (jitter >= worst) {
          worst = jitter;
          worstAt = k;
        }
      }
      if (worst < least || left.size() <= 3) {
        break;
      }
      left.remove(worstAt);
    }
    Clustered clustered = Cluster.of(all);
    assertEquals(left, clustered.survivors());
    assertEquals(Math.max(worst, 0), clustered.jitterNanos(), 1e-9);
  }

  @Property(tries = 500)
  void shouldWeighByTheInverseOfTheDistance(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
    List<Candidate> candidates = candidates(seed, n);
    double sum = 0;
    double weights = 0;
    double squares = 0;
    for (Candidate candidate : candidates) {
      double weight = 1.0 / Math.max(candidate.distanceNanos(), 1);
      sum += weight * candidate.offsetNanos();
      weights += weight;
      squares += weight * square(candidate.offsetNanos() - candidates.get(0).offsetNanos());
    }
    Combined combined = Combine.of(candidates);
    assertEquals(sum / weights, (double) combined.offsetNanos(), 0.51);
    assertEquals(Math.sqrt(squares / weights), combined.jitterNanos(), 1e-9);
    assertEquals(Math.hypot(3, combined.jitterNanos()), combined.systemJitterNanos(3), 1e-9);
  }

  @Property(tries = 2000)
  void shouldDoAsTheOwnerSays(
      @ForAll long seed,
      @ForAll @IntRange(max = 9) int n,
      @ForAll @IntRange(min = 1, max = 4) int wanted,
      @ForAll boolean isRequired) {
    List<Candidate> candidates = candidates(seed, n);
    boolean isTrust = candidates.stream().anyMatch(c -> c.options().trust());
    List<Candidate> voters = new ArrayList<>();
    List<Integer> where = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean votes = !isTrust || candidate.options().trust();
      where.add(votes ? voters.size() : -1);
      if (votes) {
        voters.add(candidate);
      }
    }
    Verdict verdict = Intersection.of(voters);
    List<Integer> agreeing = new ArrayList<>();
    for (int i = 0; i < n && verdict.isMajority(); i++) {
      Candidate c = candidates.get(i);
      boolean isWithin =
          verdict.lowNanos() <= c.offsetNanos() && c.offsetNanos() <= verdict.highNanos();
      int at = where.get(i);
      if (isWithin || (at >= 0 && verdict.truechimers().contains(at))) {
        agreeing.add(i);
      }
    }
    Choice choice = Selection.of(candidates, wanted, isRequired);
    Selection.Outcome expected = Selection.Outcome.SELECTED;
    if (!verdict.isMajority()) {
      expected = Selection.Outcome.NO_MAJORITY;
    } else if (isRequired
        && agreeing.stream().noneMatch(i -> candidates.get(i).options().require())) {
      expected = Selection.Outcome.REQUIRED_MISSING;
    } else if (agreeing.size() < wanted) {
      expected = Selection.Outcome.TOO_FEW;
    }
    assertEquals(expected, choice.outcome());
    assertEquals(expected == Selection.Outcome.SELECTED, !choice.survivors().isEmpty());
    if (expected == Selection.Outcome.SELECTED) {
      assertSplit(candidates, agreeing, choice);
    }
  }

  /** Everybody is in one list; of those that agree, the preferred alone go on. */
  private static void assertSplit(
      List<Candidate> candidates, List<Integer> agreeing, Choice choice) {
    Set<Integer> seen = new TreeSet<>();
    List<List<Integer>> lists =
        List.of(
            choice.survivors(), choice.falsetickers(), choice.notPreferred(), choice.outliers());
    lists.forEach(seen::addAll);
    assertEquals(candidates.size(), seen.size());
    assertEquals(candidates.size(), lists.stream().mapToInt(List::size).sum());
    for (int i = 0; i < candidates.size(); i++) {
      assertEquals(!agreeing.contains(i), choice.falsetickers().contains(i));
    }
    boolean isPreferred = agreeing.stream().anyMatch(i -> candidates.get(i).options().prefer());
    for (int i : agreeing) {
      boolean isLeftOut = isPreferred && !candidates.get(i).options().prefer();
      assertEquals(isLeftOut, choice.notPreferred().contains(i));
    }
    List<Integer> wanted = new ArrayList<>(agreeing);
    wanted.removeAll(choice.notPreferred());
    List<Candidate> picked = wanted.stream().map(candidates::get).toList();
    List<Integer> expected = new ArrayList<>();
    Cluster.of(picked).survivors().forEach(i -> expected.add(wanted.get(i)));
    long nearest = Math.max(1, candidates.get(expected.get(0)).distanceNanos());
    expected.removeIf(i -> candidates.get(i).distanceNanos() > 3 * nearest);
    assertEquals(expected, choice.survivors());
  }
}
