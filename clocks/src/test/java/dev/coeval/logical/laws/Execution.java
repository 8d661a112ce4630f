package dev.coeval.logical.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Drives one clock for each process along a trace. */
public final class Execution {

  private Execution() {}

  /**
   * Stamps every event of a trace.
   *
   * @param <T> the stamp
   * @param trace the events
   * @param factory makes the clock of the process with the given name
   * @return one stamp for each event
   */
  public static <T> List<T> run(Trace trace, Function<String, ? extends LogicalClock<T>> factory) {
    return run(trace, trace.names().stream().map(factory).toList(), event -> {});
  }

  /**
   * Stamps every event of a trace.
   *
   * @param <T> the stamp
   * @param trace the events
   * @param clocks one for each process
   * @param beforeEvent what to do before each event, which is given
   * @return one stamp for each event
   */
  public static <T> List<T> run(
      Trace trace, List<? extends LogicalClock<T>> clocks, IntConsumer beforeEvent) {
    List<T> stamps = new ArrayList<>();
    for (int event = 0; event < trace.size(); event++) {
      beforeEvent.accept(event);
      Step step = trace.steps().get(event);
      LogicalClock<T> clock = clocks.get(step.process());
      stamps.add(
          step.kind() == Kind.RECEIVE ? clock.receive(stamps.get(step.cause())) : clock.tick());
    }
    return stamps;
  }
}
