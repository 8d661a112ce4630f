package dev.coeval.sync.order.broadcast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is delivered here and not known to be delivered everywhere: whoever lacks it can have it
 * from here, whatever became of its sender.
 */
final class MessageStore {
  private final Map<String, NavigableMap<Long, Cast>> bySender = new HashMap<>();

  void add(Cast cast) {
    bySender
        .computeIfAbsent(cast.stamp().sender(), any -> new TreeMap<>())
        .put(cast.stamp().sequence(), cast);
  }

  /** Everybody has it, and what came before it. */
  void discard(String sender, long upTo) {
    NavigableMap<Long, Cast> casts = bySender.get(sender);
    if (casts != null) {
      casts.headMap(upTo, true).clear();
      if (casts.isEmpty()) {
        bySender.remove(sender);
      }
    }
  }

  int size(String sender) {
    NavigableMap<Long, Cast> casts = bySender.get(sender);
    return casts == null ? 0 : casts.size();
  }

  int size() {
    return bySender.values().stream().mapToInt(Map::size).sum();
  }

  /** The next messages of a sender after one of them, in order. */
  List<Cast> after(String sender, long sequence, int most) {
    NavigableMap<Long, Cast> casts = bySender.get(sender);
    return casts == null
        ? List.of()
        : casts.tailMap(sequence, false).values().stream().limit(most).toList();
  }
}
