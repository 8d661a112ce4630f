package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What members say to one another over their links; the bytes are in the package description. */
sealed interface GroupMessage {

  /** A broadcast, from its sender or from whoever holds it. */
  record Spread(Cast cast) implements GroupMessage {}

  /** What the sender has delivered, and its Lamport counter. */
  record Report(String actor, long counter, VectorTimestamp delivered) implements GroupMessage {}

  /** Send me what you hold of this actor's messages after this one. */
  record Pull(String actor, long after) implements GroupMessage {}

  /** Take me in, under this name. */
  record Ask(String actor) implements GroupMessage {}

  /**
   * A part of what a new member has to know.
   *
   * @param actor whom this is for
   * @param counter the Lamport counter of the message that takes it in
   * @param isLast whether nothing follows
   * @param entries the actors
   */
  record Welcome(String actor, long counter, boolean isLast, List<Entry> entries)
      implements GroupMessage {}

  /**
   * An actor.
   *
   * @param actor its name
   * @param delivered how many of its messages count as delivered
   * @param last the last of its messages, or {@link Long#MAX_VALUE} for a member
   * @param isRetired whether it has left, and no stamp speaks of it any more
   * @param peer where it is; none for one that has left, and for the sender itself
   */
  record Entry(String actor, long delivered, long last, boolean isRetired, @Nullable PeerId peer) {}

  /** The sender does not count this actor as a member, or does not take it in. */
  record Refusal(String actor) implements GroupMessage {}

  /**
   * What the sender holds of members that are to be removed.
   *
   * @param actor the sender
   * @param filled whether it holds all that any of those that remain has delivered
   * @param view who remains, as far as the sender knows
   * @param frozen of those that are to go, how many messages it has delivered
   * @param finals of those, and of those that have gone, the last message, where it is settled
   */
  record Stance(
      String actor,
      boolean filled,
      Set<String> view,
      Map<String, Long> frozen,
      Map<String, Long> finals)
      implements GroupMessage {

    /** Those of whom it says something. */
    Set<String> spoken() {
      Set<String> spoken = new TreeSet<>(frozen.keySet());
      spoken.addAll(finals.keySet());
      return spoken;
    }
  }
}
