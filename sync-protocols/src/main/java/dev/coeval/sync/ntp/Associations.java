package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The associations of one machine, by remote and by the index in their timers' names. */
final class Associations {
  private final Map<PeerId, Association> byPeer = new LinkedHashMap<>();
  private final Map<Integer, Association> byIndex = new LinkedHashMap<>();
  private int nextIndex;

  int nextIndex() {
    return nextIndex++;
  }

  void add(Association association) {
    byPeer.put(association.peer(), association);
    byIndex.put(association.index(), association);
  }

  void remove(Association association) {
    byPeer.remove(association.peer());
    byIndex.remove(association.index());
  }

  @Nullable Association of(PeerId peer) {
    return byPeer.get(peer);
  }

  @Nullable Association at(int index) {
    return byIndex.get(index);
  }

  Collection<Association> all() {
    return byPeer.values();
  }

  int size() {
    return byPeer.size();
  }

  int passive() {
    return (int) byPeer.values().stream().filter(Association::isPassive).count();
  }

  boolean allHadTheirChance() {
    return byPeer.values().stream().allMatch(Association::hadItsChance);
  }

  /** Those that answer, as members of a group of orphans. */
  List<OrphanGroup.Member> members() {
    return byPeer.values().stream()
        .filter(Association::isReachable)
        .filter(association -> association.lastPacket() != null)
        .map(Associations::member)
        .toList();
  }

  private static OrphanGroup.Member member(Association association) {
    var packet = java.util.Objects.requireNonNull(association.lastPacket());
    return new OrphanGroup.Member(
        association.peer(), association.referenceId(), packet.quality().stratum());
  }
}
