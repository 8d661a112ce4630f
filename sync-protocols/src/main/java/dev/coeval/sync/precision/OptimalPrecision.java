package dev.coeval.sync.precision;

import java.util.Optional;

/**
 * How near clocks can be brought in one given execution, and the corrections that do it (Attiya,
 * Herzberg and Rajsbaum, "Optimal clock synchronization under different delay assumptions", SIAM
 * Journal on Computing 25(2), 1996).
 *
 * <p><b>Problem.</b> A worst-case bound says little of a run in which most messages were quick.
 * What is the best that anybody could have promised after <em>this</em> run, whatever the
 * algorithm?
 *
 * <p><b>Idea.</b> Processes cannot tell this run from one in which some of the clocks are shifted,
 * as long as every delay stays within what is assumed. How far the clock of q can be ahead of that
 * of p is limited
 *
 * <ol>
 *   <li>by their own messages: the least estimated delay from p to q less the least that is
 *       assumed; the most that is assumed less the greatest estimated delay from q to p; half of
 *       the difference of both and of the asymmetry;
 *   <li>by others: the limits add up along paths, so all limits together are shortest paths (Floyd
 *       1962; Warshall 1962);
 *   <li>corrections move limits, but a sum around a cycle stays what it is: so nothing promises
 *       less than the largest mean of a cycle, and shortest paths give corrections that reach it
 *       (Karp, "A characterization of the minimum cycle mean in a digraph", Discrete Mathematics
 *       23, 1978).
 * </ol>
 *
 * <p>Of one link with a least delay l this is {@code ((min forward - l) + (min back - l)) / 2}:
 * Cristian's bound, with each direction's minimum by itself.
 *
 * <p>Arithmetic is exact: clocks are first moved near each other, so that origins which are far
 * apart cost no digits. Time is O(n^3). Immutable and thread-safe.
 */
public final class OptimalPrecision {
  private final ShiftLimits limits;
  private final CycleMean mean;
  private final long[] corrections;

  private OptimalPrecision(ShiftLimits limits, CycleMean mean) {
    this.limits = limits;
    this.mean = mean;
    this.corrections = limits.toLocal(mean.corrections(limits.all()));
  }

  /**
   * Of an execution.
   *
   * @param execution what happened, and what is assumed
   * @return the best that can be promised; empty if some two clocks can be any distance apart
   * @throws IllegalArgumentException if no clocks and delays as assumed explain the execution
   * @throws ArithmeticException if delays are beyond all reason: days
   */
  public static Optional<OptimalPrecision> of(Execution execution) {
    ShiftLimits limits = ShiftLimits.of(execution);
    if (!limits.isConsistent()) {
      throw new IllegalArgumentException("the execution contradicts what is assumed of its links");
    }
    return limits.isComplete()
        ? Optional.of(new OptimalPrecision(limits, CycleMean.of(limits.all())))
        : Optional.empty();
  }

  /**
   * The optimal precision: after the corrections no two clocks are further apart, and no other
   * corrections promise less.
   *
   * @return nanoseconds, at least 0
   */
  public double nanos() {
    return mean.value();
  }

  /**
   * The corrections that reach it, to the nanosecond.
   *
   * @return by how much each process sets its clock forward; a copy
   */
  public long[] corrections() {
    return corrections.clone();
  }

  /**
   * What other corrections promise: how far apart clocks can be after them, in some run that nobody
   * can tell from this one.
   *
   * @param corrections by how much each process sets its clock forward, in nanoseconds
   * @return nanoseconds; never less than {@link #nanos()}
   * @throws IllegalArgumentException if there is not one for each process
   * @throws ArithmeticException if they are beyond all reason
   */
  public long precisionOf(long[] corrections) {
    return limits.widest(corrections);
  }

  /**
   * By how much one clock can be ahead of another, both as they are, without corrections.
   *
   * @param of whose, from 0 on
   * @param than ahead of whose
   * @return nanoseconds; negative if it is behind for sure
   * @throws IndexOutOfBoundsException if there is no such process
   * @throws ArithmeticException if the clocks' origins are more than 292 years apart
   */
  public long maxAheadNanos(int of, int than) {
    return limits.maxAhead(of, than);
  }
}
