package dev.coeval.logical.version;

import dev.coeval.logical.ActorNames;
import java.util.Comparator;

/**
 * One write: the server that took it, and how many writes it had taken then, this one included.
 *
 * <p>Dots are ordered by server, then by count, so that they can be keys. That order says nothing
 * about causality; {@link VersionVector#contains} does.
 *
 * <p>Immutable and thread-safe.
 *
 * @param server the id of the server, with its incarnation; not empty
 * @param count one or more
 */
public record Dot(String server, long count) implements Comparable<Dot> {

  private static final Comparator<Dot> ORDER =
      Comparator.comparing(Dot::server).thenComparingLong(Dot::count);

  /**
   * Creates a dot.
   *
   * @param server as above
   * @param count as above
   * @throws IllegalArgumentException if the server is no {@link ActorNames name} or the count is
   *     not positive
   */
  public Dot {
    ActorNames.require(server);
    if (count <= 0) {
      throw new IllegalArgumentException("count is not positive: " + count);
    }
  }

  /**
   * Compares by server, then by count.
   *
   * @param other the dot to compare with
   * @return negative, zero or positive as this is before, equal to or after the other
   */
  @Override
  public int compareTo(Dot other) {
    return ORDER.compare(this, other);
  }

  /**
   * The dot as text, for people.
   *
   * @return {@code count@server}
   */
  @Override
  public String toString() {
    return count + "@" + server;
  }
}
