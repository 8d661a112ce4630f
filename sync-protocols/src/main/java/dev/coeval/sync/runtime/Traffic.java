package dev.coeval.sync.runtime;

/** What a runtime counts; see {@link TrafficCounts}. */
public enum Traffic {
  /** Datagrams or frames that arrived whole. */
  RECEIVED,
  /** Replies of a responder that were sent. */
  REPLIED,
  /** Datagrams or frames that a machine sent. */
  SENT,
  /** Arrived, but longer than any protocol here allows: dropped without a look inside. */
  TOO_LONG,
  /** A reply to a request that left from a port of its own, but at another port: dropped. */
  UNASKED,
  /** A responder's reply that would have been larger than its request: dropped. */
  REPLY_TOO_LARGE,
  /** Could not be sent; a machine is told through {@code onUnreachable}. */
  SEND_FAILED,
  /** The operating system reported an error where a datagram or frame was expected. */
  RECEIVE_FAILED,
  /** TCP: a connection beyond the limit, closed at once. */
  CONNECTION_REFUSED,
  /** TCP: a connection that was idle for too long, or too slow with a frame: closed. */
  CONNECTION_TIMED_OUT,
  /** TCP: a frame with a length of zero, or cut off by the end of the connection. */
  FRAME_MALFORMED,
  /** TCP: arrived faster than the machines could take it: dropped. */
  QUEUE_FULL,
}
