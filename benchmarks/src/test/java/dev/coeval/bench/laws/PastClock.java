package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A clock of a library that has only the values: an event adds one to the past, a receipt unites
 * two pasts before.
 *
 * @param <T> the stamp
 */
final class PastClock<T> implements LogicalClock<T> {
  private final UnaryOperator<T> increment;
  private final BinaryOperator<T> merge;
  private T past;

  PastClock(T empty, UnaryOperator<T> increment, BinaryOperator<T> merge) {
    this.past = empty;
    this.increment = increment;
    this.merge = merge;
  }

  @Override
  public synchronized T tick() {
    past = increment.apply(past);
    return past;
  }

  @Override
  public synchronized T receive(T remote) {
    past = increment.apply(merge.apply(past, remote));
    return past;
  }

  @Override
  public synchronized T latest() {
    return past;
  }
}
