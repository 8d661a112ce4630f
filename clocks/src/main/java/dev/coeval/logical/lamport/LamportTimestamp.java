package dev.coeval.logical.lamport;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;

/**
 * A counter and the node that issued it: the stamp of one event.
 *
 * <p>Stamps are totally ordered by counter, then by node id, code point by code point, which is the
 * order of its UTF-8 bytes ({@link String#compareTo} differs from it above U+FFFF). The order is
 * consistent with {@code equals}, total over all events as long as no two nodes share an id, and
 * never contradicts causality; it is also the order of the bytes of {@link LamportTimestampCodec}.
 * It does not <em>show</em> causality: {@code a < b} only says that {@code b} did not happen before
 * {@code a}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param counter how long the longest causal chain up to this event is; zero for no event at all
 * @param nodeId the process on which the event was; unique among the processes, and a name as
 *     {@link ActorNames} wants it
 */
public record LamportTimestamp(long counter, String nodeId)
    implements Comparable<LamportTimestamp> {

  private static final char SEPARATOR = '@';

  /**
   * Creates a stamp.
   *
   * @param counter zero or more
   * @param nodeId not empty
   * @throws IllegalArgumentException if the counter is negative, or the node id empty, too long or
   *     not well-formed UTF-16
   */
  public LamportTimestamp {
    ActorNames.require(nodeId);
    if (counter < 0) {
      throw new IllegalArgumentException("counter is negative: " + counter);
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
    int byCounter = Long.compare(counter, other.counter);
    return byCounter != 0 ? byCounter : compareCodePoints(nodeId, other.nodeId);
  }

  /**
   * The order of two strings by code points. In UTF-16 it differs from the order by units only
   * where exactly one of the first two units that differ is half of a pair: that one is the
   * greater.
   */
  private static int compareCodePoints(String first, String second) {
    int common = Math.min(first.length(), second.length());
    for (int i = 0; i < common; i++) {
      char a = first.charAt(i);
      char b = second.charAt(i);
      if (a != b) {
        boolean aboveBasic = Character.isSurrogate(a);
        return aboveBasic == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : aboveBasic ? 1 : -1;
      }
    }
    return Integer.compare(first.length(), second.length());
  }

  /**
   * The stamp that {@link #toString()} wrote.
   *
   * @param text such as {@code 7@a}; no other spelling of the number is accepted
   * @return the stamp
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static LamportTimestamp parse(CharSequence text) {
    String given = text.toString();
    int at = given.indexOf(SEPARATOR);
    try {
      LamportTimestamp stamp =
          new LamportTimestamp(
              Long.parseLong(given, 0, Math.max(at, 0), 10), given.substring(at + 1));
      if (stamp.toString().equals(given)) {
        return stamp;
      }
    } catch (IllegalArgumentException notAStamp) {
      // Neither number nor node id: told below, without quoting what may be long.
    }
    throw new StampFormatException(Reason.NOT_A_STAMP, "a Lamport timestamp is counter@nodeId");
  }

  /**
   * The stamp as text, which {@link #parse} reads.
   *
   * @return {@code counter@nodeId}, the counter in decimal
   */
  @Override
  public String toString() {
    return Long.toString(counter) + SEPARATOR + nodeId;
  }
}
