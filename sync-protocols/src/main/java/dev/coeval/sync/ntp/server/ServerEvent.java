package dev.coeval.sync.ntp.server;

/**
 * What became of a request that got a reply. Each gets one of {@link #REPLIED}, {@link
 * #KISSED_RATE}, {@link #KISSED_DENY} and {@link #CRYPTO_NAK}; the others are counted beside.
 */
public enum ServerEvent {
  /** A reply with time in it, or with the word that there is none. */
  REPLIED,
  /** A kiss-o'-death RATE: the client was over its limit. */
  KISSED_RATE,
  /** A kiss-o'-death DENY: the client's address is denied. */
  KISSED_DENY,
  /** A crypto-NAK: the request's code was not right. */
  CRYPTO_NAK,
  /** Of those replied to: the node had no time to give (leap indicator 3). */
  UNSYNCHRONIZED,
  /** Of those replied to: in the interleaved mode. */
  INTERLEAVED,
  /** Of those replied to: over the limit, but let through at random. */
  LEAKED,
  /** Of those that got any reply: with a code that was right. */
  AUTHENTICATED
}
