package dev.coeval.logical.lamport;

import java.util.Comparator;
import java.util.Objects;

/**
 * A counter and the node that issued it: the stamp of one event.
 *
 * <p>Stamps are totally ordered by counter, then by node id (in the order of {@link
 * String#compareTo}). The order is consistent with {@code equals}, total over all events as long as
 * no two nodes share an id, and never contradicts causality. It does not <em>show</em> causality:
 * {@code a < b} only says that {@code b} did not happen before {@code a}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param counter how long the longest causal chain up to this event is; zero for no event at all
 * @param nodeId the process on which the event was; not empty, unique among the processes
 */
public record LamportTimestamp(long counter, String nodeId)
    implements Comparable<LamportTimestamp> {

  private static final Comparator<LamportTimestamp> ORDER =
      Comparator.comparingLong(LamportTimestamp::counter).thenComparing(LamportTimestamp::nodeId);

  /**
   * Creates a stamp.
   *
   * @param counter zero or more
   * @param nodeId not empty
   * @throws IllegalArgumentException if the counter is negative or the node id empty
   */
  public LamportTimestamp {
    Objects.requireNonNull(nodeId, "nodeId");
    if (counter < 0) {
      throw new IllegalArgumentException("counter is negative: " + counter);
    }
    if (nodeId.isEmpty()) {
      throw new IllegalArgumentException("node id is empty");
    }
  }

  /**
   * Compares by counter, then by node id.
   *
   * @param other the stamp to compare with
   * @return negative, zero or positive as this stamp is before, equal to or after the other
   */
  @Override
  public int compareTo(LamportTimestamp other) {
    return ORDER.compare(this, other);
  }

  /**
   * The stamp as text, for people.
   *
   * @return {@code counter@nodeId}
   */
  @Override
  public String toString() {
    return counter + "@" + nodeId;
  }
}
