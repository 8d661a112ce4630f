package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws P1 and P2 of a clock that may take concurrent events for ordered, but nothing else for
 * anything that it is not.
 *
 * @param <T> the stamp
 */
public abstract class ApproximateLaws<T> extends CausalLaws {

  private static final int PAIRS = 4_000;
  private static final int WITNESSES = 50;
  private static final double ALPHA = 1e-6;

  /** For subclasses. */
  protected ApproximateLaws() {}

  /** What an approximate clock says of two events; each includes "concurrent". */
  protected enum Answer {
    /** The first happened before the second. */
    BEFORE,
    /** The second happened before the first. */
    AFTER,
    /** They are the same. */
    EQUAL,
    /** They are concurrent, and nothing else. */
    CONCURRENT
  }

  /**
   * A clock so small that its processes get into each other's way.
   *
   * @param name the process
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(String name);

  /**
   * What the clock says of two events.
   *
   * @param first a stamp
   * @param second a stamp
   * @return how the first is to the second
   */
  protected abstract Answer relation(T first, T second);

  /**
   * What the clock says of its own errors.
   *
   * @param first a stamp
   * @param second a stamp of a past that has nothing in common with it
   * @return how likely it is that the first would be answered to be before the second, over the
   *     names of its processes
   */
  protected abstract double falseOrderProbability(T first, T second);

  /**
   * A stamp that no clock can count on from.
   *
   * @return a stamp with a count at its largest value
   */
  protected abstract T exhausted();

  private List<T> run(Trace trace) {
    return Execution.run(trace, this::clock);
  }

  @Property(tries = TRIES)
  void p1ShouldNeverMissAnOrderWhenEventsAreOrdered(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          Answer answer = relation(stamps.get(e), stamps.get(f));
          CausalOrder truth = history.relation(e, f);
          if (truth != CausalOrder.CONCURRENT) {
            assertEquals(truth.name(), answer.name(), () -> e + " and " + f);
          }
        });
  }

  @Property(tries = TRIES)
  void p1ShouldAnswerAlikeWhenAskedFromTheOtherSide(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          Answer answer = relation(stamps.get(e), stamps.get(f));
          Answer inverse = relation(stamps.get(f), stamps.get(e));
          boolean ordered = answer == Answer.BEFORE || answer == Answer.AFTER;
          Answer other = answer == Answer.BEFORE ? Answer.AFTER : Answer.BEFORE;
          boolean turned = inverse == (ordered ? other : answer);
          assertTrue(turned, () -> answer + " and " + inverse);
        });
  }

  @Example
  void p2ShouldOrderConcurrentEventsSometimesWhenItIsApproximate() {
    int falseOrders = 0;
    int concurrent = 0;
    for (int seed = 0; seed < WITNESSES; seed++) {
      Trace trace = Trace.random(new Random(seed), 5, 30);
      falseOrders += falseOrders(trace);
      concurrent += foundConcurrent(trace) ? 1 : 0;
    }
    assertTrue(falseOrders > 0, "no witness found: it is exact");
    assertTrue(concurrent > 0, "it never says concurrent");
  }

  private int falseOrders(Trace trace) {
    List<T> stamps = run(trace);
    CausalHistory history = CausalHistory.of(trace);
    int[] count = new int[1];
    forAllPairs(
        trace,
        (e, f) -> {
          boolean concurrent = history.relation(e, f) == CausalOrder.CONCURRENT;
          if (concurrent && relation(stamps.get(e), stamps.get(f)) == Answer.BEFORE) {
            count[0]++;
          }
        });
    return count[0];
  }

  private boolean foundConcurrent(Trace trace) {
    List<T> stamps = run(trace);
    return relation(stamps.get(0), stamps.get(trace.size() - 1)) == Answer.CONCURRENT;
  }

  /** Pasts of one process and of several, short against long, alike, and long against short. */
  @Example
  void p2ShouldOrderFalselyAsOftenAsItSaysWhenPastsAreUnrelated() {
    assertRateAsPredicted(1, 1, 3, 8);
    assertRateAsPredicted(2, 2, 3, 10);
    assertRateAsPredicted(3, 1, 4, 4);
    assertRateAsPredicted(2, 5, 3, 2);
    assertRateAsPredicted(1, 3, 5, 6);
  }

  private void assertRateAsPredicted(
      int processes, int events, int laterProcesses, int laterEvents) {
    T later = past("later", laterProcesses, laterEvents);
    List<Double> predicted = new ArrayList<>();
    int measured = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      T stamp = past("pair" + pair, processes, events);
      predicted.add(falseOrderProbability(stamp, later));
      measured += relation(stamp, later) == Answer.BEFORE ? 1 : 0;
    }
    double mean = predicted.stream().mapToDouble(Double::doubleValue).sum();
    double chance = Trials.twoSided(predicted, measured);
    int count = measured;
    assertTrue(
        chance >= ALPHA,
        () -> count + " false orders of " + PAIRS + ", predicted " + mean + ", chance " + chance);
  }

  /** The last stamp of a chain: each process has some events, then sends to the next one. */
  private T past(String name, int processes, int events) {
    T stamp = null;
    for (int process = 0; process < processes; process++) {
      LogicalClock<T> clock = clock(name + "." + process);
      T last = stamp == null ? clock.tick() : clock.receive(stamp);
      for (int event = 1; event < events; event++) {
        last = clock.tick();
      }
      stamp = last;
    }
    return stamp;
  }

  @Example
  void shouldRejectAndStayWhenAStampCannotBeCountedOnFrom() {
    LogicalClock<T> clock = clock("a");
    T last = clock.tick();
    T poison = exhausted();
    assertThrows(StampRejectedException.class, () -> clock.receive(poison));
    assertEquals(last, clock.latest());
  }

  @Example
  void shouldLoseNoEventWhenThreadsTick() throws Exception {
    LogicalClock<T> shared = clock("a");
    Concurrently.run(
        4,
        thread -> {
          for (int i = 0; i < 50_000; i++) {
            shared.tick();
          }
          return thread;
        });
    LogicalClock<T> alone = clock("a");
    for (int i = 0; i < 200_000; i++) {
      alone.tick();
    }
    assertEquals(alone.latest(), shared.latest());
  }
}
