package dev.coeval.causal;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a causal unicast says about a message: which one it is, and what must be delivered before
 * it, here and elsewhere.
 *
 * <p>Messages are counted on each channel, that is from one sender to one destination. A barrier at
 * an actor is a vector of such counts: of each sender, how many of its messages to that actor are
 * in the causal past. The barrier at the destination holds this message back; those at others are
 * passed on, for the messages that the receiver will send to them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param sender the actor that sent the message
 * @param destination the actor that it is for
 * @param sequence its place among the messages from the one to the other, one for the first
 * @param delivered of each sender, how many messages the sender of this one has delivered, as far
 *     as its earlier messages to this destination did not say so
 * @param barriers by actor, what must be delivered there before whatever follows from this message
 */
public record UnicastStamp(
    String sender,
    String destination,
    long sequence,
    VectorTimestamp delivered,
    SortedMap<String, VectorTimestamp> barriers) {

  /**
   * Creates a stamp.
   *
   * @param sender as above
   * @param destination as above
   * @param sequence as above
   * @param delivered as above
   * @param barriers as above
   * @throws IllegalArgumentException if an id is none, the sequence is below one, counts are
   *     pruned, a barrier is empty or stands at the sender, or the one at the destination counts
   *     messages of the sender, which the sequence implies
   */
  public UnicastStamp {
    ActorNames.require(sender);
    ActorNames.require(destination);
    barriers = Collections.unmodifiableSortedMap(new TreeMap<>(barriers));
    if (sequence < 1 || !delivered.pruned().isEmpty()) {
      throw new IllegalArgumentException("no message: " + sequence + ", " + delivered);
    }
    for (Map.Entry<String, VectorTimestamp> entry : barriers.entrySet()) {
      String at = ActorNames.require(entry.getKey());
      if (at.equals(sender)
          || entry.getValue().isEmpty()
          || !entry.getValue().pruned().isEmpty()
          || (at.equals(destination) && entry.getValue().count(sender) > 0)) {
        throw new IllegalArgumentException("no barrier of " + sender + ": " + entry);
      }
    }
  }

  /**
   * The name of the message among those for its destination.
   *
   * @return sender and sequence
   */
  public MessageId id() {
    return new MessageId(sender, sequence);
  }

  /**
   * What must be delivered at an actor before whatever follows from this message.
   *
   * @param actor the actor
   * @return of each sender, the number of messages to that actor
   */
  public VectorTimestamp barrierAt(String actor) {
    return barriers.getOrDefault(actor, VectorTimestamp.empty());
  }
}
