package dev.coeval.causal;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an actor has to know to take part in a group's broadcasts: a member hands its own to the one
 * that joins, together with the application's state.
 *
 * @param members the actors that are members
 * @param departed the actors that have left, each with the last of its messages that the group
 *     delivers, zero for none
 * @param delivered how many messages of each of them count as delivered
 */
public record GroupView(
    Set<String> members, Map<String, Long> departed, VectorTimestamp delivered) {

  /**
   * Creates a view.
   *
   * @param members as above
   * @param departed as above
   * @param delivered as above
   * @throws IllegalArgumentException if an id is none, is both of a member and departed, or counts
   *     as delivered though it is neither, or beyond its last message
   */
  public GroupView {
    members = Set.copyOf(members);
    departed = Map.copyOf(departed);
    Set<String> all = new HashSet<>(members);
    for (Map.Entry<String, Long> entry : departed.entrySet()) {
      if (!all.add(entry.getKey()) || entry.getValue() < delivered.count(entry.getKey())) {
        throw new IllegalArgumentException("departed, and yet there: " + entry);
      }
    }
    all.forEach(ActorNames::require);
    if (!all.containsAll(delivered.toMap().keySet())) {
      throw new IllegalArgumentException(delivered + " in a group of " + all);
    }
  }

  /**
   * The view of a group whose members begin together.
   *
   * @param members the actors
   * @return a view in which nothing is delivered and nobody has left
   * @throws IllegalArgumentException if an id is none
   */
  public static GroupView of(Set<String> members) {
    return new GroupView(members, Map.of(), VectorTimestamp.empty());
  }
}
