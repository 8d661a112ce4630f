package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Laws H1 to H8 and H11 of a hybrid logical clock: what holds along any execution (Kulkarni et al.,
 * OPODIS 2014). {@link HybridAdmissionLaws} has those of a single clock under attack.
 *
 * @param <T> the stamp: a time in milliseconds, or another unit, and a counter
 */
public abstract class HybridLaws<T> extends CausalLaws {

  private static final long MAX_EPS = 4;

  /** So far ahead that no stamp is rejected. */
  private static final Duration ANY_OFFSET = Duration.ofSeconds(Long.MAX_VALUE);

  /** For subclasses. */
  protected HybridLaws() {}

  /**
   * A clock without a past.
   *
   * @param source physical time
   * @param maxOffset how far ahead a received stamp may be
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(InstantSource source, Duration maxOffset);

  /**
   * The physical part of a stamp.
   *
   * @param stamp a stamp
   * @return its time in the unit of the stamp since the Unix epoch
   */
  protected abstract long time(T stamp);

  /**
   * The logical part of a stamp.
   *
   * @param stamp a stamp
   * @return its counter
   */
  protected abstract int counter(T stamp);

  /**
   * The total order.
   *
   * @param first a stamp
   * @param second a stamp
   * @return negative, zero or positive
   */
  protected abstract int compare(T first, T second);

  /**
   * The unit of a stamp's time.
   *
   * @return nanoseconds; a millisecond unless overridden
   */
  protected long unitNanos() {
    return PhysicalTime.MILLIS;
  }

  /**
   * The largest time of a stamp.
   *
   * @return units since the Unix epoch; 47 bits unless overridden
   */
  protected long lastTime() {
    return TimedTrace.LAST_MILLIS;
  }

  /**
   * Traces with clocks that show anything.
   *
   * @return an arbitrary
   */
  @Provide
  protected Arbitrary<TimedTrace> wild() {
    return TimedTrace.wild(traces(), lastTime());
  }

  /**
   * Traces with clocks that step back and freeze.
   *
   * @return an arbitrary
   */
  @Provide
  protected Arbitrary<TimedTrace> unsteady() {
    return TimedTrace.unsteady(traces());
  }

  /**
   * Traces with clocks that agree within some number of units.
   *
   * @return pairs of that number and a trace
   */
  @Provide
  protected Arbitrary<Tuple2<Long, TimedTrace>> agreeing() {
    return Arbitraries.longs()
        .between(0, MAX_EPS)
        .flatMap(eps -> TimedTrace.within(traces(), eps).map(trace -> Tuple.of(eps, trace)));
  }

  /**
   * Traces with clocks that agree within some number of units and advance at every event.
   *
   * @return pairs of that number and a trace
   */
  @Provide
  protected Arbitrary<Tuple2<Long, TimedTrace>> advancing() {
    return Arbitraries.longs()
        .between(0, MAX_EPS)
        .flatMap(
            eps -> TimedTrace.advancingWithin(traces(), eps).map(trace -> Tuple.of(eps, trace)));
  }

  /** Stamps every event, each process on a wall clock of its own. */
  private List<T> run(TimedTrace timed) {
    Trace trace = timed.trace();
    List<PhysicalTime> sources =
        Stream.generate(() -> new PhysicalTime(0, unitNanos())).limit(trace.processes()).toList();
    List<LogicalClock<T>> clocks =
        sources.stream().map(source -> clock(source, ANY_OFFSET)).toList();
    return Execution.run(
        trace,
        clocks,
        event -> sources.get(trace.steps().get(event).process()).set(timed.times().get(event)));
  }

  @Property(tries = TRIES)
  void h1ShouldStampCauseBelowEffectWhenCausallyOrdered(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    CausalHistory history = CausalHistory.of(timed.trace());
    Comparator<T> byParts = Comparator.comparingLong(this::time);
    Comparator<T> pairOrder = byParts.thenComparingInt(this::counter);
    forAllPairs(
        timed.trace(),
        (e, f) -> {
          if (history.happenedBefore(e, f)) {
            assertTrue(compare(stamps.get(e), stamps.get(f)) < 0, () -> e + " -> " + f);
            assertTrue(pairOrder.compare(stamps.get(e), stamps.get(f)) < 0, () -> e + " -> " + f);
          }
        });
  }

