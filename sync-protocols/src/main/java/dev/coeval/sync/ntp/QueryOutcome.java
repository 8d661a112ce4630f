package dev.coeval.sync.ntp;

/** What came of a query or of one exchange. */
public enum QueryOutcome {
  /** The server gave its time. */
  ANSWERED,
  /** Nothing came back in time. */
  NO_REPLY,
  /** The network or the server's host said that nobody listens there. */
  UNREACHABLE,
  /** The server says that it is not synchronized. */
  UNSYNCHRONIZED,
  /** The server sent a kiss-o'-death. */
  KISS,
  /** The server's reply contradicts itself, or it is too far from the truth by its own words. */
  UNUSABLE
}
