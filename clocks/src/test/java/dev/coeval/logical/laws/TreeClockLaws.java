package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.SynchronizedTrace.Owned;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws E1 to E4 of tree clocks (Mathur, Tunç, Pavlogiannis, Viswanathan 2022; epochs: Flanagan,
 * Freund 2009), over random traces of threads with locks, messages, forks and joins.
 *
 * <p>The oracle keeps, for every thread, lock and message, the plain set of the events that it
 * knows. Any clock that claims to count events by thread can be run through the suite, a plain
 * vector as well.
 *
 * @param <C> a clock
 */
public abstract class TreeClockLaws<C> {

  private static final int TRIES = 200;
  private static final int STEPS = 150;

  /** For subclasses. */
  protected TreeClockLaws() {}

  /**
   * The clock of a thread.
   *
   * @param thread the thread, from zero
   * @param threads how many there are
   * @return a clock that knows no event
   */
  protected abstract C owned(int thread, int threads);

  /**
   * The clock of a lock or a message.
   *
   * @param threads how many threads there are
   * @return a clock that knows no event
   */
  protected abstract C blank(int threads);

  /**
   * An event of a thread.
   *
   * @param clock its clock
   */
  protected abstract void increment(C clock);

  /**
   * Join.
   *
   * @param clock the clock of a thread
   * @param other what it learns
   */
  protected abstract void join(C clock, C other);

  /**
   * Copy.
   *
   * @param blank what becomes a copy
   * @param other of this
   */
  protected abstract void set(C blank, C other);

  /**
   * The count of a thread.
   *
   * @param clock a clock
   * @param thread a thread
   * @return how many of its events the clock knows
   */
  protected abstract long get(C clock, int thread);

  /**
   * Whether an epoch is before or equal to a clock.
   *
   * @param clock a clock
   * @param thread a thread
   * @param count the number of one of its events, from one
   * @return whether the clock knows that event
   */
  protected abstract boolean knows(C clock, int thread, long count);

  /**
   * The order.
   *
   * @param first a clock
   * @param second a clock
   * @return how what the first knows stands to what the second knows
   */
  protected abstract CausalOrder relation(C first, C second);

  /**
   * Checks that a clock is well-formed inside (law E2).
   *
   * @param clock a clock
   */
  protected void checkStructure(C clock) {}

  /**
   * How many threads the latest join or copy into a clock touched (law E3).
   *
   * @param clock the clock that learned
   * @return how many entries it read or wrote; empty if it does not say
   */
  protected OptionalLong touched(C clock) {
    return OptionalLong.empty();
  }

  private SynchronizedTrace<C> run(long seed) {
    SynchronizedTrace<C> trace = new SynchronizedTrace<>(this, new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      trace.step();
    }
    return trace;
  }

  @Property(tries = TRIES)
  void e1ShouldBeTheVectorClockWhenTracesAreRandom(@ForAll long seed) {
    SynchronizedTrace<C> trace = new SynchronizedTrace<>(this, new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      Owned<C> changed = trace.step();
      assertCounts(trace, changed);
    }
    trace.all().forEach(any -> assertCounts(trace, any));
  }

  private void assertCounts(SynchronizedTrace<C> trace, Owned<C> any) {
    for (int thread = 0; thread < trace.threads(); thread++) {
      assertEquals(trace.count(any.history(), thread), get(any.clock(), thread), "seed in report");
    }
  }

  @Property(tries = TRIES)
  void e1ShouldBeOrderedAsTheSetsWhenCompared(@ForAll long seed) {
    List<Owned<C>> all = run(seed).all();
    for (Owned<C> one : all) {
      for (Owned<C> other : all) {
        CausalOrder order =
            CausalOrder.of(
                contains(other.history(), one.history()), contains(one.history(), other.history()));
        assertEquals(order, relation(one.clock(), other.clock()));
      }
    }
  }

  private static boolean contains(BitSet large, BitSet small) {
    BitSet rest = (BitSet) small.clone();
    rest.andNot(large);
    return rest.isEmpty();
  }

  @Property(tries = TRIES)
  void e2ShouldBeWellFormedWhenTracesAreRandom(@ForAll long seed) {
    SynchronizedTrace<C> trace = new SynchronizedTrace<>(this, new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      checkStructure(trace.step().clock());
    }
    trace.all().forEach(any -> checkStructure(any.clock()));
  }

  /** The paper's theorem: all that is touched is at most three times all that changes. */
  @Property(tries = TRIES)
  void e3ShouldTouchLittleMoreThanChangesWhenOnlyLocksAreUsed(@ForAll long seed) {
    SynchronizedTrace<C> trace = new SynchronizedTrace<>(this, new Random(seed));
    long touched = 0;
    long changed = 0;
    for (int i = 0; i < STEPS; i++) {
      Owned<C> learner = trace.lockStep();
      touched += touched(learner.clock()).orElse(0);
      changed += 1 + trace.changed();
    }
    assertTrue(touched <= 3 * changed, touched + " touched, " + changed + " changed");
  }

  @Property(tries = TRIES)
  void e4ShouldKnowAnEpochWhenItIsInThePast(@ForAll long seed) {
    SynchronizedTrace<C> trace = run(seed);
    for (Owned<C> any : trace.all()) {
      for (int event = 0; event < trace.events(); event++) {
        assertEquals(
            any.history().get(event),
            knows(any.clock(), trace.threadOf(event), trace.numberOf(event)));
      }
    }
  }

  /** FastTrack's question, "is the last write ordered before this access", asked both ways. */
  @Property(tries = TRIES)
  void e4ShouldFindTheRacesThatVectorsFindWhenVariablesAreWritten(@ForAll long seed) {
    Random random = new Random(seed);
    SynchronizedTrace<C> trace = new SynchronizedTrace<>(this, random);
    int[] lastWrite = {-1, -1, -1};
    for (int i = 0; i < STEPS; i++) {
      trace.step();
      int thread = random.nextInt(trace.threads());
      int variable = random.nextInt(lastWrite.length);
      int last = lastWrite[variable];
      Owned<C> writer = trace.thread(thread);
      if (last >= 0) {
        boolean ordered = contains(writer.history(), trace.historyOf(last));
        assertEquals(
            ordered, knows(writer.clock(), trace.threadOf(last), trace.numberOf(last)), "race?");
      }
      lastWrite[variable] = trace.event(thread);
    }
  }

  /** A copy over a copy: nothing is lost, nothing is left, and the old owner's entry moves. */
  @Example
  void treeClockCopy() {
    int threads = 6;
    List<C> owned = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      owned.add(owned(thread, threads));
      increment(owned.get(thread));
    }
    C lock = blank(threads);
    for (int round = 0; round < 3; round++) {
      for (int thread = 0; thread < threads; thread++) {
        C clock = owned.get(thread);
        join(clock, lock);
        set(lock, clock);
        checkStructure(lock);
        increment(clock);
        for (int other = 0; other < threads; other++) {
          int expected = round + (other <= thread ? 1 : 0);
          assertEquals(expected, get(lock, other), "round " + round + " thread " + thread);
        }
      }
    }
    C other = blank(threads);
    set(other, owned.get(2));
    set(lock, other);
    assertFalse(knows(lock, 5, 3), "no part of what it was before");
    assertTrue(knows(lock, 2, 4));
  }
}
