package dev.coeval.sync.select;

import dev.coeval.sync.select.Cluster.Clustered;
import dev.coeval.sync.select.Intersection.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * From candidates to those the time is taken from: intersection, what the owner says of sources,
 * and clustering.
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>If any candidate is trusted, the trusted ones alone have a vote; those of the others whose
 *       midpoint lies within what they agree on are truechimers too. Otherwise all vote ({@link
 *       Intersection}).
 *   <li>If any candidate is required, one that is must be among the truechimers. A required source
 *       that is no candidate, as it is silent or unfit, is the caller's to tell: see {@code
 *       isRequired}.
 *   <li>There must be as many truechimers as are wanted.
 *   <li>If a truechimer is preferred, those that are not are left out.
 *   <li>Outliers are dropped ({@link Cluster}), and so are those that are more than {@link
 *       #COMBINE_LIMIT} times as far as the system peer: a weight of one over the distance is too
 *       gentle where a path is a thousand times as long as another (chrony's {@code combinelimit}).
 * </ol>
 *
 * <p>Pure functions.
 */
public final class Selection {

  /** Survivors whose distance is more than so many times the system peer's are not combined. */
  public static final int COMBINE_LIMIT = 3;

  private Selection() {}

  /** Whether, or why not. */
  public enum Outcome {
    /** There are survivors. */
    SELECTED,
    /** No side has more than half; {@link Choice#groups()} are the sides. */
    NO_MAJORITY,
    /** Of the sources that are required, none agrees with the majority. */
    REQUIRED_MISSING,
    /** Too few agree. */
    TOO_FEW
  }

  /**
   * What came out.
   *
   * @param outcome whether there are survivors
   * @param survivors whom the time is taken from, as indices in order of merit
   * @param falsetickers those that do not agree
   * @param notPreferred those that agree, where others are preferred
   * @param outliers those that agree, but not well enough
   * @param jitterNanos the selection jitter of the survivors, in nanoseconds
   * @param groups who stands against whom among those that have a vote, the largest set first
   */
  public record Choice(
      Outcome outcome,
      List<Integer> survivors,
      List<Integer> falsetickers,
      List<Integer> notPreferred,
      List<Integer> outliers,
      double jitterNanos,
      List<List<Integer>> groups) {

    /**
     * Copies the lists.
     *
     * @param outcome as above
     * @param survivors as above
     * @param falsetickers as above
     * @param notPreferred as above
     * @param outliers as above
     * @param jitterNanos as above
     * @param groups as above
     */
    public Choice {
      Objects.requireNonNull(outcome, "outcome");
      survivors = List.copyOf(survivors);
      falsetickers = List.copyOf(falsetickers);
      notPreferred = List.copyOf(notPreferred);
      outliers = List.copyOf(outliers);
      groups = groups.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Whom to take the time from.
   *
   * @param candidates those that are fit; those that are {@link SourceOptions#noselect()} are not
   * @param minSources how many must agree at least
   * @param isRequired whether any source is required, be it a candidate or not
   * @return the choice
   */
  public static Choice of(List<Candidate> candidates, int minSources, boolean isRequired) {
    List<Integer> voters = where(candidates, SourceOptions::trust);
    if (voters.isEmpty()) {
      voters = where(candidates, options -> true);
    }
    Verdict verdict = Intersection.of(pick(candidates, voters));
    List<List<Integer>> groups = new ArrayList<>();
    for (List<Integer> group : verdict.groups()) {
      groups.add(pick(voters, group));
    }
    if (!verdict.isMajority()) {
      return without(Outcome.NO_MAJORITY, List.of(), groups);
    }
    List<Integer> agreeing = new ArrayList<>();
    List<Integer> falsetickers = new ArrayList<>();
    List<Integer> truechimers = pick(voters, verdict.truechimers());
    for (int i = 0; i < candidates.size(); i++) {
      long mid = candidates.get(i).offsetNanos();
      boolean isWithin = verdict.lowNanos() <= mid && mid <= verdict.highNanos();
      (isWithin || truechimers.contains(i) ? agreeing : falsetickers).add(i);
    }
    if (isRequired && agreeing.stream().noneMatch(i -> candidates.get(i).options().require())) {
      return without(Outcome.REQUIRED_MISSING, falsetickers, groups);
    }
    if (agreeing.size() < minSources) {
      return without(Outcome.TOO_FEW, falsetickers, groups);
    }
    return survivors(candidates, agreeing, falsetickers, groups);
  }

  private static Choice survivors(
      List<Candidate> candidates,
      List<Integer> agreeing,
      List<Integer> falsetickers,
      List<List<Integer>> groups) {
    List<Integer> wanted = new ArrayList<>(agreeing);
    wanted.removeIf(i -> !candidates.get(i).options().prefer());
    List<Integer> notPreferred = new ArrayList<>();
    if (wanted.isEmpty()) {
      wanted = agreeing;
    } else {
      notPreferred.addAll(agreeing);
      notPreferred.removeAll(wanted);
    }
    Clustered clustered = Cluster.of(pick(candidates, wanted));
    List<Integer> survivors = pick(wanted, clustered.survivors());
    long furthest =
        Math.max(candidates.get(survivors.get(0)).distanceNanos(), 1) * (long) COMBINE_LIMIT;
    survivors.removeIf(i -> candidates.get(i).distanceNanos() > furthest);
    List<Integer> outliers = new ArrayList<>(wanted);
    outliers.removeAll(survivors);
    return new Choice(
        Outcome.SELECTED,
        survivors,
        falsetickers,
        notPreferred,
        outliers,
        clustered.jitterNanos(),
        groups);
  }

  private static Choice without(
      Outcome outcome, List<Integer> falsetickers, List<List<Integer>> groups) {
    return new Choice(outcome, List.of(), falsetickers, List.of(), List.of(), 0, groups);
  }

  private static List<Integer> where(
      List<Candidate> candidates, Predicate<SourceOptions> condition) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (condition.test(candidates.get(i).options())) {
        found.add(i);
      }
    }
    return found;
  }

  private static <T> List<T> pick(List<T> all, List<Integer> indices) {
    List<T> picked = new ArrayList<>(indices.size());
    for (int i : indices) {
      picked.add(all.get(i));
    }
    return picked;
  }
}
