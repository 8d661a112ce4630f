package dev.coeval.logical.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Step;
import dev.coeval.logical.laws.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What forgetting an actor that has left can do to the order of the others' events. */
final class RetirementProperties {

  private static final String GONE = "p3";
  private static final List<String> MEMBERS = List.of("p0", "p1", "p2");

  @Property(tries = 300)
  void shouldNeverClaimFalseOrderWhenMembersRetireAtDifferentMoments(@ForAll long seed) {
    Random random = new Random(seed);
    Trace trace = withoutLateEvents(Trace.random(random, 4, 40));
    CausalHistory history = CausalHistory.of(trace);
    List<MatrixClock> clocks = trace.names().stream().map(MatrixClock::of).toList();
    Map<String, Long> left = Map.of(GONE, eventsOfGone(trace));
    List<MatrixTimestamp> stamps =
        Execution.run(
            trace,
            clocks,
            event -> clocks.get(random.nextInt(MEMBERS.size())).retire(left, MEMBERS));
    for (int e = 0; e < trace.size(); e++) {
      for (int f = 0; f < trace.size(); f++) {
        CausalOrder claimed = stamps.get(e).relationTo(stamps.get(f));
        if (claimed != CausalOrder.CONCURRENT) {
          assertEquals(history.relation(e, f), claimed, () -> "seed " + seed + ": " + trace);
        }
      }
    }
  }

  @Property(tries = 100)
  void shouldForgetWhenEverybodyHasHeardFromEverybody(@ForAll long seed) {
    Trace trace = Trace.random(new Random(seed), 4, 40);
    List<MatrixClock> clocks = trace.names().stream().map(MatrixClock::of).toList();
    Execution.run(trace, clocks, event -> {});
    Map<String, Long> left = Map.of(GONE, clocks.get(3).tick().own().count(GONE));
    clocks.get(0).receive(clocks.get(3).latest());
    for (int round = 0; round < 3; round++) {
      List<MatrixTimestamp> sent = clocks.subList(0, 3).stream().map(MatrixClock::tick).toList();
      clocks.subList(0, 3).forEach(to -> receiveFromOthers(to, sent));
    }
    for (MatrixClock member : clocks.subList(0, 3)) {
      assertEquals(List.of(GONE), List.copyOf(member.retire(left, MEMBERS)));
      assertTrue(!member.latest().toString().contains(GONE));
    }
  }

  private static void receiveFromOthers(MatrixClock to, List<MatrixTimestamp> sent) {
    sent.stream().filter(stamp -> !stamp.actor().equals(to.actor())).forEach(to::receive);
  }

  private static long eventsOfGone(Trace trace) {
    return trace.steps().stream().filter(step -> step.process() == 3).count();
  }

  /** The actor that leaves has its events in the first half of the trace only. */
  private static Trace withoutLateEvents(Trace trace) {
    List<Step> steps = new ArrayList<>();
    for (int event = 0; event < trace.size(); event++) {
      Step step = trace.steps().get(event);
      boolean late = step.process() == 3 && event > trace.size() / 2;
      steps.add(late ? new Step(step.kind(), event % 3, step.cause()) : step);
    }
    return new Trace(trace.processes(), steps);
  }
}
