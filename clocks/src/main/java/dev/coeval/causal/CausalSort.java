package dev.coeval.causal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/** Sorts the events of a log so that causes come first (Kahn 1962). Used once. */
final class CausalSort {

  private final CausalLog log;
  private final IdentityHashMap<CausalEvent, Integer> causesLeft = new IdentityHashMap<>();
  private final IdentityHashMap<CausalEvent, List<CausalEvent>> effects = new IdentityHashMap<>();
  private final Deque<CausalEvent> free = new ArrayDeque<>();

  CausalSort(CausalLog log) {
    this.log = log;
  }

  List<CausalEvent> sorted() {
    log.actors().forEach(actor -> log.events(actor).forEach(this::file));
    List<CausalEvent> sorted = new ArrayList<>();
    while (!free.isEmpty()) {
      CausalEvent event = free.remove();
      sorted.add(event);
      for (CausalEvent effect : effects.getOrDefault(event, List.of())) {
        if (causesLeft.merge(effect, -1, Integer::sum) == 0) {
          free.add(effect);
        }
      }
    }
    if (sorted.size() < log.size()) {
      throw new IllegalStateException(
          log.size() - sorted.size() + " events cause themselves, or follow from such");
    }
    return List.copyOf(sorted);
  }

  private void file(CausalEvent event) {
    List<CausalEvent> causes = log.causes(event);
    causesLeft.put(event, causes.size());
    for (CausalEvent cause : causes) {
      effects.computeIfAbsent(cause, any -> new ArrayList<>()).add(event);
    }
    if (causes.isEmpty()) {
      free.add(event);
    }
  }
}
