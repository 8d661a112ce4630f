package dev.coeval.logical.treeclock;

import java.util.Arrays;

/**
 * A tree of threads: who learned of whom, and when. Children stand in the order in which they were
 * attached, the latest first. Held in arrays, so that moving a thread allocates nothing.
 */
final class Links {

  /** No thread: one more than the largest. Threads fit two bytes, so that a clock stays small. */
  static final int NOBODY = Character.MAX_VALUE;

  private static final int PARENT = 0;
  private static final int FIRST = 1;
  private static final int NEXT = 2;
  private static final int PREVIOUS = 3;
  private static final int CELLS = 4;

  /** For each thread, four cells: its parent, first child, next and previous sibling. */
  private final char[] cells;

  /** For each thread, what its parent's count was when it was attached. */
  private final long[] attachedAt;

  Links(int threads) {
    cells = new char[CELLS * threads];
    attachedAt = new long[threads];
    Arrays.fill(cells, (char) NOBODY);
  }

  int parent(int thread) {
    return cells[CELLS * thread + PARENT];
  }

  int firstChild(int thread) {
    return cells[CELLS * thread + FIRST];
  }

  int nextSibling(int thread) {
    return cells[CELLS * thread + NEXT];
  }

  int previousSibling(int thread) {
    return cells[CELLS * thread + PREVIOUS];
  }

  long attachedAt(int thread) {
    return attachedAt[thread];
  }

  /** Takes a thread, with all below it, from where it is; its parent is nobody then. */
  void detach(int thread) {
    int parent = parent(thread);
    if (parent == NOBODY) {
      return;
    }
    int next = nextSibling(thread);
    int previous = previousSibling(thread);
    if (next != NOBODY) {
      cells[CELLS * next + PREVIOUS] = (char) previous;
    }
    cells[previous == NOBODY ? CELLS * parent + FIRST : CELLS * previous + NEXT] = (char) next;
    cells[CELLS * thread + PARENT] = (char) NOBODY;
  }

  /** Puts a thread, with all below it, before the other children of a parent. */
  void move(int thread, int parent, long at) {
    detach(thread);
    int next = firstChild(parent);
    int cell = CELLS * thread;
    cells[cell + PARENT] = (char) parent;
    cells[cell + NEXT] = (char) next;
    cells[cell + PREVIOUS] = (char) NOBODY;
    cells[CELLS * parent + FIRST] = (char) thread;
    if (next != NOBODY) {
      cells[CELLS * next + PREVIOUS] = (char) thread;
    }
    attachedAt[thread] = at;
  }

  void set(Links other) {
    System.arraycopy(other.cells, 0, cells, 0, cells.length);
    System.arraycopy(other.attachedAt, 0, attachedAt, 0, attachedAt.length);
  }
}
