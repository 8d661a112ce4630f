package dev.coeval.logical.tree;

/**
 * A function from [0, 1) to counts of events, as a tree: a leaf is constant, a node says what each
 * half is.
 *
 * <p><b>Problem.</b> The trees of the paper hold at each node what is added to all below it.
 * Joining two of them lifts and sinks whole paths, and makes a new tree nearly every time.
 *
 * <p><b>Idea.</b> Hold the counts themselves, at the leaves alone. The normal form then is one
 * rule, that no node has two leaves of the same count, and the tree has the shape that the paper's
 * normal form has. Each node remembers its least and greatest count. Most subtrees are then settled
 * without a look inside: where one is nowhere below the other, the join <em>is</em> that subtree,
 * shared and not copied. The paper's numbers are differences to the least count of the node above;
 * they appear in text and bytes only.
 *
 * <p><b>Steps.</b> {@link #join} and {@link #relate} walk both trees together and stop at subtrees
 * that are the same object or do not overlap in height. A leaf is its own two halves, so a leaf
 * against a node needs no special case.
 *
 * <p><b>Known attack.</b> A hostile message can be deep or large. Depth is limited where trees come
 * in ({@link IntervalTreeStamp#MAX_DEPTH}), and every walk is linear in the nodes of both.
 *
 * <p>Immutable.
 *
 * <p>Source: Almeida, Baquero, Fonte 2008, sections 5.1 to 5.3 (see the package).
 */
final class Events {

  /** Leaves up to here are shared: young systems have small counts. */
  private static final int SHARED_LEAVES = 128;

  private static final Events[] LEAVES = new Events[SHARED_LEAVES];

  static {
    for (int count = 0; count < SHARED_LEAVES; count++) {
      LEAVES[count] = new Events(count);
    }
  }

  /** No event anywhere. */
  static final Events NONE = leaf(0);

  /** For {@link #relate}: nowhere above the other. */
  static final int AT_MOST = 1;

  /** For {@link #relate}: nowhere below the other. */
  static final int AT_LEAST = 2;

  /** The least count. */
  final long min;

  /** The greatest count. */
  final long max;

  /** The function on the left half; of a leaf, the leaf itself. */
  final Events left;

  /** The function on the right half; of a leaf, the leaf itself. */
  final Events right;

  private Events(long count) {
    min = count;
    max = count;
    left = this;
    right = this;
  }

  private Events(Events left, Events right) {
    this.left = left;
    this.right = right;
    min = Math.min(left.min, right.min);
    max = Math.max(left.max, right.max);
  }

  /** The constant function. */
  static Events leaf(long count) {
    return count < SHARED_LEAVES ? LEAVES[(int) count] : new Events(count);
  }

  /** The function with these halves, in normal form. */
  static Events of(Events left, Events right) {
    if (left.isLeaf() && right.isLeaf() && left.min == right.min) {
      return left;
    }
    return new Events(left, right);
  }

  boolean isLeaf() {
    return left == this;
  }

  /** This function, with other halves. */
  Events with(Events newLeft, Events newRight) {
    return newLeft == left && newRight == right ? this : of(newLeft, newRight);
  }

  /** The least function that is nowhere below either. */
  Events join(Events other) {
    if (this == other || min >= other.max) {
      return this;
    }
    if (other.min >= max) {
      return other;
    }
    Events newLeft = left.join(other.left);
    Events newRight = right.join(other.right);
    if (newLeft == other.left && newRight == other.right) {
      return other;
    }
    return with(newLeft, newRight);
  }

  /**
   * Finds out whether this function is nowhere above another, and whether it is nowhere below it.
   *
   * @param other the other function
   * @param possible which of {@link #AT_MOST} and {@link #AT_LEAST} are not yet refuted
   * @return which of those hold here too
   */
  int relate(Events other, int possible) {
    if (this == other) {
      return possible;
    }
    int open = possible;
    if (min > other.min || max > other.max) {
      open &= ~AT_MOST;
    }
    if (min < other.min || max < other.max) {
      open &= ~AT_LEAST;
    }
    int certain = (max <= other.min ? AT_MOST : 0) | (min >= other.max ? AT_LEAST : 0);
    if ((open & ~certain) == 0) {
      return open;
    }
    open = left.relate(other.left, open);
    return open == 0 ? 0 : right.relate(other.right, open);
  }

  /** Whether another function is above this one somewhere in a part of the interval. */
  boolean isExceededWithin(Id part, Events other) {
    if (part == Id.NONE || this == other || other.max <= min) {
      return false;
    }
    if (part == Id.ALL) {
      return other.relate(this, AT_MOST) == 0;
    }
    return left.isExceededWithin(part.left, other.left)
        || right.isExceededWithin(part.right, other.right);
  }

  /** Whether both are the same function. Two objects are not the same object for that. */
  boolean isSameAs(Events other) {
    if (this == other) {
      return true;
    }
    if (min != other.min || max != other.max || isLeaf() != other.isLeaf()) {
      return false;
    }
    return isLeaf() || (left.isSameAs(other.left) && right.isSameAs(other.right));
  }

  /** A hash code that equal functions have in common. */
  int hash() {
    if (isLeaf()) {
      return Long.hashCode(min);
    }
    return 31 * (31 * left.hash() + right.hash()) + 1;
  }

  /**
   * Appends the form of the paper: a number, or {@code (number,left,right)}.
   *
   * @param text where to append
   * @param base what the nodes above add up to
   */
  void appendTo(StringBuilder text, long base) {
    if (isLeaf()) {
      text.append(min - base);
      return;
    }
    text.append('(').append(min - base).append(',');
    left.appendTo(text, min);
    text.append(',');
    right.appendTo(text, min);
    text.append(')');
  }
}
