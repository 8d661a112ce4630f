package dev.coeval.bench.laws;

/** The clock has nothing that the law speaks of: thrown by an adapter, and no fault. */
final class NotOffered extends UnsupportedOperationException {
  private static final long serialVersionUID = 1;

  NotOffered(String what) {
    super(what);
  }
}
