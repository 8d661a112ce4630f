package dev.coeval.sync.estimate;

import java.util.Arrays;

/**
 * The least round trip of a path, as far as the last exchanges show it, and how uncertain it is.
 *
 * <p><b>Uncertainty.</b> The least of {@code n} samples is above the true one by about as much as
 * the next few are above the least: {@code E X(1)} is {@code 1.2 (E X(4) - E X(1))} at most for
 * excesses whose density grows from zero, as the sum of two exponentials does, and much less for
 * those that crowd at their least. While there are few samples, part of the round trip itself is
 * not known to be without excess: half of it, then a quarter.
 *
 * <p><b>Routes change.</b> A shorter one is seen at once. A longer one shows in that no exchange of
 * the recent ones is as quick as the better part of all: by chance that happens once in a hundred
 * million times; then what is older is forgotten (compare RADclock's level shifts, Veitch, Babu and
 * Pasztor 2009). And everything is forgotten when it is older than the ring.
 */
final class LeastDelay {
  private static final int RECENT = 64;

  /** The first of the recent ones may be of before: slow ones, of a route that was quicker. */
  private static final int KEPT = RECENT / 2;

  private static final double BETTER_PART = 0.25;
  private static final int NEIGHBOUR = 3;
  private static final int UNLEARNED = 3;

  private final long[] delays;
  private final long[] sorted;
  private int size;
  private int next;

  LeastDelay(int capacity) {
    delays = new long[capacity];
    sorted = new long[capacity];
  }

  int size() {
    return size;
  }

  long least() {
    return sorted[0];
  }

  /** By how much the least may be above the true one. */
  double uncertainty() {
    if (size < UNLEARNED) {
      return (double) sorted[0] / size;
    }
    return (double) (sorted[Math.min(NEIGHBOUR, size - 1)] - sorted[0]);
  }

  /** Half of all exceed the least by more. */
  double medianExcess() {
    return (double) (sorted[size / 2] - sorted[0]);
  }

  /** Takes in a round trip. */
  void add(long delay) {
    if (size == delays.length) {
      remove(delays[next]);
    }
    insert(delay);
    delays[next] = delay;
    next = (next + 1) % delays.length;
    if (size > 2 * RECENT && hasRisen()) {
      keepRecent();
    }
  }

  private boolean hasRisen() {
    long limit = sorted[(int) (size * BETTER_PART)];
    for (int i = 1; i <= RECENT; i++) {
      if (recent(i) <= limit) {
        return false;
      }
    }
    return true;
  }

  private void keepRecent() {
    long[] ring = delays;
    size = 0;
    for (int i = 1; i <= KEPT; i++) {
      insert(recent(i));
    }
    System.arraycopy(sorted, 0, ring, 0, size); // their order is of no account from now on
    next = size % ring.length;
  }

  private long recent(int back) {
    return delays[Math.floorMod(next - back, delays.length)];
  }

  private void remove(long delay) {
    int at = Arrays.binarySearch(sorted, 0, size, delay);
    size--;
    System.arraycopy(sorted, at + 1, sorted, at, size - at);
  }

  private void insert(long delay) {
    int found = Arrays.binarySearch(sorted, 0, size, delay);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = delay;
    size++;
  }

  void clear() {
    size = 0;
    next = 0;
  }
}
