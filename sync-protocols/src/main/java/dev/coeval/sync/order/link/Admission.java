package dev.coeval.sync.order.link;

/** Whether a link took a message: the answer that slows a sender down. */
public enum Admission {
  /** The link holds it now, and sends it until it is acknowledged. */
  ACCEPTED,
  /** It is longer than {@link Links#MAX_MESSAGE_BYTES}. It never fits; split it. */
  TOO_LONG,
  /** As many messages as allowed wait for their acknowledgement. It fits later. */
  WINDOW_FULL,
  /** There is no link with this peer. */
  NOT_LINKED
}
