package dev.coeval.logical.treeclock;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clock of a thread, or of a lock or message, in the analysis of a trace.
 *
 * <p><b>Problem.</b> Computing happened-before over a trace with vector clocks costs one pass over
 * all threads at every acquire and release, though mostly few entries change.
 *
 * <p><b>Idea</b> (of the paper). Remember from whom each count was learned and at which count of
 * theirs. Whoever knows that much of the teacher knows the lesson, and all that came with it.
 *
 * <p><b>Steps.</b> {@link #join} walks down the other's tree while counts are new, then moves those
 * threads, and only those, to the same places in its own. Children stand latest first, so the first
 * that was learned before what is known already ends the row. {@link #set} does the same for a
 * copy, as long as the copy only grows. {@link #relationTo} looks at one entry of each.
 *
 * <pre>{@code
 * TreeClock t1 = TreeClock.of(1, threads);    TreeClock lock = TreeClock.blank(threads);
 * t1.join(lock);        // acquire
 * lock.set(t1);         // release: the lock takes what the thread knows,
 * t1.increment();       // and the thread goes on to its next event
 * }</pre>
 *
 * <p><strong>One count, one state.</strong> All of this holds because whoever knows a count of a
 * thread knows all that the thread knew then. So a clock that was given away, to a blank or into a
 * join, has to {@link #increment} before it learns more; {@link #join} throws otherwise. There is
 * one owned clock for each thread.
 *
 * <p><b>Known attack.</b> Threads that synchronize at random change most entries every time, and
 * moving one costs as much as comparing dozens. A clock keeps count of that. When its tree does not
 * pay, it becomes a plain vector, tries a tree again after a while, and waits longer each time; it
 * keeps that tree if those it meets have one by then. Up to 64 threads it is always a vector.
 *
 * <p>No operation allocates. Counts never wrap around. Mutable, and not thread-safe.
 *
 * <p>Source: Mathur, Tunç, Pavlogiannis, Viswanathan 2022 (see the package).
 */
public final class TreeClock {

  /** The most threads: 65,535. A clock of that size takes about two megabytes. */
  public static final int MAX_THREADS = (1 << 16) - 1;

  private static final int NOBODY = Links.NOBODY;

  /** A copy that moves more than so many threads, and this part of all, is made as a whole. */
  private static final int LEAST_WHOLE_COPY = 8;

  private static final int COPY_PART = 8;

  /** So many entries of a vector are scanned at the price of a look at a child in a tree. */
  private static final int LOOKS_OF_SCAN = 4;

  private final int owner;
  private final TreeWorth worth;

  /** For each thread, one more than what is known of it; zero if not even that it exists. */
  private final long[] known;

  private final Links links;

  /** The threads that an operation is about to move; each after its parent. */
  private final int[] updated;

  /** Whose state this is. */
  private int root;

  /** Whether {@link #links} mean nothing. */
  private boolean flat;

  /** Whether somebody has this state; owned clocks only. */
  private boolean taken;

  private int looked;

  /**
   * A clock.
   *
   * @param owner whose it is, or nobody's
   * @param threads how many there are
   * @param worth when to give the tree up
   * @param trees whether to have one at all
   */
  TreeClock(int owner, int threads, TreeWorth worth, boolean trees) {
    this.owner = owner;
    this.worth = worth;
    known = new long[threads];
    links = new Links(trees ? threads : 0);
    updated = new int[trees ? threads : 0];
    root = owner;
    flat = !trees;
    if (owner != NOBODY) {
      known[owner] = 1;
    }
  }

  /**
   * The clock of a thread, which has had no event.
   *
   * @param thread the thread, from zero
   * @param threads how many threads there are
   * @return a clock to be joined and incremented
   * @throws IllegalArgumentException if there is no such thread, or there are more than {@link
   *     #MAX_THREADS}
   */
  public static TreeClock of(int thread, int threads) {
    if (thread < 0 || thread >= threads) {
      throw new IllegalArgumentException("thread " + thread + " of " + threads);
    }
    return create(thread, threads);
  }

  /**
   * A clock to hold the state of others: that of a lock, or of a message.
   *
   * @param threads how many threads there are
   * @return an empty clock
   * @throws IllegalArgumentException if there are none, or more than {@link #MAX_THREADS}
   */
  public static TreeClock blank(int threads) {
    return create(NOBODY, threads);
  }

  private static TreeClock create(int owner, int threads) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(threads + " threads, not 1 to " + MAX_THREADS);
    }
    boolean trees = TreeWorth.isPossible(threads);
    return new TreeClock(owner, threads, TreeWorth.of(threads), trees);
  }

  /**
   * How many threads there are.
   *
   * @return the number that was given when the clock was made
   */
  public int threads() {
    return known.length;
  }

  /**
   * How many events of a thread are known.
   *
   * @param thread the thread, from zero
   * @return the count
   * @throws IndexOutOfBoundsException if there is no such thread
   */
  public long get(int thread) {
    return Math.max(0, known[thread] - 1);
  }

  /**
   * Whether an event is known: whether the epoch {@code count@thread} is before or equal to this.
   *
   * @param thread the thread that had the event
   * @param count the number of the event on its thread, from one
   * @return true if the event happened before or is the latest event here
   */
  public boolean knows(int thread, long count) {
    return count <= get(thread);
  }

  /**
   * The next event of the thread.
   *
   * @throws IllegalStateException if the clock is nobody's
   * @throws ArithmeticException if the count is at its largest value, 2^63 - 2
   */
  public void increment() {
    requireOwner();
    if (known[owner] == Long.MAX_VALUE) {
      throw new ArithmeticException("the count of thread " + owner + " is at its largest value");
    }
    known[owner]++;
    taken = false;
  }

  private void requireOwner() {
    if (owner == NOBODY) {
      throw new IllegalStateException("the clock is blank: it can only be set");
    }
  }

  private void requireSameThreads(TreeClock other) {
    if (known.length != other.known.length) {
      throw new IllegalArgumentException(other.known.length + " threads joined to " + known.length);
    }
  }

  /**
   * Learns all that another clock knows.
   *
   * @param other the clock of a lock, a message or another thread
   * @throws IllegalStateException if this clock is nobody's, or its state was given away and it was
   *     not incremented since; it is then unchanged
   * @throws IllegalArgumentException if the other is of another number of threads, or knows events
   *     of this clock's thread that it never had
   */
  public void join(TreeClock other) {
    requireOwner();
    requireSameThreads(other);
    if (other.root == NOBODY || other.known[other.root] <= known[other.root]) {
      return;
    }
    if (other.known[owner] > known[owner]) {
      throw new IllegalArgumentException("two clocks of thread " + owner);
    }
    if (taken) {
      throw new IllegalStateException("increment after the state was given away");
    }
    other.taken = true;
    if (flat && updated.length > 0 && worth.isTimeToRetry()) {
      growTree();
    }
    if (flat) {
      joinFlat(other.known);
    } else if (!worth.pays(other.flat ? joinFlatToTree(other) : joinTree(other), looked)) {
      flat = true;
    }
  }

  /** No branches, so that several counts are done at a time: none is negative. */
  private void joinFlat(long[] theirs) {
    long[] ours = known;
    for (int i = 0; i < ours.length; i++) {
      long lead = ours[i] - theirs[i];
      ours[i] -= lead & lead >> (Long.SIZE - 1);
    }
  }

  /** A tree in which the owner learned everything just now. */
  private void growTree() {
    for (int thread = 0; thread < known.length; thread++) {
      if (known[thread] > 0 && thread != owner) {
        links.move(thread, owner, known[owner]);
      }
    }
    flat = false;
  }

  /** All that is new was learned from the other's root just now. */
  private int joinFlatToTree(TreeClock other) {
    int source = other.root;
    long at = other.known[source];
    int moved = 1;
    looked = known.length / LOOKS_OF_SCAN;
    links.move(source, root, known[root]);
    known[source] = at;
    for (int thread = 0; thread < known.length; thread++) {
      if (other.known[thread] > known[thread]) {
        known[thread] = other.known[thread];
        links.move(thread, source, at);
        moved++;
      }
    }
    return moved;
  }

  private int joinTree(TreeClock other) {
    int size = collect(other, NOBODY);
    moveUpdated(other, size);
    links.move(other.root, root, known[root]);
    return size;
  }

  /**
   * Finds what is new, parents before children and the latest of a row first.
   *
   * @param other the clock to learn from
   * @param also a thread to be moved although nothing of it is new
   * @return how many threads are in {@link #updated}
   */
  private int collect(TreeClock other, int also) {
    Links theirs = other.links;
    int size = 1;
    int parent = other.root;
    int child = theirs.firstChild(parent);
    looked = 0;
    updated[0] = parent;
    while (child != NOBODY || parent != other.root) {
      if (child == NOBODY) {
        child = theirs.nextSibling(parent);
        parent = theirs.parent(parent);
        continue;
      }
      looked++;
      boolean isNew = other.known[child] > known[child];
      if (isNew || child == also) {
        updated[size++] = child;
      }
      if (isNew) {
        parent = child;
        child = theirs.firstChild(child);
      } else {
        boolean restIsKnown = theirs.attachedAt(child) <= known[parent];
        child = restIsKnown ? NOBODY : theirs.nextSibling(child);
      }
    }
    return size;
  }

  /**
   * Moves all but the first to where they are in the other's tree; the first only gets its count.
   */
  private void moveUpdated(TreeClock other, int size) {
    Links theirs = other.links;
    for (int i = size - 1; i > 0; i--) {
      int thread = updated[i];
      known[thread] = other.known[thread];
      links.move(thread, theirs.parent(thread), theirs.attachedAt(thread));
    }
    known[other.root] = other.known[other.root];
  }

  /**
   * Becomes a copy of another clock, for a lock that is released or a message that is sent. It is
   * cheap if all that this clock knows the other knows too, as with a lock whose releaser had
   * acquired it.
   *
   * @param other the clock to copy
   * @throws IllegalStateException if this clock is a thread's
   * @throws IllegalArgumentException if the other is of another number of threads
   */
  public void set(TreeClock other) {
    if (owner != NOBODY) {
      throw new IllegalStateException("the clock of thread " + owner + " is not for copies");
    }
    requireSameThreads(other);
    other.taken = true;
    if (flat || other.flat || root == NOBODY || !other.knowsRootOf(this)) {
      setAll(other);
      return;
    }
    int size = collect(other, root);
    if (size > LEAST_WHOLE_COPY + known.length / COPY_PART) {
      setAll(other);
      return;
    }
    moveUpdated(other, size);
    links.detach(other.root);
    root = other.root;
  }

  private boolean knowsRootOf(TreeClock other) {
    return other.known[other.root] <= known[other.root];
  }

  private void setAll(TreeClock other) {
    System.arraycopy(other.known, 0, known, 0, known.length);
    if (!other.flat) {
      links.set(other.links);
    }
    flat = other.flat;
    root = other.root;
  }

  /**
   * How what this clock knows stands to what another knows. Takes constant time, but for the clock
   * of a thread without events.
   *
   * @param other the other clock, of the same trace
   * @return {@link CausalOrder#BEFORE} if all is known to the other, which knows more; and so on
   * @throws IllegalArgumentException if the other is of another number of threads
   */
  public CausalOrder relationTo(TreeClock other) {
    requireSameThreads(other);
    return CausalOrder.of(isKnownTo(other), other.isKnownTo(this));
  }

  private boolean isKnownTo(TreeClock other) {
    if (root == NOBODY || other.knowsRootOf(this)) {
      return true;
    }
    if (known[root] > 1) {
      return false;
    }
    for (int thread = 0; thread < known.length; thread++) {
      if (get(thread) > other.get(thread)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The counts by thread.
   *
   * @return a new array, with an element for each thread
   */
  public long[] toArray() {
    return Arrays.stream(known).map(count -> Math.max(0, count - 1)).toArray();
  }

  /**
   * What this clock knows as a stamp, to be kept, compared, sent or written as bytes.
   *
   * @param actors the name of each thread
   * @return the stamp
   * @throws IllegalArgumentException if there are not as many names as threads, or one of a thread
   *     that has events is no name
   */
  public VectorTimestamp toVectorTimestamp(List<String> actors) {
    if (actors.size() != known.length) {
      throw new IllegalArgumentException(actors.size() + " names of " + known.length + " threads");
    }
    Map<String, Long> counts = new HashMap<>();
    for (int thread = 0; thread < known.length; thread++) {
      counts.put(actors.get(thread), get(thread));
    }
    return VectorTimestamp.of(counts);
  }

  Links links() {
    return links;
  }

  int root() {
    return root;
  }

  boolean isFlat() {
    return flat;
  }

  /** One more than the count of a thread, or zero. */
  long known(int thread) {
    return known[thread];
  }

  /** How many children of the other's tree the latest join or copy looked at. */
  int looked() {
    return looked;
  }

  /**
   * The clock as text, for people.
   *
   * @return the counts by thread
   */
  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
