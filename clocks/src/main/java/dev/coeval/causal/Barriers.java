package dev.coeval.causal;

import dev.coeval.logical.vector.VectorTimestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be delivered at each other actor before whatever is sent from here on, as far as that
 * actor is not known to have delivered it. Not thread-safe.
 */
final class Barriers {

  private final SortedMap<String, VectorTimestamp> at = new TreeMap<>();
  private final Map<String, VectorTimestamp> confirmed = new HashMap<>();

  /** Adds messages to an actor, which are in the causal past now. */
  void add(String actor, VectorTimestamp counts) {
    VectorTimestamp wanted = at.getOrDefault(actor, VectorTimestamp.empty()).merge(counts);
    set(actor, beyond(wanted, confirmed.getOrDefault(actor, VectorTimestamp.empty())));
  }

  /** An actor is known to have delivered messages: what is behind them need not be said again. */
  void confirm(String actor, VectorTimestamp delivered) {
    confirmed.merge(actor, delivered, VectorTimestamp::merge);
    add(actor, VectorTimestamp.empty());
  }

  /** Forgets an actor to which nobody sends any more. */
  void remove(String actor) {
    at.remove(actor);
    confirmed.remove(actor);
  }

  private void set(String actor, VectorTimestamp counts) {
    if (counts.isEmpty()) {
      at.remove(actor);
    } else {
      at.put(actor, counts);
    }
  }

  /** A copy, in which the barrier at one actor does not count one sender. */
  SortedMap<String, VectorTimestamp> without(String sender, String actor) {
    SortedMap<String, VectorTimestamp> copy = new TreeMap<>(at);
    VectorTimestamp there = copy.remove(actor);
    if (there != null) {
      Map<String, Long> counts = new HashMap<>(there.toMap());
      counts.remove(sender);
      if (!counts.isEmpty()) {
        copy.put(actor, VectorTimestamp.of(counts));
      }
    }
    return copy;
  }

  /** The counts that are greater than those of another, and only these. */
  static VectorTimestamp beyond(VectorTimestamp counts, VectorTimestamp other) {
    Map<String, Long> greater = new HashMap<>(counts.toMap());
    greater.entrySet().removeIf(entry -> entry.getValue() <= other.count(entry.getKey()));
    return greater.size() == counts.size() ? counts : VectorTimestamp.of(greater);
  }
}
