package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.laws.Step.Kind;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/**
 * Laws L1 to L7 of a scalar clock (Lamport 1978).
 *
 * @param <T> the stamp: a counter and a node id
 */
public abstract class LamportLaws<T> extends CausalLaws {

  /** For subclasses. */
  protected LamportLaws() {}

  /**
   * A clock whose process starts above a mark.
   *
   * @param nodeId the process
   * @param highWaterMark at least every counter it used before, zero at first
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(String nodeId, long highWaterMark);

  /**
   * A stamp.
   *
   * @param counter its counter
   * @param nodeId its process
   * @return the stamp
   */
  protected abstract T stamp(long counter, String nodeId);

  /**
   * The counter of a stamp.
   *
   * @param stamp a stamp
   * @return its counter
   */
  protected abstract long counter(T stamp);

  /**
   * The total order.
   *
   * @param first a stamp
   * @param second a stamp
   * @return negative, zero or positive
   */
  protected abstract int compare(T first, T second);

  private List<T> run(Trace trace) {
    return Execution.run(trace, name -> clock(name, 0));
  }

  /**
   * Any stamp.
   *
   * @return stamps that often have a part in common
   */
  @Provide
  protected Arbitrary<T> stamps() {
    Arbitrary<Long> counters =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.longs().between(0, 3)),
            Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE)));
    return Combinators.combine(counters, Arbitraries.of("a", "b", "Aa", "BB"))
        .as(this::stamp)
        .withoutEdgeCases();
  }

  @Property(tries = TRIES)
  void l1ShouldCountCauseBelowEffectWhenCausallyOrdered(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          if (history.happenedBefore(e, f)) {
            assertTrue(counter(stamps.get(e)) < counter(stamps.get(f)), () -> e + " -> " + f);
          }
        });
  }

  @Property(tries = TRIES)
  void l2ShouldIncreaseStrictlyWhenOnOneProcess(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    for (int event = 0; event < trace.size(); event++) {
      int previous = trace.previousOnProcess(event);
      long before = previous == Step.NONE ? 0 : counter(stamps.get(previous));
      assertTrue(counter(stamps.get(event)) > before);
    }
  }

  @Property(tries = TRIES)
  void l3ShouldBeOneAboveBothWhenReceiving(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    for (int event = 0; event < trace.size(); event++) {
      Step step = trace.steps().get(event);
      if (step.kind() == Kind.RECEIVE) {
        int previous = trace.previousOnProcess(event);
        long local = previous == Step.NONE ? 0 : counter(stamps.get(previous));
        long sent = counter(stamps.get(step.cause()));
        assertEquals(Math.max(local, sent) + 1, counter(stamps.get(event)));
      }
    }
  }

  @Property(tries = TRIES)
  void l4ShouldOrderAllEventsStrictlyWhenTiesAreBrokenById(@ForAll("traces") Trace trace) {
    List<T> stamps = run(trace);
    CausalHistory history = CausalHistory.of(trace);
    List<Integer> order =
        IntStream.range(0, trace.size())
            .boxed()
            .sorted((e, f) -> compare(stamps.get(e), stamps.get(f)))
            .toList();
    forAllPairs(
        trace,
        (i, j) -> {
          int e = order.get(i);
          int f = order.get(j);
          assertEquals(
              Integer.compare(i, j), Integer.signum(compare(stamps.get(e), stamps.get(f))));
          assertTrue(i < j || !history.happenedBefore(e, f), "the order extends causality");
        });
  }

  @Property(tries = 1_000)
  void l4ShouldBeTotalOrderWhenStampsAreArbitrary(
      @ForAll("stamps") T a, @ForAll("stamps") T b, @ForAll("stamps") T c) {
    assertEquals(a.equals(b), compare(a, b) == 0, "consistent with equals");
    assertEquals(Integer.signum(compare(a, b)), -Integer.signum(compare(b, a)), "dual");
    if (compare(a, b) <= 0 && compare(b, c) <= 0) {
      assertTrue(compare(a, c) <= 0, "transitive");
    }
    if (counter(a) < counter(b)) {
      assertTrue(compare(a, b) < 0, "the counter decides first");
    }
  }

  @Example
  void l5ShouldNotProveCausalityWhenCountersAreOrdered() {
    assertTrue(someTrace(this::ordersConcurrentEvents), "no witness found");
  }

  private boolean ordersConcurrentEvents(Trace trace) {
    List<T> stamps = run(trace);
    CausalHistory history = CausalHistory.of(trace);
    for (int e = 0; e < trace.size(); e++) {
      for (int f = 0; f < trace.size(); f++) {
        if (counter(stamps.get(e)) < counter(stamps.get(f))
            && history.relation(e, f) == CausalOrder.CONCURRENT) {
          return true;
        }
      }
    }
    return false;
  }

  @Property(tries = TRIES)
  void l6ShouldThrowAndStayWhenAtTheEndOfTheRange(@ForAll @LongRange(min = 0, max = 5) long left) {
    LogicalClock<T> clock = clock("a", Long.MAX_VALUE - left);
    for (long i = 0; i < left; i++) {
      clock.tick();
    }
    T last = clock.latest();
    assertEquals(Long.MAX_VALUE, counter(last));
    assertThrows(ArithmeticException.class, clock::tick);
    assertThrows(ArithmeticException.class, () -> clock.receive(stamp(1, "b")));
    assertEquals(last, clock.latest());
  }

  @Property(tries = TRIES)
  void l6ShouldRejectAndStayWhenReceivingTheLastStamp(@ForAll @LongRange(min = 0) long counter) {
    LogicalClock<T> clock = clock("a", counter);
    T last = clock.latest();
    T poison = stamp(Long.MAX_VALUE, "b");
    assertThrows(StampRejectedException.class, () -> clock.receive(poison));
    assertEquals(last, clock.latest());
  }

  @Property(tries = TRIES)
  void l7ShouldStampAboveAllIssuedWhenRestartedAboveTheMark(
      @ForAll("traces") Trace trace, @ForAll @LongRange(min = 0, max = 3) long reserved) {
    List<T> stamps = run(trace);
    for (int process = 0; process < trace.processes(); process++) {
      int self = process;
      long mark =
          IntStream.range(0, trace.size())
              .filter(event -> trace.steps().get(event).process() == self)
              .mapToLong(event -> counter(stamps.get(event)))
              .max()
              .orElse(0);
      T first = clock(trace.names().get(process), mark + reserved).tick();
      assertTrue(counter(first) > mark + reserved);
    }
  }
}
