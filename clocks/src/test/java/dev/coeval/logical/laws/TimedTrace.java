package dev.coeval.logical.laws;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A trace, and what the wall clock of the process shows at every event.
 *
 * @param trace the events
 * @param times physical time at each event, in the clocks' unit since the Unix epoch
 */
public record TimedTrace(Trace trace, List<Long> times) {

  /** The last millisecond that 47 bits can hold. */
  static final long LAST_MILLIS = (1L << 47) - 1;

  /** Creates a timed trace. */
  public TimedTrace {
    times = List.copyOf(times);
  }

  /**
   * Physical time at an event, brought into the range that a stamp can hold.
   *
   * @param event an event's index
   * @param last the largest time of a stamp
   * @return units since the Unix epoch, never negative
   */
  public long stampable(int event, long last) {
    return clamp(times.get(event), last);
  }

  /** A time in the range of a stamp. */
  static long clamp(long time, long last) {
    return time < 0 ? 0 : Math.min(time, last);
  }

  /** Times of every kind: close together, stepping back, before 1970, at the ends of the range. */
  static Arbitrary<Long> wildTimes(long last) {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.longs().between(0, 12)),
        Tuple.of(1, Arbitraries.longs().between(-5, 5)),
        Tuple.of(1, Arbitraries.longs().between(last - 3, Math.max(last, last + 3))),
        Tuple.of(1, Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 48, 1L << 62)));
  }

  /** Clocks that show anything at all. */
  static Arbitrary<TimedTrace> wild(Arbitrary<Trace> traces, long last) {
    return traces.flatMap(
        trace ->
            wildTimes(last).list().ofSize(trace.size()).map(times -> new TimedTrace(trace, times)));
  }

  /** Clocks that step back and freeze, after the time with which a clock without a past begins. */
  static Arbitrary<TimedTrace> unsteady(Arbitrary<Trace> traces) {
    return traces.flatMap(
        trace ->
            Arbitraries.longs()
                .between(1, 13)
                .list()
                .ofSize(trace.size())
                .map(times -> new TimedTrace(trace, times)));
  }

  /**
   * Clocks that at any moment show between true time and true time plus eps, so that any two differ
   * by at most eps. They may step back and freeze within that.
   */
  static Arbitrary<TimedTrace> within(Arbitrary<Trace> traces, long eps) {
    return traces.flatMap(
        trace ->
            Combinators.combine(
                    Arbitraries.longs().between(0, 3).list().ofSize(trace.size()),
                    Arbitraries.longs().between(0, eps).list().ofSize(trace.size()))
                .as((steps, errors) -> new TimedTrace(trace, sum(steps, errors))));
  }

  /** As {@code within}, and every clock advances by a unit or more between its events. */
  static Arbitrary<TimedTrace> advancingWithin(Arbitrary<Trace> traces, long eps) {
    return traces.flatMap(
        trace ->
            Arbitraries.longs()
                .between(0, eps)
                .list()
                .ofSize(trace.size())
                .map(errors -> new TimedTrace(trace, advancing(trace, errors, eps))));
  }

  private static List<Long> sum(List<Long> steps, List<Long> errors) {
    Long[] shown = new Long[steps.size()];
    long now = 1_000;
    for (int event = 0; event < shown.length; event++) {
      now += steps.get(event);
      shown[event] = now + errors.get(event);
    }
    return List.of(shown);
  }

  /** True time passes only when a clock could not advance otherwise: as crowded as can be. */
  private static List<Long> advancing(Trace trace, List<Long> errors, long eps) {
    Long[] shown = new Long[trace.size()];
    long now = 1_000;
    for (int event = 0; event < shown.length; event++) {
      int previous = trace.previousOnProcess(event);
      long least = previous == Step.NONE ? now : shown[previous] + 1;
      shown[event] = Math.max(least, now + errors.get(event));
      now = Math.max(now, shown[event] - eps);
    }
    return List.of(shown);
  }
}
