package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;

/**
 * The counts of a stamp, each at the place of its actor in an {@link ActorSet}: the form is chosen
 * by how many there are, and no answer depends on it.
 *
 * <pre>
 *   1 actor              ScalarCount     one number: an epoch
 *   up to 256 actors     FlatCounts      one array: the fastest to merge and compare
 *   more                 ChunkedCounts   chunks of 64, shared between stamps: the fastest to count on
 * </pre>
 *
 * <p>Every count is positive. Two that meet in a call have equally many. Immutable and thread-safe.
 */
sealed interface Counts permits ScalarCount, FlatCounts, ChunkedCounts {

  /** The most counts that are kept flat: copying 2 kB for an event is as quick as finding it. */
  int MAX_FLAT = 256;

  /**
   * Counts in the form for their number.
   *
   * @param values not to be written any more
   */
  static Counts of(long[] values) {
    if (values.length == 1) {
      return new ScalarCount(values[0]);
    }
    return values.length <= MAX_FLAT ? new FlatCounts(values) : ChunkedCounts.of(values);
  }

  /** The count at a place. */
  long at(int index);

  /** How many there are. */
  int size();

  /** All counts in order; not to be written. */
  long[] values();

  /** These with one more at a place, where the count is not at its end. */
  Counts increment(int index);

  /** The greater of both at every place; one of the two themselves if it is the greater. */
  Counts max(Counts other);

  /** How these stand to others, place by place. */
  CausalOrder relationTo(Counts other);

  /** How as many counts stand to these. */
  CausalOrder relationOf(long[] counts);

  /** Raises as many counts to these where these are greater. */
  void raise(long[] counts);

  /** A number that equal counts share in whatever form. */
  default int hash() {
    int hash = 1;
    for (int i = 0; i < size(); i++) {
      hash = 31 * hash + Long.hashCode(at(i));
    }
    return hash;
  }
}
