package dev.coeval.causal;

import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Trace;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A trace, its history as sets, and the events that our clocks record of it. */
record RecordedTrace(Trace trace, CausalHistory history, List<CausalEvent> events) {

  static RecordedTrace of(Trace trace) {
    List<VectorTimestamp> stamps = Execution.run(trace, VectorClock::of);
    List<CausalEvent> events = new ArrayList<>();
    for (int event = 0; event < trace.size(); event++) {
      String actor = trace.names().get(trace.steps().get(event).process());
      events.add(new CausalEvent(actor, stamps.get(event), "event " + event));
    }
    return new RecordedTrace(trace, CausalHistory.of(trace), events);
  }

  static RecordedTrace random(long seed, int processes, int events) {
    return of(Trace.random(new Random(seed), processes, events));
  }

  CausalLog log() {
    return CausalLog.of(events);
  }

  /** The number that an event has in the trace. */
  int indexOf(CausalEvent event) {
    return Integer.parseInt(event.text().substring("event ".length()));
  }
}
