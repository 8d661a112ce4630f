package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * Whom a node follows that has lost its references together with others (orphan mode, after David
 * Mills' ntpd; RFC 5905 leaves it out).
 *
 * <p><b>Problem.</b> Nodes that follow one another have to stay together when no reference is left,
 * without going round in circles.
 *
 * <p><b>Idea.</b> All know the same stratum for it. A node without a reference serves its own time
 * at that stratum. Of the nodes that do, the one with the lowest reference id is followed by all
 * who see it; whoever sees none lower than itself leads. A follower is one stratum further down,
 * and is followed by nobody of the group.
 *
 * <p><b>Known attack.</b> A member with a low id leads, whatever its time: only nodes that are
 * trusted belong into a group. What the group claims is its distance from its leader, not from UTC.
 *
 * @param stratum the group's
 * @param ownId this node's own reference id
 */
record OrphanGroup(int stratum, int ownId) {

  /**
   * A source that answers.
   *
   * @param peer who
   * @param id the reference id of its address
   * @param stratum its stratum
   */
  record Member(PeerId peer, int id, int stratum) {}

  /** Whether any source has a reference of its own. */
  boolean hasReference(List<Member> sources) {
    return sources.stream().anyMatch(source -> source.stratum() < stratum);
  }

  /** Whom to follow; nobody if this node leads. */
  Optional<PeerId> leader(List<Member> sources) {
    return sources.stream()
        .filter(source -> source.stratum() == stratum)
        .filter(source -> Integer.compareUnsigned(source.id(), ownId) < 0)
        .min((a, b) -> Integer.compareUnsigned(a.id(), b.id()))
        .map(Member::peer);
  }
}
