package dev.coeval.sync.ntp.server;

/** What access list and rate limit say to one request. */
enum Verdict {
  /** Answer it: the client has credit. */
  ANSWER,
  /** Answer it although the client has no credit. */
  LEAK,
  /** Ask the client to ask less often. */
  KISS,
  /** Tell the client that it is denied. */
  KISS_DENY,
  /** Stay silent: the client is over its limit. */
  DROP,
  /** Stay silent: the client is denied. */
  DENY
}
