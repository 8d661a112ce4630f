package dev.coeval.sync.mutual;

/**
 * How a clock follows those that it has read: the part in which algorithms of mutual
 * synchronization differ.
 *
 * <p>A pure function. What it may rely on: there is a difference for every clock of the group, a
 * clock that could not be read counts as equal to the node's own (so a clock is never moved by
 * silence), and at most as many of them as the node's configuration says are false.
 */
@FunctionalInterface
public interface Convergence {

  /**
   * Decides.
   *
   * @param differencesNanos the clocks of the group minus the node's own, ascending, its own 0
   *     among them; each within {@code ±}{@link #LARGEST_NANOS}. The array may be changed
   * @return what to do
   */
  Adjustment adjust(long[] differencesNanos);

  /** Differences beyond, 73 years, are shown as this: so that no sum of two overflows. */
  long LARGEST_NANOS = 1L << 61;
}
