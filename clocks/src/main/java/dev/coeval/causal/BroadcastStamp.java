package dev.coeval.causal;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;

/**
 * What a causal broadcast says about a message: its sender, and for every actor the number of its
 * messages that are the message itself or in its causal past.
 *
 * <p>The sender's own entry is the sequence of the message; every other entry is the number of
 * messages of that actor that the sender had delivered. Unlike the stamps of a vector clock, which
 * count all events, these count messages alone (Birman, Schiper, Stephenson 1991).
 *
 * <p>Immutable and thread-safe.
 *
 * @param sender the actor that sent the message
 * @param vector the message and its causal past, as counts of messages
 */
public record BroadcastStamp(String sender, VectorTimestamp vector) {

  /**
   * Creates a stamp.
   *
   * @param sender as above
   * @param vector as above
   * @throws IllegalArgumentException if the vector does not count a message of the sender, or has
   *     lost counts
   */
  public BroadcastStamp {
    if (vector.count(sender) < 1 || !vector.pruned().isEmpty()) {
      throw new IllegalArgumentException("no message of " + sender + ": " + vector);
    }
  }

  /**
   * The place of the message among those of its sender.
   *
   * @return one for the first message
   */
  public long sequence() {
    return vector.count(sender);
  }

  /**
   * The name of the message.
   *
   * @return sender and sequence
   */
  public MessageId id() {
    return new MessageId(sender, sequence());
  }

  /**
   * How the sending of this message stands to that of another.
   *
   * @param other the stamp of the other message
   * @return their order; {@link CausalOrder#EQUAL} for the same message only
   */
  public CausalOrder relationTo(BroadcastStamp other) {
    boolean before = vector.count(sender) <= other.vector.count(sender);
    boolean after = other.vector.count(other.sender) <= vector.count(other.sender);
    return CausalOrder.of(before, after);
  }
}
