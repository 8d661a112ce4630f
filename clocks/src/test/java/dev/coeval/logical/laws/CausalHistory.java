package dev.coeval.logical.laws;

import dev.coeval.logical.CausalOrder;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The happened-before relation of a trace, kept as one set of events for every event: itself, and
 * all that happened before it. This is the definition, and no clock.
 */
public final class CausalHistory {

  private final Trace trace;
  private final BitSet[] pasts;

  private CausalHistory(Trace trace) {
    this.trace = trace;
    this.pasts = new BitSet[trace.size()];
  }

  /**
   * The histories of all events of a trace.
   *
   * @param trace the execution
   * @return its history
   */
  public static CausalHistory of(Trace trace) {
    CausalHistory history = new CausalHistory(trace);
    for (int event = 0; event < trace.size(); event++) {
      history.pasts[event] = history.past(event);
    }
    return history;
  }

  private BitSet past(int event) {
    BitSet past = new BitSet();
    past.set(event);
    include(past, trace.previousOnProcess(event));
    include(past, trace.steps().get(event).cause());
    return past;
  }

  private void include(BitSet past, int cause) {
    if (cause != Step.NONE) {
      past.or(pasts[cause]);
    }
  }

  /**
   * Whether one event happened before another.
   *
   * @param first an event's index
   * @param second another's
   * @return true if the first is in the past of the second, and is not it
   */
  public boolean happenedBefore(int first, int second) {
    return first != second && pasts[second].get(first);
  }

  /**
   * How two events stand to each other.
   *
   * @param first an event's index
   * @param second another's
   * @return the relation of the first to the second
   */
  public CausalOrder relation(int first, int second) {
    if (first == second) {
      return CausalOrder.EQUAL;
    }
    if (happenedBefore(first, second)) {
      return CausalOrder.BEFORE;
    }
    return happenedBefore(second, first) ? CausalOrder.AFTER : CausalOrder.CONCURRENT;
  }

  /**
   * The past of an event.
   *
   * @param event its index
   * @return the indices of the event itself and of all that happened before it
   */
  public IntStream pastOf(int event) {
    return pasts[event].stream();
  }

  /**
   * How much of one process is in the past of an event.
   *
   * @param event its index
   * @param process the process
   * @return the number of events of that process in the past of the event, itself included
   */
  public long countOf(int event, int process) {
    return pasts[event].stream()
        .filter(other -> trace.steps().get(other).process() == process)
        .count();
  }
}
