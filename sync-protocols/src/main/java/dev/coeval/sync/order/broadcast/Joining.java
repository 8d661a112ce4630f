package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.GroupView;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.broadcast.GroupMessage.Entry;
import dev.coeval.sync.order.broadcast.GroupMessage.Welcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that wants to be taken in: it asks one contact at a time, each time as another actor,
 * since the one before may have been taken in without its knowing.
 */
final class Joining {
  private final List<PeerId> contacts;
  private final List<Entry> entries = new ArrayList<>();
  private int attempts;
  private String actor = "";

  /** What a group's member has told. */
  record Taken(
      GroupView view, Map<String, PeerId> others, Map<String, Long> retired, String sponsor) {}

  Joining(List<PeerId> contacts) {
    this.contacts = contacts;
  }

  String actor() {
    return actor;
  }

  PeerId contact() {
    return contacts.get((attempts + contacts.size() - 1) % contacts.size());
  }

  /** Turns to the next contact, under a new name. */
  PeerId next(String newActor) {
    attempts++;
    actor = newActor;
    entries.clear();
    return contact();
  }

  /** Asks the same contact again, under a new name. */
  void again(String newActor) {
    actor = newActor;
    entries.clear();
  }

  /** Takes a part; all that there is to know once the last has come, and it makes sense. */
  Optional<Taken> take(PeerId from, Welcome welcome) {
    if (!from.equals(contact()) || !welcome.actor().equals(actor)) {
      return Optional.empty();
    }
    if (entries.size() < Group.MAX_NAMED + Group.MAX_DEPARTED) {
      entries.addAll(welcome.entries());
    }
    return welcome.isLast() && welcome.counter() <= Group.MAX_COUNTER
        ? taken(from)
        : Optional.empty();
  }

  private Optional<Taken> taken(PeerId from) {
    Map<String, PeerId> others = new HashMap<>();
    Map<String, Long> departed = new HashMap<>();
    Map<String, Long> delivered = new HashMap<>();
    Map<String, Long> retired = new LinkedHashMap<>();
    String sponsor = "";
    for (Entry entry : entries) {
      if (entry.last() == Long.MAX_VALUE) {
        PeerId peer = entry.peer();
        sponsor = peer == null ? entry.actor() : sponsor;
        others.put(entry.actor(), peer == null ? from : peer);
        delivered.put(entry.actor(), entry.delivered());
      } else if (entry.isRetired()) {
        retired.put(entry.actor(), entry.last());
      } else {
        departed.put(entry.actor(), entry.last());
        delivered.put(entry.actor(), entry.delivered());
      }
    }
    try {
      GroupView view = new GroupView(others.keySet(), departed, VectorTimestamp.of(delivered));
      boolean makesSense = !sponsor.isEmpty() && view.delivered().count(sponsor) > 0;
      return makesSense && !others.containsKey(actor) && !departed.containsKey(actor)
          ? Optional.of(new Taken(view, others, retired, sponsor))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // it contradicts itself
    }
  }
}
