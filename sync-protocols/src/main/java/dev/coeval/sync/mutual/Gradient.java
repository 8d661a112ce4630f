package dev.coeval.sync.mutual;

/**
 * Neighbours stay near each other, however large the network (Lenzen, Locher and Wattenhofer,
 * "Tight bounds for clock synchronization", JACM 57(2), 2010; the conditions as in Kuhn, Lenzen,
 * Locher and Oshman, "Optimal gradient clock synchronization in dynamic networks", PODC 2010).
 *
 * <p><b>Problem.</b> On a network of diameter D clocks can be forced {@code D u / 2} apart, and
 * nothing helps. But neighbours, who share a schedule or a radio slot, need not be: following the
 * fastest clock carries the whole of that skew to a single link now and then, and averaging builds
 * a slope that grows with D.
 *
 * <p><b>Idea.</b> A clock has two speeds: its oscillator's, and a little more. Skew is counted in
 * levels of {@code kappa}. A node runs <em>fast</em> if for some level s = 1, 2, ...
 *
 * <pre>
 *   some neighbour is ahead   by at least  (2s - 1) kappa - delta,   and
 *   every neighbour is behind by at most   (2s - 1) kappa + delta
 * </pre>
 *
 * <p>and slow otherwise: it follows whoever is ahead unless it would leave behind one who lags as
 * much. Delta is what a reading errs, and kappa is more than twice that; so nobody is bound to be
 * fast and slow at once.
 *
 * <p><b>Bound.</b> With {@code sigma = fast rate / relative drift} and a global skew G, no two
 * neighbours are further apart than about {@code kappa (2 ceil(log_sigma(G / kappa)) + 1)}: O(log
 * D) where G is O(D). That is optimal (Fan and Lynch, PODC 2004, showed the first such limit).
 *
 * <p><b>Start.</b> The theorem begins with clocks that are together. A clock that is behind a
 * neighbour by more than {@code catchUpNanos} takes over its time at once: so a network comes
 * together after a start, or after two parts have met.
 *
 * <p><b>Known attack.</b> One liar who claims to be ahead makes everybody run fast for ever.
 *
 * @param kappaNanos kappa, one level, in nanoseconds; more than {@code 2 deltaNanos}
 * @param deltaNanos delta, by how much a reading is off at most until the next round, in
 *     nanoseconds: half the uncertainty of delays, and what two clocks, one of them fast, part in a
 *     round; not negative
 * @param fastPpb by how much fast is faster, in parts per billion; many times the drift bound
 * @param catchUpNanos a neighbour that is further ahead is followed at once, in nanoseconds; more
 *     than the largest skew that the bound allows
 */
public record Gradient(long kappaNanos, long deltaNanos, long fastPpb, long catchUpNanos)
    implements Convergence {

  private static final long MAX_LEVEL_NANOS = 1L << 50;
  private static final double PPB = 1e-9;

  /**
   * Checks the ranges that the components state.
   *
   * @param kappaNanos as above
   * @param deltaNanos as above
   * @param fastPpb as above
   * @param catchUpNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public Gradient {
    if (deltaNanos < 0 || deltaNanos > MAX_LEVEL_NANOS) {
      throw new IllegalArgumentException("deltaNanos is out of range: " + deltaNanos);
    }
    if (kappaNanos <= 2 * deltaNanos || kappaNanos > 4 * MAX_LEVEL_NANOS) {
      throw new IllegalArgumentException("kappaNanos is out of range: " + kappaNanos);
    }
    if (fastPpb < 1) {
      throw new IllegalArgumentException("fastPpb is out of range: " + fastPpb);
    }
    if (catchUpNanos <= kappaNanos) {
      throw new IllegalArgumentException("catchUpNanos is out of range: " + catchUpNanos);
    }
  }

  /**
   * By how much neighbours are apart at most.
   *
   * @param globalSkewNanos how far apart any two clocks of the network are, in nanoseconds
   * @param driftBoundPpb by how much an oscillator's rate can be wrong, in parts per billion;
   *     positive, less than half of {@code fastPpb}
   * @return nanoseconds
   * @throws IllegalArgumentException if fast is not faster than oscillators drift apart
   */
  public long localSkewNanos(long globalSkewNanos, long driftBoundPpb) {
    double sigma = fastPpb / (2.0 * driftBoundPpb);
    if (!(sigma > 1)) {
      throw new IllegalArgumentException("driftBoundPpb is out of range: " + driftBoundPpb);
    }
    double levels = Math.log(Math.max(1, globalSkewNanos / (double) kappaNanos)) / Math.log(sigma);
    return Math.round(kappaNanos * (2 * Math.ceil(levels) + 1));
  }

  @Override
  public Adjustment adjust(long[] differencesNanos) {
    long ahead = differencesNanos[differencesNanos.length - 1]; // of the neighbour furthest ahead
    long behind = -differencesNanos[0];
    if (ahead > catchUpNanos) {
      return Adjustment.by(ahead);
    }
    return Adjustment.at(isFast(ahead, behind) ? fastPpb * PPB : 0);
  }

  /** The highest level that a neighbour ahead allows is the one that those behind mind least. */
  private boolean isFast(long ahead, long behind) {
    long levels = Math.floorDiv(ahead + deltaNanos, kappaNanos);
    long odd = levels % 2 == 0 ? levels - 1 : levels; // 2s - 1
    return odd >= 1 && behind <= odd * kappaNanos + deltaNanos;
  }
}
