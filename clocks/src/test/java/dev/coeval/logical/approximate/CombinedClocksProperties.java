package dev.coeval.logical.approximate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.CausalLaws;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Trace;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Law P3: two approximate clocks together make no error that not both of them make. */
final class CombinedClocksProperties extends CausalLaws {

  private static boolean isFalse(CausalOrder truth, PlausibleOrder answer) {
    return truth == CausalOrder.CONCURRENT && answer != PlausibleOrder.CONCURRENT;
  }

  @Property(tries = TRIES)
  void p3ShouldErrOnlyWhereBothErrWhenCombined(@ForAll("traces") Trace trace) {
    List<BloomTimestamp> bloom = Execution.run(trace, name -> BloomClock.of(name, 6, 1));
    List<PlausibleTimestamp> shared = Execution.run(trace, name -> PlausibleClock.of(name, 3));
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          PlausibleOrder one = bloom.get(e).relationTo(bloom.get(f));
          PlausibleOrder two = shared.get(e).relationTo(shared.get(f));
          CausalOrder truth = history.relation(e, f);
          if (truth == CausalOrder.CONCURRENT) {
            boolean bothErr = isFalse(truth, one) && isFalse(truth, two);
            assertEquals(bothErr && one == two, isFalse(truth, one.and(two)));
          } else {
            assertEquals(one, one.and(two), "a true order is kept");
          }
        });
  }

  @Example
  void p3ShouldErrLessThanEitherWhenCombined() {
    int[] errors = new int[3];
    for (int seed = 0; seed < 200; seed++) {
      Trace trace = Trace.random(new Random(seed), 5, 30);
      List<BloomTimestamp> bloom = Execution.run(trace, name -> BloomClock.of(name, 6, 1));
      List<PlausibleTimestamp> shared = Execution.run(trace, name -> PlausibleClock.of(name, 3));
      CausalHistory history = CausalHistory.of(trace);
      forAllPairs(
          trace,
          (e, f) -> {
            PlausibleOrder one = bloom.get(e).relationTo(bloom.get(f));
            PlausibleOrder two = shared.get(e).relationTo(shared.get(f));
            CausalOrder truth = history.relation(e, f);
            errors[0] += isFalse(truth, one) ? 1 : 0;
            errors[1] += isFalse(truth, two) ? 1 : 0;
            errors[2] += isFalse(truth, one.and(two)) ? 1 : 0;
          });
    }
    assertTrue(errors[2] < errors[0] && errors[2] < errors[1], errors[2] + " combined");
  }

  /** With an entry for every process it is a vector clock. */
  @Property(tries = TRIES)
  void shouldBeExactWhenEveryProcessHasItsOwnEntry(@ForAll("traces") Trace trace) {
    List<PlausibleTimestamp> stamps =
        Execution.run(
            trace, name -> PlausibleClock.ofEntry(trace.names().indexOf(name), trace.processes()));
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          String answer = stamps.get(e).relationTo(stamps.get(f)).name();
          assertEquals(history.relation(e, f).name(), answer.replace("PLAUSIBLY_", ""));
        });
  }
}
