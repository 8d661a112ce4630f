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
    return switch (Blocks.relation(values, theirs)) {
      case EQUAL, AFTER -> this;
      case BEFORE -> other;
      case CONCURRENT -> new FlatCounts(Blocks.max(values, theirs));
    };
  }

  @Override
  public CausalOrder relationTo(Counts other) {
    return Blocks.relation(values, other.values());
  }
}
