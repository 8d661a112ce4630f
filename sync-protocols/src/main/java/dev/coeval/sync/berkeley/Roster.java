package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.machine.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom a node would coordinate, were it elected: what polls said about the others, gathered entry
 * by entry. Only a complete list counts, the last that there was: a coordinator that knows a part
 * of its group only would leave the others alone for good.
 */
final class Roster {
  private final Map<Integer, PeerId> entries = new TreeMap<>();
  private Term term = Term.NONE;
  private int size;
  private int ownIndex;
  private List<PeerId> others;

  Roster(List<PeerId> configured) {
    others = List.copyOf(configured);
  }

  /** Takes an entry; once the list is complete it becomes the one that counts. */
  void learn(Term ofTerm, PeerId coordinator, Entry entry) {
    if (!ofTerm.equals(term) || entry.size() != size || entry.receiverIndex() != ownIndex) {
      entries.clear();
      term = ofTerm;
      size = entry.size();
      ownIndex = entry.receiverIndex();
    }
    if (entry.index() != ownIndex) {
      entries.put(entry.index(), entry.address());
    }
    if (entries.size() == size - 1) {
      Set<PeerId> complete = new LinkedHashSet<>(entries.values());
      complete.add(coordinator);
      others = List.copyOf(complete);
    }
  }

  /** Everybody else, the coordinator last; empty as long as no list is complete. */
  List<PeerId> others() {
    return others;
  }
}
