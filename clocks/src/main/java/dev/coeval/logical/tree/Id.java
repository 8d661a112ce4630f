package dev.coeval.logical.tree;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;

/**
 * A part of [0, 1), as a tree: none of it, all of it, or what its halves say of each half.
 *
 * <p>Always in normal form, so equal parts are equal trees: {@link #NONE} and {@link #ALL} are the
 * only leaves, and no node has the same leaf on both sides. A leaf is its own two halves, so that
 * walking down needs no special case. Immutable.
 */
final class Id {

  /** The empty part. */
  static final Id NONE = new Id();

  /** The whole interval. */
  static final Id ALL = new Id();

  /** What is owned of the left half; of a leaf, the leaf itself. */
  final Id left;

  /** What is owned of the right half; of a leaf, the leaf itself. */
  final Id right;

  private Id() {
    left = this;
    right = this;
  }

  private Id(Id left, Id right) {
    this.left = left;
    this.right = right;
  }

  static Id of(Id left, Id right) {
    return left == right && left.isLeaf() ? left : new Id(left, right);
  }

  boolean isLeaf() {
    return left == this;
  }

  /** The first of two parts that this one can be cut into; the other is what it leaves. */
  Id firstOfFork(int depth) {
    if (isLeaf()) {
      requireDepth(depth + 1);
      return new Id(ALL, NONE);
    }
    if (left == NONE) {
      return new Id(NONE, right.firstOfFork(depth + 1));
    }
    return new Id(right == NONE ? left.firstOfFork(depth + 1) : left, NONE);
  }

  /** The part that {@link #firstOfFork} leaves. */
  Id secondOfFork() {
    if (isLeaf()) {
      return new Id(NONE, ALL);
    }
    if (right == NONE) {
      return new Id(left.secondOfFork(), NONE);
    }
    return new Id(NONE, left == NONE ? right.secondOfFork() : right);
  }

  private static void requireDepth(int depth) {
    if (depth > IntervalTreeStamp.MAX_DEPTH) {
      throw new IllegalStateException(
          "the id was halved " + IntervalTreeStamp.MAX_DEPTH + " times: fork another stamp");
    }
  }

  /** Two disjoint parts as one. */
  Id sum(Id other) {
    if (other == NONE) {
      return this;
    }
    if (this == NONE) {
      return other;
    }
    if (isLeaf() || other.isLeaf()) {
      throw new StampRejectedException(
          Reason.OVERLAPPING_ID,
          "both stamps own the same part of the interval: one of them is a copy");
    }
    return of(left.sum(other.left), right.sum(other.right));
  }

  /** Whether both are the same part. Two objects are not the same object for that. */
  boolean isSameAs(Id other) {
    if (this == other) {
      return true;
    }
    return !isLeaf() && !other.isLeaf() && left.isSameAs(other.left) && right.isSameAs(other.right);
  }

  /** A hash code that equal parts have in common. */
  int hash() {
    if (isLeaf()) {
      return this == ALL ? 1 : 0;
    }
    return 31 * (31 * left.hash() + right.hash()) + 2;
  }

  /** Appends the form of the paper: {@code 0}, {@code 1} or {@code (left,right)}. */
  void appendTo(StringBuilder text) {
    if (isLeaf()) {
      text.append(this == ALL ? '1' : '0');
      return;
    }
    text.append('(');
    left.appendTo(text);
    text.append(',');
    right.appendTo(text);
    text.append(')');
  }
}
