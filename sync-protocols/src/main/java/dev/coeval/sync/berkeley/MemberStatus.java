package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * How a member stands with its coordinator, published when the state changes and listed in each
 * {@link RoundCompleted}.
 *
 * @param member who
 * @param state how it stands
 * @param differenceNanos its clock minus the group's time as last measured; 0 where the state says
 *     that nothing was measured
 * @param errorNanos the largest error of that reading
 * @param reason why, for people; empty where there is nothing to explain
 */
public record MemberStatus(
    PeerId member, State state, long differenceNanos, long errorNanos, String reason)
    implements Report {

  /** The states. */
  public enum State {
    /** Its clock is part of the average. */
    TAKING_PART,
    /** It is near, and takes part once it has settled. */
    JOINING,
    /** Its clock is further from the group's time than gamma: left out until it is near. */
    TOO_FAR,
    /** Its readings contradict one another, or somebody else uses its identifier. */
    INCONSISTENT,
    /** No answer in this round. */
    UNREACHABLE
  }
}
