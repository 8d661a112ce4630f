package dev.coeval.sync.ntp.server;

/** What an {@link AccessList} says to an address. */
public enum Access {
  /** Its requests are answered. */
  ALLOW,
  /** Its requests get no reply. */
  DENY,
  /**
   * Its requests get a kiss-o'-death DENY (RFC 5905 section 7.4), no more often than the rate limit
   * lets through: a client that behaves stops asking.
   */
  DENY_WITH_KISS
}
