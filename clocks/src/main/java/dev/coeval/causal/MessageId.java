package dev.coeval.causal;

import dev.coeval.logical.ActorNames;

/**
 * The name of one message: who sent it, and its place among that actor's messages.
 *
 * <p>The actor is one incarnation of a process: a process that restarts without its state comes
 * back as another actor, so that no two messages ever share a name.
 *
 * @param sender the actor that sent it
 * @param sequence its place among the sender's messages, one for the first
 */
public record MessageId(String sender, long sequence) {

  /**
   * Creates a name.
   *
   * @param sender as above
   * @param sequence as above
   * @throws IllegalArgumentException if the sender is no actor's id or the sequence is below one
   */
  public MessageId {
    ActorNames.require(sender);
    if (sequence < 1) {
      throw new IllegalArgumentException("no message: " + sender + "#" + sequence);
    }
  }

  /**
   * The name as text, for people.
   *
   * @return sender and sequence: {@code alice#7}
   */
  @Override
  public String toString() {
    return sender + "#" + sequence;
  }
}
