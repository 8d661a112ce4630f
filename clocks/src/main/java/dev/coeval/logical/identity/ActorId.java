package dev.coeval.logical.identity;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of a process: its name, and which start of it this is.
 *
 * <p>{@link #toString()} is the actor of vector clocks and the node id of Lamport clocks. Two lives
 * never share it, so what one of them did is never taken for a deed of the other.
 *
 * <p>A lineage is a line of incarnations that knew of each other. It ends when a process cannot
 * know any more which was the last: when its high-water mark was lost, or put back from a backup.
 * The next one begins with a new random lineage and the incarnation 1. Two lineages of one name are
 * equal with a probability of {@code 2^-48} for every pair of them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the process; unique among the processes that ever talk to each other
 * @param lineage a random number, 0 to {@link #MAX_LINEAGE}
 * @param incarnation which start within the lineage this is, one or more
 */
public record ActorId(String name, long lineage, long incarnation) {

  /** The largest lineage: 48 bits, so that it takes twelve digits as text. */
  public static final long MAX_LINEAGE = (1L << 48) - 1;

  private static final Pattern TEXT =
      Pattern.compile("(.+)~([0-9a-f]{12})\\.([1-9][0-9]{0,18})", Pattern.DOTALL);
  private static final int HEX = 16;

  /**
   * Creates an id.
   *
   * @param name any text that leaves the whole id within {@link ActorNames#MAX_BYTES}
   * @param lineage 0 to {@link #MAX_LINEAGE}
   * @param incarnation one or more
   * @throws IllegalArgumentException if a number is out of its range, the name is empty or not
   *     well-formed, or the id is too long
   */
  public ActorId {
    ActorNames.require(name);
    if (lineage < 0 || lineage > MAX_LINEAGE) {
      throw new IllegalArgumentException("lineage is not in 0.." + MAX_LINEAGE + ": " + lineage);
    }
    if (incarnation < 1) {
      throw new IllegalArgumentException("incarnation is less than 1: " + incarnation);
    }
    ActorNames.require(text(name, lineage, incarnation));
  }

  /**
   * The id that {@link #toString()} wrote.
   *
   * @param text such as {@code cart~3f9a61c07d2e.4}
   * @return the id
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static ActorId parse(CharSequence text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      try {
        return new ActorId(
            matcher.group(1),
            Long.parseLong(matcher.group(2), HEX),
            Long.parseLong(matcher.group(3)));
      } catch (IllegalArgumentException outOfRange) {
        // No id has such a name or number: told below.
      }
    }
    throw new StampFormatException(Reason.NOT_A_STAMP, "an actor is name~lineage.incarnation");
  }

  /**
   * Whether this is a later life of the same process, in the same lineage. Between lineages nobody
   * knows which was first.
   *
   * @param other another id
   * @return true if name and lineage are equal and the incarnation is greater
   */
  public boolean isLaterThan(ActorId other) {
    return name.equals(other.name) && lineage == other.lineage && incarnation > other.incarnation;
  }

  /** The start after this one. */
  ActorId next() {
    return new ActorId(name, lineage, Math.addExact(incarnation, 1));
  }

  private static String text(String name, long lineage, long incarnation) {
    // One digit more than there are, which is then cut off, keeps the leading zeros.
    String hex = Long.toHexString(MAX_LINEAGE + 1 | lineage).substring(1);
    return name + "~" + hex + "." + incarnation;
  }

  /**
   * The id as text, which {@link #parse} reads: the actor of this life.
   *
   * @return the name, {@code ~}, the lineage in twelve hexadecimal digits, a dot, the incarnation
   */
  @Override
  public String toString() {
    return text(name, lineage, incarnation);
  }
}
