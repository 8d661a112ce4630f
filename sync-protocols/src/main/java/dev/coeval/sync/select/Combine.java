package dev.coeval.sync.select;

import java.util.List;

/**
 * NTP's combining: one offset from several (RFC 5905 section 11.2.3). Each weighs by the inverse of
 * its root distance, for that is what asymmetry can hide in.
 *
 * <p>Pure functions.
 */
public final class Combine {
  private Combine() {}

  /**
   * What came out.
   *
   * @param offsetNanos THETA, the combined offset, in nanoseconds
   * @param jitterNanos PSI_p, the scatter about the first candidate, the system peer, weighted
   *     alike, in nanoseconds
   */
  public record Combined(long offsetNanos, double jitterNanos) {

    /**
     * The system jitter.
     *
     * @param selectionJitterNanos PSI_s, of {@link Cluster}
     * @return PSI, in nanoseconds
     */
    public double systemJitterNanos(double selectionJitterNanos) {
      return Math.hypot(jitterNanos, selectionJitterNanos);
    }
  }

  /**
   * The weighted mean.
   *
   * @param survivors at least one, the system peer first
   * @return the combined offset
   * @throws IllegalArgumentException if there are none
   */
  public static Combined of(List<Candidate> survivors) {
    if (survivors.isEmpty()) {
      throw new IllegalArgumentException("nothing to combine");
    }
    long base = survivors.get(0).offsetNanos();
    double weights = 0;
    double sum = 0;
    double squares = 0;
    for (Candidate survivor : survivors) {
      double weight = weight(survivor);
      double offset = (double) (survivor.offsetNanos() - base);
      weights += weight;
      sum += weight * offset;
      squares += weight * offset * offset;
    }
    long offset = base + Math.round(sum / weights);
    return new Combined(offset, Math.sqrt(squares / weights));
  }

  /**
   * How much a candidate counts.
   *
   * @param candidate one of those that are combined
   * @return above 0
   */
  public static double weight(Candidate candidate) {
    return 1.0 / Math.max(1, candidate.distanceNanos());
  }
}
