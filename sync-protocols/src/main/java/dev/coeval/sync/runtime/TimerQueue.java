package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.TimerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pending timers, the earliest first; of those due at one tick, the one set first. Of one thread.
 */
final class TimerQueue {

  /** A machine has a few timers a peer, and peers by the dozen: more is a leak in the machine. */
  static final int MAX_TIMERS = 4_096;

  private final Map<TimerId, Entry> byId = new HashMap<>();
  private final TreeSet<Entry> byTick =
      new TreeSet<>(Comparator.comparingLong(Entry::atTickNanos).thenComparing(Entry::sequence));
  private long nextSequence;

  /**
   * Sets or replaces a timer.
   *
   * @throws IllegalStateException if there are {@link #MAX_TIMERS} others
   */
  void set(TimerId id, long atTickNanos) {
    cancel(id);
    if (byId.size() >= MAX_TIMERS) {
      throw new IllegalStateException("more than " + MAX_TIMERS + " timers are set, at " + id);
    }
    Entry entry = new Entry(id, atTickNanos, nextSequence++);
    byId.put(id, entry);
    byTick.add(entry);
  }

  void cancel(TimerId id) {
    Entry entry = byId.remove(id);
    if (entry != null) {
      byTick.remove(entry);
    }
  }

  void clear() {
    byId.clear();
    byTick.clear();
  }

  /** Takes the earliest timer if it is due. */
  @Nullable TimerId pollDue(long nowTickNanos) {
    if (byTick.isEmpty() || byTick.first().atTickNanos > nowTickNanos) {
      return null;
    }
    TimerId id = byTick.first().id;
    cancel(id);
    return id;
  }

  /** Ticks until the earliest timer, 0 if it is due, {@code Long.MAX_VALUE} if there is none. */
  long nanosUntilNext(long nowTickNanos) {
    if (byTick.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long atTickNanos = byTick.first().atTickNanos;
    if (atTickNanos <= nowTickNanos) {
      return 0;
    }
    long wait = atTickNanos - nowTickNanos;
    return wait < 0 ? Long.MAX_VALUE : wait; // overflowed: further away than a long can say
  }

  private record Entry(TimerId id, long atTickNanos, long sequence) {}
}
