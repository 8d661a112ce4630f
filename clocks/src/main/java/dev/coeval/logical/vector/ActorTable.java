package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Actors by number, the same on both sides of a channel, so that a stamp on the wire need not spell
 * them out.
 *
 * <p>The number of an actor is its place in the list, so a table is extended by putting more actors
 * at the end: stamps written with the shorter table are read with the longer one. How both sides
 * come to the same list is theirs: a configuration, or a handshake.
 *
 * <p>Immutable and thread-safe.
 */
public final class ActorTable {

  private final List<String> actors;
  private final Map<String, Integer> ids = new HashMap<>();

  /** The layout used last; one group of stamps needs only one. Races are harmless. */
  private Layout recent = new Layout(ActorSet.EMPTY, new int[0]);

  private ActorTable(List<String> actors) {
    this.actors = List.copyOf(actors);
    for (String actor : this.actors) {
      if (ids.put(ActorNames.require(actor), ids.size()) != null) {
        throw new IllegalArgumentException("listed twice: " + actor);
      }
    }
    if (ids.size() > VectorTimestamp.MAX_ACTORS) {
      throw new IllegalArgumentException(ids.size() + " actors are too many");
    }
  }

  /**
   * The table of these actors.
   *
   * @param actors their ids (see {@link ActorNames}), each once, at most {@link
   *     VectorTimestamp#MAX_ACTORS}; the first gets the number 0
   * @return the table
   * @throws IllegalArgumentException if one is no id or listed twice, or there are too many
   */
  public static ActorTable of(List<String> actors) {
    return new ActorTable(actors);
  }

  /**
   * The actors.
   *
   * @return an unmodifiable list; the place of an actor is its number
   */
  public List<String> actors() {
    return actors;
  }

  /** The number of an actor, which has to be here. */
  int idOf(String actor) {
    Integer id = ids.get(actor);
    if (id == null) {
      throw new IllegalArgumentException("not in the table: " + actor);
    }
    return id;
  }

  /** The numbers of a set of actors, all of which have to be here. */
  Layout layoutOf(ActorSet set) {
    Layout layout = recent;
    if (layout.actors == set) {
      return layout;
    }
    int[] numbers = new int[set.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = idOf(set.names[i]);
    }
    layout = new Layout(set, numbers);
    recent = layout;
    return layout;
  }

  /** The layout used last: a guess at what a stamp of the same group has. */
  Layout guess() {
    return recent;
  }

  /**
   * Whether both give the same numbers to the same actors.
   *
   * @param other the object to compare with
   * @return true if the other is a table with an equal list
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof ActorTable that && actors.equals(that.actors);
  }

  @Override
  public int hashCode() {
    return actors.hashCode();
  }

  /**
   * The table as text, for people.
   *
   * @return the list of actors
   */
  @Override
  public String toString() {
    return "ActorTable" + actors;
  }

  /** A set of actors and their numbers, in the order of the names; neither is written. */
  static final class Layout {

    final ActorSet actors;
    final int[] ids;

    Layout(ActorSet actors, int[] ids) {
      this.actors = Objects.requireNonNull(actors);
      this.ids = ids;
    }
  }
}
