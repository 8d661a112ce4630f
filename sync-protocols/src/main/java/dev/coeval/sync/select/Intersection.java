package dev.coeval.sync.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * NTP's selection: which sources tell the truth, by the largest number that can (RFC 5905 section
 * 11.2.1, after Marzullo and Owicki).
 *
 * <p><b>Problem.</b> Of several sources that each say "within lambda of theta", some are false, and
 * nobody says how many.
 *
 * <p><b>Idea.</b> Assume as few false ones as possible. The truth is where most intervals meet, and
 * there the midpoints of those that are right should be as well.
 *
 * <p><b>Steps.</b> For {@code f} = 0, 1, ... below half of the {@code m} candidates: {@code l} is
 * the lowest point that {@code m - f} intervals cover, {@code u} the highest. If {@code l <= u} and
 * no more than {@code f} midpoints lie outside of {@code [l, u]}, then {@code [l, u]} is the
 * intersection, and those whose midpoints lie within it are the truechimers.
 *
 * <p><b>Two readings.</b> The text asks for exactly {@code f} midpoints outside. As fewer of them
 * are outside the more {@code f} grows, a set of good sources whose midpoint count jumps over
 * {@code f} would then never be accepted; at most {@code f}, as NTP's implementations have it, is
 * what is meant. And {@code l = u} is accepted, as exact sources may meet in a point.
 *
 * <p><b>A majority whose midpoints are elsewhere.</b> Two good sources whose paths are unlike, one
 * slow on the way out and one on the way back, may meet beside both midpoints. By the letter they
 * then have no majority. Here, if no {@code f} passes the test of midpoints, the smallest for which
 * {@code l <= u} is taken, and those that meet {@code [l, u]} are the truechimers: more than half
 * do share a point, and that is what the bound rests on as well.
 *
 * <p><b>Known attack.</b> A liar a little beside the truth can make a wrong point the best covered
 * one: what comes out is an estimate, never a bound. {@link Marzullo} gives the bound.
 *
 * <p>Pure functions.
 */
public final class Intersection {
  private static final int LOW = -1;
  private static final int MID = 0;
  private static final int HIGH = 1;

  private Intersection() {}

  /**
   * What came out.
   *
   * @param isMajority whether more than half agree
   * @param lowNanos the low end of the intersection; of no meaning without a majority
   * @param highNanos its high end
   * @param truechimers the indices of those that agree, ascending; empty without a majority
   * @param groups each largest set of candidates that share a point, as ascending indices, the
   *     largest set first: who stands against whom
   */
  public record Verdict(
      boolean isMajority,
      long lowNanos,
      long highNanos,
      List<Integer> truechimers,
      List<List<Integer>> groups) {

    /**
     * Copies the lists.
     *
     * @param isMajority as above
     * @param lowNanos as above
     * @param highNanos as above
     * @param truechimers as above
     * @param groups as above
     */
    public Verdict {
      truechimers = List.copyOf(truechimers);
      groups = groups.stream().map(List::copyOf).toList();
    }
  }

  private record Edge(long at, int type, int index) {}

  /**
   * Who agrees.
   *
   * @param candidates at most {@link Marzullo#MAX_INTERVALS}; without any there is no majority
   * @return the intersection, or that there is none
   * @throws IllegalArgumentException if there are too many
   */
  public static Verdict of(List<Candidate> candidates) {
    if (candidates.size() > Marzullo.MAX_INTERVALS) {
      throw new IllegalArgumentException("too many candidates: " + candidates.size());
    }
    List<Edge> edges = edges(candidates);
    List<List<Integer>> groups = groups(edges);
    int m = candidates.size();
    Verdict verdict = new Verdict(false, 0, 0, List.of(), groups);
    for (int f = 0; 2 * f < m; f++) {
      int low = scan(edges, m - f, LOW);
      int high = scan(edges, m - f, HIGH);
      if (low >= 0 && high >= 0 && edges.get(low).at <= edges.get(high).at) {
        long l = edges.get(low).at;
        long u = edges.get(high).at;
        List<Integer> within = where(candidates, c -> l <= c.offsetNanos() && c.offsetNanos() <= u);
        if (m - within.size() <= f) {
          return new Verdict(true, l, u, within, groups);
        }
        if (!verdict.isMajority) {
          List<Integer> meeting = where(candidates, c -> c.lowNanos() <= u && l <= c.highNanos());
          verdict = new Verdict(true, l, u, meeting, groups);
        }
      }
    }
    return verdict;
  }

  private static List<Edge> edges(List<Candidate> candidates) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      edges.add(new Edge(candidate.lowNanos(), LOW, i));
      edges.add(new Edge(candidate.offsetNanos(), MID, i));
      edges.add(new Edge(candidate.highNanos(), HIGH, i));
    }
    edges.sort(Comparator.comparingLong(Edge::at).thenComparingInt(Edge::type));
    return edges;
  }

  /** The edge, from the side whose ends open intervals, at which so many are open; -1 if none. */
  private static int scan(List<Edge> edges, int needed, int opening) {
    int open = 0;
    for (int i = 0; i < edges.size(); i++) {
      int at = opening == LOW ? i : edges.size() - 1 - i;
      int type = edges.get(at).type;
      open += type == opening ? 1 : 0;
      open -= type == -opening ? 1 : 0;
      if (open >= needed) {
        return at;
      }
    }
    return -1;
  }

  private static List<Integer> where(List<Candidate> candidates, Predicate<Candidate> condition) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (condition.test(candidates.get(i))) {
        found.add(i);
      }
    }
    return found;
  }

  /** A set of open intervals is a largest one where the next to close follows one that opened. */
  private static List<List<Integer>> groups(List<Edge> edges) {
    List<List<Integer>> groups = new ArrayList<>();
    Set<Integer> open = new TreeSet<>();
    boolean hasGrown = false;
    for (Edge edge : edges) {
      if (edge.type == LOW) {
        open.add(edge.index);
        hasGrown = true;
      } else if (edge.type == HIGH) {
        if (hasGrown) {
          groups.add(List.copyOf(open));
          hasGrown = false;
        }
        open.remove(edge.index);
      }
    }
    groups.sort(Comparator.<List<Integer>>comparingInt(List::size).reversed());
    return groups;
  }
}
