package dev.coeval.sync.order.broadcast;

/** What became of a message that was to be broadcast. */
public enum BroadcastAnswer {
  /** It is delivered here, and will be wherever a member can be reached. */
  SENT,
  /** With its stamp it does not fit into one datagram: split it. */
  TOO_LONG,
  /** As many own messages as allowed are not yet delivered everywhere: try again later. */
  WINDOW_FULL,
  /** This node is not in the group: not yet, or no more. */
  NOT_A_MEMBER
}
