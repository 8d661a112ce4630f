package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;

/** Counts in one array. */
final class FlatCounts implements Counts {

  private final long[] values;

  FlatCounts(long[] values) {
    this.values = values;
  }

  @Override
  public long at(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public long[] values() {
    return values;
  }

  @Override
  public Counts increment(int index) {
    long[] next = values.clone();
    next[index]++;
    return new FlatCounts(next);
  }

  @Override
  public Counts max(Counts other) {
    long[] theirs = other.values();
    return switch (CountArrays.relation(values, theirs)) {
      case EQUAL, AFTER -> this;
      case BEFORE -> other;
      case CONCURRENT -> new FlatCounts(CountArrays.max(values, theirs));
    };
  }

  @Override
  public CausalOrder relationTo(Counts other) {
    return CountArrays.relation(values, other.values());
  }

  @Override
  public CausalOrder relationOf(long[] counts) {
    return CountArrays.relation(counts, values);
  }

  @Override
  public void raise(long[] counts) {
    CountArrays.raise(counts, 0, values);
  }
}