  @Property(tries = TRIES)
  void h2ShouldNotBeBeforePhysicalTimeWhenStamped(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    for (int event = 0; event < stamps.size(); event++) {
      assertTrue(time(stamps.get(event)) >= timed.stampable(event, lastTime()));
    }
  }

  @Property(tries = TRIES)
  void h3ShouldBeTheLargestPhysicalTimeKnownWhenStamped(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    CausalHistory history = CausalHistory.of(timed.trace());
    for (int event = 0; event < stamps.size(); event++) {
      long known =
          history
              .pastOf(event)
              .mapToLong(past -> timed.stampable(past, lastTime()))
              .max()
              .orElseThrow();
      assertEquals(known, time(stamps.get(event)), "event " + event);
    }
  }

  @Property(tries = TRIES)
  void h4ShouldStayWithinTheSkewWhenClocksAgree(
      @ForAll("agreeing") Tuple2<Long, TimedTrace> input) {
    TimedTrace timed = input.get2();
    List<T> stamps = run(timed);
    for (int event = 0; event < stamps.size(); event++) {
      long ahead = time(stamps.get(event)) - timed.times().get(event);
      assertTrue(ahead >= 0 && ahead <= input.get1(), ahead + " units ahead of physical time");
    }
  }

  @Property(tries = TRIES)
  void h5ShouldCountNoMoreThanEarlierEventsOfItsTimeWhenStamped(
      @ForAll("unsteady") TimedTrace timed) {
    List<T> stamps = run(timed);
    CausalHistory history = CausalHistory.of(timed.trace());
    for (int event = 0; event < stamps.size(); event++) {
      long time = time(stamps.get(event));
      long sharing =
          history.pastOf(event).filter(past -> time(stamps.get(past)) == time).count() - 1;
      assertTrue(counter(stamps.get(event)) <= sharing, "event " + event);
    }
  }

  @Property(tries = TRIES)
  void h6ShouldBoundTheCounterWhenClocksAdvance(
      @ForAll("advancing") Tuple2<Long, TimedTrace> input) {
    TimedTrace timed = input.get2();
    long bound = timed.trace().processes() * (input.get1() + 1);
    run(timed).forEach(stamp -> assertTrue(counter(stamp) <= bound, () -> stamp + " > " + bound));
  }

  @Property(tries = TRIES)
  void h7ShouldBeUniqueAndTotallyOrderedWhenPairedWithNodeIds(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    Trace trace = timed.trace();
    CausalHistory history = CausalHistory.of(trace);
    Comparator<Integer> byStamp = (e, f) -> compare(stamps.get(e), stamps.get(f));
    Comparator<Integer> withId = byStamp.thenComparing(event -> trace.steps().get(event).process());
    List<Integer> order = IntStream.range(0, trace.size()).boxed().sorted(withId).toList();
    forAllPairs(
        trace,
        (i, j) -> {
          int sign = Integer.signum(withId.compare(order.get(i), order.get(j)));
          assertEquals(Integer.compare(i, j), sign, "strict");
          assertTrue(i < j || !history.happenedBefore(order.get(i), order.get(j)), "extends");
        });
  }

  @Property(tries = TRIES)
  void h8ShouldIncreaseStrictlyOnEachNodeWhenClocksShowAnything(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    for (int event = 0; event < stamps.size(); event++) {
      int previous = timed.trace().previousOnProcess(event);
      if (previous != Step.NONE) {
        assertTrue(compare(stamps.get(previous), stamps.get(event)) < 0, "event " + event);
      }
      assertTrue(time(stamps.get(event)) >= 0, "never wrapped");
    }
  }

  @Property(tries = TRIES)
  void h11ShouldCutConsistentlyWhenTakingAllUpToAStamp(@ForAll("wild") TimedTrace timed) {
    List<T> stamps = run(timed);
    CausalHistory history = CausalHistory.of(timed.trace());
    for (T limit : stamps) {
      IntStream.range(0, stamps.size())
          .filter(event -> compare(stamps.get(event), limit) <= 0)
          .flatMap(history::pastOf)
          .forEach(
              past -> assertTrue(compare(stamps.get(past), limit) <= 0, "an effect, no cause"));
    }
  }
}
