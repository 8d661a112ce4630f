package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.nio.ByteBuffer;
import java.util.Set;

/** What a broadcast machine publishes. */
public sealed interface GroupEvent extends Report {

  /**
   * A message is delivered: in causal order, or in the total order, as the machine says.
   *
   * @param sender the actor that sent it, this node's own messages included
   * @param stamp its place in the causal order: for each actor, how many of its messages are this
   *     one or in its causal past. The sender's own entry is the number of the message
   * @param place its place in the total order, which extends the causal one
   * @param payload its bytes from position to limit, read-only, the receiver's to keep
   */
  record Delivered(String sender, VectorTimestamp stamp, LamportTimestamp place, ByteBuffer payload)
      implements GroupEvent {}

  /**
   * This node is in the group.
   *
   * @param self the actor that it is
   * @param members the actors in the group, this one included
   */
  record Joined(String self, Set<String> members) implements GroupEvent {}

  /**
   * An actor has joined.
   *
   * @param actor who
   * @param peer where it is
   */
  record MemberJoined(String actor, PeerId peer) implements GroupEvent {}

  /**
   * An actor is no member any more.
   *
   * @param actor who
   * @param last the number of the last of its messages that the group delivers
   * @param ofItsOwn whether it said so itself; otherwise it was removed
   */
  record MemberLeft(String actor, long last, boolean ofItsOwn) implements GroupEvent {}

  /**
   * Nothing is heard of a member for a while. It may have crashed, or be cut off, or slow. It stays
   * a member, and what is not delivered there is kept for it, until it is heard again, leaves, or
   * is removed.
   *
   * @param actor who
   */
  record MemberSilent(String actor) implements GroupEvent {}

  /**
   * A member that was silent is heard again.
   *
   * @param actor who
   */
  record MemberHeard(String actor) implements GroupEvent {}

  /**
   * Every member has delivered all messages of an actor up to this one. In total order, every
   * member has them, and delivers them in their places.
   *
   * @param sender the actor
   * @param sequence the number of its message
   */
  record Stable(String sender, long sequence) implements GroupEvent {}

  /**
   * This node is in the group no more: it has left, and everybody knows, or the others have removed
   * it.
   *
   * @param self the actor that it was
   * @param ofItsOwn whether it left; otherwise it was removed
   */
  record Ended(String self, boolean ofItsOwn) implements GroupEvent {}
}
