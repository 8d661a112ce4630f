package dev.coeval.logical;

import java.util.Objects;

/**
 * What may be the id of an actor, that is, of one process or thread whose events are in a line.
 *
 * <p>An actor is named by a string that is not empty, is well-formed UTF-16 (every surrogate has
 * its other half), and is at most {@link #MAX_BYTES} bytes long as UTF-8. So every name has exactly
 * one binary form, whose length fits one byte, and a sender of made-up names cannot fill the memory
 * with a few of them. There are no other rules: blanks, quotes and any script are fine.
 *
 * <p>Stateless for its callers, and thread-safe.
 */
public final class ActorNames {

  /** The longest UTF-8 form of a name: 255 bytes, room for a host name and an incarnation. */
  public static final int MAX_BYTES = 255;

  private static final int CACHE_SIZE = 256;

  /**
   * Names that were found good, each at the place that its hash code gives. Races are harmless:
   * whatever is in here has been checked, and strings are immutable.
   */
  private static final String[] CHECKED = new String[CACHE_SIZE];

  private ActorNames() {}

  /**
   * Lets only names of actors through. A name that was seen lately costs one look into a table.
   *
   * @param actor the id of an actor
   * @return the same id
   * @throws IllegalArgumentException if it is empty, longer than {@link #MAX_BYTES} bytes as UTF-8,
   *     or has half of a surrogate pair
   */
  public static String require(String actor) {
    Objects.requireNonNull(actor, "actor");
    int place = actor.hashCode() & (CACHE_SIZE - 1);
    if (!actor.equals(CHECKED[place])) {
      check(actor);
      CHECKED[place] = actor;
    }
    return actor;
  }

  private static void check(String actor) {
    if (actor.isEmpty()) {
      throw new IllegalArgumentException("actor is empty");
    }
    int bytes = 0;
    for (int i = 0; i < actor.length() && bytes <= MAX_BYTES; i++) {
      int codePoint = actor.codePointAt(i);
      if (Character.isSupplementaryCodePoint(codePoint)) {
        i++;
      } else if (Character.isSurrogate((char) codePoint)) {
        throw new IllegalArgumentException("actor has half of a surrogate pair at " + i);
      }
      bytes += utf8Length(codePoint);
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException("actor is longer than " + MAX_BYTES + " bytes as UTF-8");
    }
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
