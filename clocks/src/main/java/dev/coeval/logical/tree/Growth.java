package dev.coeval.logical.tree;

/**
 * Where an event goes.
 *
 * <p><b>Problem.</b> An event has to raise the function somewhere inside the part that its process
 * owns. Where decides how large the tree gets over time.
 *
 * <p><b>Idea</b> (of the paper). If the function can be made simpler by raising it inside the part,
 * doing so is the event: leaves that become equal melt together ("fill"). Otherwise one leaf is
 * raised by one, that which needs the fewest new nodes ("grow").
 *
 * <p><b>Steps.</b> Fill gives back the very same object when there is nothing to gain, and makes no
 * other; so one walk tells. Grow compares the costs of both sides only where the part has something
 * on both, without making the trees that it compares, and then makes one path.
 *
 * <p><b>Known attack.</b> Filling lifts a count to what is known around it, so a message with
 * counts near the end of the range takes its receivers there. Nothing wraps around; they throw. A
 * clock cannot tell an invented count from one of a process that is older than itself: take
 * messages from members only.
 *
 * <p>Source: Almeida, Baquero, Fonte 2008, section 5.3.4 (see the package).
 */
final class Growth {

  /** What a new node costs: more than any way down the tree. */
  private static final int NEW_NODE = IntervalTreeStamp.MAX_DEPTH + 1;

  private Growth() {}

  /** The function after an event of the owner of a part, which is not empty. */
  static Events event(Id part, Events events) {
    Events filled = fill(part, events);
    return filled == events ? grow(part, events) : filled;
  }

  private static Events fill(Id part, Events events) {
    if (part == Id.NONE || events.isLeaf()) {
      return events;
    }
    if (part == Id.ALL) {
      return Events.leaf(events.max);
    }
    if (part.left == Id.ALL) {
      Events right = fill(part.right, events.right);
      return events.with(levelled(events.left, right.min), right);
    }
    Events left = fill(part.left, events.left);
    if (part.right == Id.ALL) {
      return events.with(left, levelled(events.right, left.min));
    }
    return events.with(left, fill(part.right, events.right));
  }

  /** A half that is owned whole, as a leaf at its own greatest count or the other half's least. */
  private static Events levelled(Events half, long least) {
    long count = Math.max(half.max, least);
    return half.min == count ? half : Events.leaf(count);
  }

  private static Events grow(Id part, Events events) {
    if (part == Id.ALL) {
      return Events.leaf(next(events.max));
    }
    if (growsLeft(part, events)) {
      return Events.of(grow(part.left, events.left), events.right);
    }
    return Events.of(events.left, grow(part.right, events.right));
  }

  private static long next(long count) {
    if (count == Long.MAX_VALUE) {
      throw new ArithmeticException("a count of the interval is at its largest value");
    }
    return count + 1;
  }

  private static boolean growsLeft(Id part, Events events) {
    if (part.left == Id.NONE || part.right == Id.NONE) {
      return part.right == Id.NONE;
    }
    return cost(part.left, events.left) < cost(part.right, events.right);
  }

  /** New nodes, and among equals the way down. */
  private static int cost(Id part, Events events) {
    if (part == Id.ALL) {
      return 0;
    }
    int here = events.isLeaf() ? NEW_NODE + 1 : 1;
    if (part.left == Id.NONE) {
      return here + cost(part.right, events.right);
    }
    int left = cost(part.left, events.left);
    return here + (part.right == Id.NONE ? left : Math.min(left, cost(part.right, events.right)));
  }
}
