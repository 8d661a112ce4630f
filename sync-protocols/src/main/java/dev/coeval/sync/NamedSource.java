package dev.coeval.sync;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.runtime.HostPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One name of servers, and which of its addresses are asked: one for a server, several for a pool.
 *
 * <p>Pure: it is told what a lookup gave and who is unfit, and says whom to take and whom to drop.
 * Who is unfit is dropped when there is a successor, not before, and not taken again for {@link
 * #AVOIDED_LOOKUPS} lookups. Who is fit is dropped only if it is not of a pool and its name has
 * moved: pools give other addresses at each lookup.
 */
final class NamedSource {

  /** So many lookups an unfit address is passed over. */
  private static final int AVOIDED_LOOKUPS = 8;

  /** A pool whose name gives more is cut: a limit on what is remembered. */
  private static final int MAX_AVOIDED = 64;

  private final HostPort name;
  private final int wanted;
  private final boolean isPool;
  private final Set<PeerId> taken = new LinkedHashSet<>();
  private final Set<PeerId> unfit = new LinkedHashSet<>();
  private final Map<PeerId, Integer> avoided = new LinkedHashMap<>();

  NamedSource(HostPort name, int wanted, boolean isPool) {
    this.name = name;
    this.wanted = wanted;
    this.isPool = isPool;
  }

  /**
   * Whom to ask from now on, and whom no longer.
   *
   * @param added are to be asked
   * @param removed are not to be asked any more
   */
  record Change(List<PeerId> added, List<PeerId> removed) {}

  HostPort name() {
    return name;
  }

  int wanted() {
    return wanted;
  }

  boolean isComplete() {
    return taken.size() >= wanted && unfit.isEmpty();
  }

  Set<PeerId> taken() {
    return Set.copyOf(taken);
  }

  /** It is of no use: another is wanted in its place. False if it is not one of these. */
  boolean reject(PeerId peer) {
    return taken.contains(peer) && unfit.add(peer);
  }

  /** It is of use again. */
  void accept(PeerId peer) {
    unfit.remove(peer);
  }

  /**
   * A lookup gave addresses.
   *
   * @param addresses of the name, best first
   * @param elsewhere peers that other names have taken
   */
  Change found(List<InetAddress> addresses, Set<PeerId> elsewhere) {
    Set<PeerId> listed = new LinkedHashSet<>();
    addresses.forEach(address -> listed.add(new PeerId(address, name.port())));
    List<PeerId> gone = new ArrayList<>();
    for (PeerId peer : taken) {
      if (unfit.contains(peer) || (!isPool && !listed.contains(peer))) {
        gone.add(peer);
      }
    }
    age();
    List<PeerId> fresh = new ArrayList<>();
    for (PeerId peer : listed) {
      if (!taken.contains(peer) && !elsewhere.contains(peer) && !avoided.containsKey(peer)) {
        fresh.add(peer);
      }
    }
    return replace(gone, fresh);
  }

  private Change replace(List<PeerId> gone, List<PeerId> fresh) {
    List<PeerId> added = new ArrayList<>();
    List<PeerId> removed = new ArrayList<>();
    for (PeerId peer : fresh) {
      if (taken.size() >= wanted) {
        if (gone.isEmpty()) {
          break;
        }
        PeerId out = gone.remove(0);
        drop(out);
        removed.add(out);
      }
      taken.add(peer);
      added.add(peer);
    }
    return new Change(added, removed); // who has no successor stays: better than nobody
  }

  private void drop(PeerId peer) {
    taken.remove(peer);
    if (unfit.remove(peer)) {
      avoided.put(peer, AVOIDED_LOOKUPS);
      if (avoided.size() > MAX_AVOIDED) {
        avoided.remove(avoided.keySet().iterator().next());
      }
    }
  }

  private void age() {
    avoided.replaceAll((peer, left) -> left - 1);
    avoided.values().removeIf(left -> left <= 0);
  }
}
