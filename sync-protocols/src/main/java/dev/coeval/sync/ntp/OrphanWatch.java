package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import java.util.List;
import java.util.Optional;

/** Where a node stands in its group of orphans; see {@link OrphanGroup}. */
final class OrphanWatch {

  /** What a node does when no reference is left. */
  enum Role {
    /** There is a reference, or there was one a short while ago, or there is no such group. */
    NONE,
    /** It follows its group's leader. */
    FOLLOWING,
    /** It leads. */
    LEADING
  }

  private final LocalConfig.Orphan config;
  private final OrphanGroup group;
  private Role role = Role.NONE;
  private Optional<PeerId> leader = Optional.empty();
  private long referenceTick;

  OrphanWatch(LocalConfig.Orphan config, int ownId) {
    this.config = config;
    this.group = new OrphanGroup(config.stratum(), ownId);
  }

  void begin(long tick) {
    referenceTick = tick;
  }

  Role role() {
    return role;
  }

  int stratum() {
    return config.stratum();
  }

  /** Looks at the sources that answer; true if the role or the leader is another one by that. */
  boolean settle(List<OrphanGroup.Member> members, long tick) {
    if (!config.isEnabled()) {
      return false;
    }
    Role roleBefore = role;
    Optional<PeerId> leaderBefore = leader;
    leader = Optional.empty();
    if (group.hasReference(members)) {
      referenceTick = tick;
      role = Role.NONE;
    } else if (tick - referenceTick < config.waitNanos()) {
      role = Role.NONE;
    } else {
      leader = group.leader(members);
      role = leader.isPresent() ? Role.FOLLOWING : Role.LEADING;
    }
    return role != roleBefore || !leader.equals(leaderBefore);
  }

  /** Whether a source of this stratum may be followed. */
  boolean mayFollow(PeerId peer, int stratum) {
    return !config.isEnabled()
        || stratum < config.stratum()
        || (role == Role.FOLLOWING && leader.equals(Optional.of(peer)));
  }
}
