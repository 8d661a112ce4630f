package dev.coeval.causal;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Objects;

/**
 * A recorded event: where it was, its stamp by a vector clock, and what somebody wrote about it.
 *
 * @param actor the process that had the event
 * @param stamp its causal past, itself included
 * @param text what happened; any text, of several lines too
 */
public record CausalEvent(String actor, VectorTimestamp stamp, String text) {

  /**
   * Creates an event.
   *
   * @param actor as above
   * @param stamp as above
   * @param text as above
   * @throws IllegalArgumentException if the actor's id is none, or the stamp does not count an
   *     event of the actor
   */
  public CausalEvent {
    ActorNames.require(actor);
    Objects.requireNonNull(text, "text");
    if (stamp.count(actor) == 0) {
      throw new IllegalArgumentException("no event of " + actor + " in " + stamp);
    }
  }

  /**
   * The place of the event among those of its process.
   *
   * @return one for the first
   */
  public long sequence() {
    return stamp.count(actor);
  }

  /**
   * How this event stands to another, judged by whether the one counts the other.
   *
   * @param other the other event
   * @return their order; {@link CausalOrder#EQUAL} if each counts the other, which in a log that is
   *     well formed an event does with itself only
   */
  public CausalOrder relationTo(CausalEvent other) {
    return CausalOrder.of(
        sequence() <= other.stamp.count(actor), other.sequence() <= stamp.count(other.actor));
  }
}
