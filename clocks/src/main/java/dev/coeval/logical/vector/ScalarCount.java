package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;

/**
 * The count of one actor alone, an epoch: the first events of a process, and the last write of a
 * variable (C. Flanagan, S. N. Freund, "FastTrack", PLDI 2009).
 */
record ScalarCount(long count) implements Counts {

  @Override
  public long at(int index) {
    return count;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public long[] values() {
    return new long[] {count};
  }

  @Override
  public Counts increment(int index) {
    return new ScalarCount(count + 1);
  }

  @Override
  public Counts max(Counts other) {
    return other.at(0) > count ? other : this;
  }

  @Override
  public CausalOrder relationTo(Counts other) {
    return CausalOrder.of(count <= other.at(0), count >= other.at(0));
  }

  @Override
  public CausalOrder relationOf(long[] counts) {
    return CausalOrder.of(counts[0] <= count, counts[0] >= count);
  }

  @Override
  public void raise(long[] counts) {
    counts[0] = Math.max(counts[0], count);
  }
}
