package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.util.List;
import java.util.Objects;

/**
 * How a synchronizer stands, published when it changes.
 *
 * @param state the state
 * @param cause why, for programs; {@link Cause#NONE} where there is nothing to explain
 * @param groups where the sources are divided ({@link Cause#NO_MAJORITY}): each set of sources that
 *     share a time, the largest first; a source may be in several. Empty otherwise
 * @param reason why, for people; empty where there is nothing to explain
 */
public record SyncStatus(State state, Cause cause, List<List<PeerId>> groups, String reason)
    implements Report {

  /** The states. */
  public enum State {
    /** Nothing is known of the time yet. */
    UNSYNCHRONIZED,
    /** Sources answer, and the bound follows from them. */
    SYNCHRONIZED,
    /** No source answers, or too few agree; the bound still holds and grows with age. */
    HOLDOVER,
    /** What was known cannot be trusted any more: a source contradicts itself, the host slept. */
    DISRUPTED
  }

  /**
   * Checks that nothing is missing, and copies the groups.
   *
   * @param state as above
   * @param cause as above
   * @param groups as above
   * @param reason as above
   */
  public SyncStatus {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(reason, "reason");
    groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * With a cause, where the sources are not divided.
   *
   * @param state the state
   * @param cause why, for programs
   * @param reason why, for people
   */
  public SyncStatus(State state, Cause cause, String reason) {
    this(state, cause, List.of(), reason);
  }

  /**
   * With words only.
   *
   * @param state the state
   * @param reason why, for people
   */
  public SyncStatus(State state, String reason) {
    this(state, Cause.NONE, List.of(), reason);
  }

  /**
   * The same with more to say to people.
   *
   * @param other why, for people
   * @return a copy
   */
  public SyncStatus withReason(String other) {
    return new SyncStatus(state, cause, groups, other);
  }
}
