package dev.coeval.logical.laws;

import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** What all law suites share: traces, and the search for a witness. */
public abstract class CausalLaws {

  /** How often a property is tried: enough for every mutant known, and quick. */
  protected static final int TRIES = 200;

  private static final int MAX_PROCESSES = 5;
  private static final int MAX_EVENTS = 40;
  private static final int WITNESS_SEEDS = 1_000;

  /** For subclasses. */
  protected CausalLaws() {}

  /**
   * Any trace of up to five processes and forty events.
   *
   * @return an arbitrary whose traces shrink to few events on few processes
   */
  @Provide
  protected Arbitrary<Trace> traces() {
    Arbitrary<Integer> choice =
        Arbitraries.integers()
            .between(0, Integer.MAX_VALUE)
            .withDistribution(RandomDistribution.uniform())
            .withoutEdgeCases();
    return Combinators.combine(
            Arbitraries.integers().between(1, MAX_PROCESSES), choice.list().ofMaxSize(MAX_EVENTS))
        .as(Trace::decode);
  }

  /**
   * Looks for a trace that shows what a clock does not promise.
   *
   * @param shows whether a trace does
   * @return whether one was found
   */
  protected static boolean someTrace(Predicate<Trace> shows) {
    return LongStream.range(0, WITNESS_SEEDS)
        .mapToObj(seed -> Trace.random(new Random(seed), 3, 12))
        .anyMatch(shows);
  }

  /** Something to be checked of two events. */
  @FunctionalInterface
  protected interface PairCheck {
    /**
     * Checks it.
     *
     * @param first an event's index
     * @param second an event's index
     */
    void check(int first, int second);
  }

  /**
   * Checks every pair of events, an event with itself included.
   *
   * @param trace the events
   * @param law what to check
   */
  protected static void forAllPairs(Trace trace, PairCheck law) {
    for (int first = 0; first < trace.size(); first++) {
      for (int second = 0; second < trace.size(); second++) {
        law.check(first, second);
      }
    }
  }

  /**
   * Whether two events are on one process.
   *
   * @param trace the events
   * @param first an event's index
   * @param second an event's index
   * @return whether the same process had both
   */
  protected static boolean sameProcess(Trace trace, int first, int second) {
    return trace.steps().get(first).process() == trace.steps().get(second).process();
  }
}
