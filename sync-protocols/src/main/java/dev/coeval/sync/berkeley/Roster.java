package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.machine.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom a node could ask to be elected: what polls said about the others, gathered entry by entry.
 * What is known of an earlier term counts until the list of the current one is complete.
 */
final class Roster {
  private final Map<Integer, PeerId> entries = new TreeMap<>();
  private Term term = Term.NONE;
  private Set<PeerId> earlier;
  private Set<PeerId> coordinator = Set.of();
  private int size;
  private int ownIndex;

  Roster(List<PeerId> configured) {
    earlier = new LinkedHashSet<>(configured);
  }

  void learn(Term ofTerm, PeerId from, Entry entry) {
    if (!ofTerm.equals(term) || entry.size() != size || entry.receiverIndex() != ownIndex) {
      earlier = others();
      entries.clear();
      term = ofTerm;
      size = entry.size();
      ownIndex = entry.receiverIndex();
    }
    coordinator = Set.of(from);
    entries.put(entry.index(), entry.address());
  }

  /** This node led the group itself, or will: these are the others. */
  void set(List<PeerId> members) {
    entries.clear();
    coordinator = Set.of();
    term = Term.NONE;
    size = 0;
    earlier = new LinkedHashSet<>(members);
  }

  /** Everybody else that is known, the coordinator first; no more than a coordinator may have. */
  Set<PeerId> others() {
    Set<PeerId> others = new LinkedHashSet<>(coordinator);
    entries.forEach(
        (index, address) -> {
          if (index != ownIndex) {
            others.add(address);
          }
        });
    if (entries.size() < size || size == 0) {
      PeerId own = entries.get(ownIndex);
      earlier.stream().filter(address -> !address.equals(own)).forEach(others::add);
    }
    return new LinkedHashSet<>(others.stream().limit(BerkeleyConfig.MAX_MEMBERS).toList());
  }
}
