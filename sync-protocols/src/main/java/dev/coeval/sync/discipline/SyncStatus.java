package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.Report;

/**
 * How a synchronizer stands, published when it changes.
 *
 * @param state the state
 * @param reason why, for people; empty where there is nothing to explain
 */
public record SyncStatus(State state, String reason) implements Report {

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
}
