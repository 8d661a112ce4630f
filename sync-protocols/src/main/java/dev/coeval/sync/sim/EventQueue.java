package dev.coeval.sync.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order of their time, those of one time in the order in which they were added.
 *
 * <p>A binary heap whose keys lie in arrays of primitives of their own: comparing touches no
 * object. Events that are done come back to a pool.
 */
final class EventQueue {
  private static final int INITIAL = 64;

  private long[] times = new long[INITIAL];
  private long[] sequences = new long[INITIAL];
  private @Nullable Event[] events = new Event[INITIAL];
  private final ArrayDeque<Event> pool = new ArrayDeque<>();
  private int size;
  private long sequence;

  Event obtain(Event.Kind kind) {
    Event pooled = pool.pollLast();
    Event event = pooled == null ? new Event() : pooled;
    event.kind = kind;
    event.live = true;
    return event;
  }

  void release(Event event) {
    event.clear();
    pool.addLast(event);
  }

  void add(long timeNanos, Event event) {
    if (size == times.length) {
      grow();
    }
    int hole = size++;
    long order = sequence++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (times[parent] <= timeNanos) { // a later sequence never goes before an equal time
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    set(hole, timeNanos, order, event);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The time of the first event. Not for an empty queue. */
  long nextTimeNanos() {
    return times[0];
  }

  /** Takes the first event out. Not for an empty queue. */
  Event poll() {
    Event first = events[0];
    if (first == null) {
      throw new IllegalStateException("the queue is empty");
    }
    int last = --size;
    long time = times[last];
    long order = sequences[last];
    Event event = events[last];
    events[last] = null;
    if (last > 0) {
      siftDown(time, order, event);
    }
    return first;
  }

  private void siftDown(long time, long order, @Nullable Event event) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && isBefore(times[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (isBefore(time, order, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    set(hole, time, order, event);
  }

  private boolean isBefore(long time, long order, int index) {
    return time < times[index] || (time == times[index] && order < sequences[index]);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    events[to] = events[from];
  }

  private void set(int index, long time, long order, @Nullable Event event) {
    times[index] = time;
    sequences[index] = order;
    events[index] = event;
  }

  private void grow() {
    int capacity = Math.multiplyExact(size, 2);
    times = Arrays.copyOf(times, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    events = Arrays.copyOf(events, capacity);
  }
}
