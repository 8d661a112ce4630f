package dev.coeval.logical.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A random execution of threads that synchronize, driving clocks on the way. With every clock goes
 * the set of the events that it must know, which only set operations ever touch.
 *
 * @param <C> a clock
 */
final class SynchronizedTrace<C> {

  private static final int MOST_THREADS = 7;
  private static final int MOST_LOCKS = 4;
  private static final int MOST_MESSAGES = 5;

  private final TreeClockLaws<C> clocks;
  private final Random random;
  private final List<Owned<C>> threads = new ArrayList<>();
  private final List<Owned<C>> locks = new ArrayList<>();
  private final List<Owned<C>> messages = new ArrayList<>();
  private final int[] holders;
  private final List<Integer> threadOfEvent = new ArrayList<>();
  private final List<Integer> numberOfEvent = new ArrayList<>();
  private final List<BitSet> historyOfEvent = new ArrayList<>();
  private int changed;

  SynchronizedTrace(TreeClockLaws<C> clocks, Random random) {
    this.clocks = clocks;
    this.random = random;
    int size = 1 + random.nextInt(MOST_THREADS);
    for (int thread = 0; thread < size; thread++) {
      threads.add(new Owned<>(clocks.owned(thread, size), new BitSet()));
    }
    for (int lock = random.nextInt(MOST_LOCKS); lock >= 0; lock--) {
      locks.add(new Owned<>(clocks.blank(size), new BitSet()));
    }
    holders = new int[locks.size()];
    Arrays.fill(holders, -1);
  }

  /**
   * A clock, and what it must know.
   *
   * @param clock the clock
   * @param history the events
   */
  record Owned<C>(C clock, BitSet history) {}

  int threads() {
    return threads.size();
  }

  Owned<C> thread(int thread) {
    return threads.get(thread);
  }

  /** Every clock there is. */
  List<Owned<C>> all() {
    List<Owned<C>> all = new ArrayList<>(threads);
    all.addAll(locks);
    all.addAll(messages);
    return Collections.unmodifiableList(all);
  }

  int events() {
    return threadOfEvent.size();
  }

  int threadOf(int event) {
    return threadOfEvent.get(event);
  }

  long numberOf(int event) {
    return numberOfEvent.get(event);
  }

  BitSet historyOf(int event) {
    return historyOfEvent.get(event);
  }

  long count(BitSet history, int thread) {
    return history.stream().filter(event -> threadOf(event) == thread).count();
  }

  /** How many threads' counts the latest join or copy changed. */
  int changed() {
    return changed;
  }

  /** Does something; gives the clock that changed. */
  Owned<C> step() {
    int thread = random.nextInt(threads.size());
    Owned<C> clock = threads.get(thread);
    return switch (random.nextInt(8)) {
      case 0 -> {
        event(thread);
        yield clock;
      }
      case 1 -> send(thread);
      case 2 -> {
        if (!messages.isEmpty()) {
          learn(clock, messages.get(random.nextInt(messages.size())));
        }
        yield clock;
      }
      case 3 -> {
        Owned<C> parent = threads.get(random.nextInt(threads.size()));
        learn(clock, parent);
        tickAfterGiving(parent);
        yield clock;
      }
      default -> lockStep();
    };
  }

  /** Acquires a lock, or releases one that is held. */
  Owned<C> lockStep() {
    int lock = random.nextInt(locks.size());
    if (holders[lock] < 0) {
      holders[lock] = random.nextInt(threads.size());
      Owned<C> holder = threads.get(holders[lock]);
      learn(holder, locks.get(lock));
      return holder;
    }
    Owned<C> released = locks.get(lock);
    copy(released, threads.get(holders[lock]));
    holders[lock] = -1;
    return released;
  }

  private Owned<C> send(int thread) {
    Owned<C> message =
        messages.size() < MOST_MESSAGES
            ? new Owned<>(clocks.blank(threads.size()), new BitSet())
            : messages.remove(random.nextInt(messages.size()));
    messages.add(message);
    copy(message, threads.get(thread));
    return message;
  }

  private void learn(Owned<C> learner, Owned<C> teacher) {
    changed = changes(learner.history, teacher.history);
    clocks.join(learner.clock, teacher.clock);
    learner.history.or(teacher.history);
  }

  private void copy(Owned<C> blank, Owned<C> owner) {
    BitSet either = (BitSet) blank.history.clone();
    either.xor(owner.history);
    changed = changes(new BitSet(), either);
    clocks.set(blank.clock, owner.clock);
    blank.history.clear();
    blank.history.or(owner.history);
    tickAfterGiving(owner);
  }

  private int changes(BitSet before, BitSet more) {
    BitSet fresh = (BitSet) more.clone();
    fresh.andNot(before);
    return (int) fresh.stream().map(this::threadOf).distinct().count();
  }

  private void tickAfterGiving(Owned<C> owner) {
    event(threads.indexOf(owner));
  }

  /** An event of a thread; gives its name. */
  int event(int thread) {
    Owned<C> owner = threads.get(thread);
    int event = threadOfEvent.size();
    threadOfEvent.add(thread);
    numberOfEvent.add((int) count(owner.history, thread) + 1);
    owner.history.set(event);
    clocks.increment(owner.clock);
    historyOfEvent.add((BitSet) owner.history.clone());
    return event;
  }
}
