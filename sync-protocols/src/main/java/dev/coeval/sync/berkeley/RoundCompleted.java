package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.util.List;

/**
 * A coordinator has read its members' clocks and told them their differences.
 *
 * @param term the coordinator's term
 * @param round which round of the term, from 1 on
 * @param bounded whether the corrections carry a bound: every clock in the average has settled
 * @param coordinatorTakesPart whether the coordinator's own clock is part of the average
 * @param differenceNanos the coordinator's clock minus the group's time
 * @param members how each member stands, in their configured order
 */
public record RoundCompleted(
    Term term,
    long round,
    boolean bounded,
    boolean coordinatorTakesPart,
    long differenceNanos,
    List<MemberStatus> members)
    implements Report {

  /**
   * Copies the list.
   *
   * @param term as above
   * @param round as above
   * @param bounded as above
   * @param coordinatorTakesPart as above
   * @param differenceNanos as above
   * @param members as above
   */
  public RoundCompleted {
    members = List.copyOf(members);
  }

  /**
   * The members whose clocks are part of the average.
   *
   * @return those that take part, without the coordinator
   */
  public List<PeerId> participants() {
    return members.stream()
        .filter(status -> status.state() == MemberStatus.State.TAKING_PART)
        .map(MemberStatus::member)
        .toList();
  }
}
