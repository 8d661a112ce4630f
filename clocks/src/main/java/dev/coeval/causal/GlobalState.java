package dev.coeval.causal;

import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A state in which all processes of a log can have been at one time: a consistent cut.
 *
 * @param lastEvents of each process that has had an event, the last one
 */
public record GlobalState(SortedMap<String, CausalEvent> lastEvents) {

  /**
   * Creates a state.
   *
   * @param lastEvents as above
   */
  public GlobalState {
    lastEvents = Collections.unmodifiableSortedMap(new TreeMap<>(lastEvents));
  }

  /**
   * Where a process is.
   *
   * @param actor the process
   * @return its last event; empty if it has had none
   */
  public Optional<CausalEvent> last(String actor) {
    return Optional.ofNullable(lastEvents.get(actor));
  }

  /**
   * The cut.
   *
   * @return of each process, how many of its events have happened
   */
  public VectorTimestamp cut() {
    Map<String, Long> counts = new HashMap<>();
    lastEvents.forEach((actor, event) -> counts.put(actor, event.sequence()));
    return VectorTimestamp.of(counts);
  }
}
