package dev.coeval.sync.order.snapshot;

import java.util.Comparator;

/**
 * Which snapshot: who began it, and its how-manieth that is.
 *
 * @param initiator the process that began it
 * @param number 1 for its first; restarts do not begin anew
 */
public record SnapshotId(String initiator, long number) implements Comparable<SnapshotId> {
  private static final Comparator<SnapshotId> ORDER =
      Comparator.comparing(SnapshotId::initiator).thenComparingLong(SnapshotId::number);

  /**
   * Checks the components.
   *
   * @param initiator as above
   * @param number as above
   * @throws IllegalArgumentException if the name is empty or the number less than 1
   */
  public SnapshotId {
    if (initiator.isEmpty() || number < 1) {
      throw new IllegalArgumentException("not a snapshot: " + initiator + " " + number);
    }
  }

  /**
   * Orders by initiator, then by number; that says nothing about which was first.
   *
   * @param other the other
   * @return negative, zero or positive
   */
  @Override
  public int compareTo(SnapshotId other) {
    return ORDER.compare(this, other);
  }

  /**
   * As {@code alice/3}.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return initiator + "/" + number;
  }
}
