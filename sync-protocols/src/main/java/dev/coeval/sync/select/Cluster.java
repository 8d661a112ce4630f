package dev.coeval.sync.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * NTP's clustering: of those that agree, the ones that agree best (RFC 5905 section 11.2.2).
 *
 * <p><b>Idea.</b> The <em>selection jitter</em> of a candidate is how far the others' offsets are
 * from its own. As long as the largest of these is above the smallest jitter that any candidate has
 * by itself, the candidate that has it makes the mean worse, and is dropped; below that, dropping
 * more would gain nothing. {@link #MIN_SURVIVORS} stay in any case, as a mean of few is at the
 * mercy of one.
 *
 * <p>What survives is in order of merit: stratum first, distance next. The first is the system
 * peer.
 *
 * <p>Pure functions; the work grows with the cube of the number of candidates.
 */
public final class Cluster {

  /** RFC 5905 section 11.2.2, NMIN. */
  public static final int MIN_SURVIVORS = 3;

  private Cluster() {}

  /**
   * What came out.
   *
   * @param survivors the indices of those that stay, in order of merit
   * @param jitterNanos the largest selection jitter among them, PSI_s, in nanoseconds
   */
  public record Clustered(List<Integer> survivors, double jitterNanos) {

    /**
     * Copies the list.
     *
     * @param survivors as above
     * @param jitterNanos as above
     */
    public Clustered {
      survivors = List.copyOf(survivors);
    }
  }

  /**
   * Drops outliers.
   *
   * @param candidates those that agree
   * @return who stays; none if there are none
   */
  public static Clustered of(List<Candidate> candidates) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      left.add(i);
    }
    left.sort(Comparator.comparingDouble(i -> candidates.get(i).meritNanos()));
    while (true) {
      int outlier = -1;
      double largest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i : left) {
        double jitter = selectionJitter(candidates, left, i);
        if (outlier < 0 || jitter >= largest) { // of equals the one of least merit
          largest = jitter;
          outlier = i;
        }
        least = Math.min(least, (double) candidates.get(i).jitterNanos());
      }
      if (largest < least || left.size() <= MIN_SURVIVORS) {
        return new Clustered(left, largest);
      }
      left.remove((Integer) outlier);
    }
  }

  private static double selectionJitter(List<Candidate> candidates, List<Integer> left, int of) {
    double sum = 0;
    for (int other : left) {
      double difference =
          (double) (candidates.get(of).offsetNanos() - candidates.get(other).offsetNanos());
      sum += difference * difference;
    }
    return left.size() < 2 ? 0 : Math.sqrt(sum / (left.size() - 1));
  }
}
