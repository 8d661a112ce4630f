package dev.coeval.sync.measure;

/** Why a datagram was not used. */
public enum Rejection {
  /** Shorter than its protocol's header, or than its own length field says. */
  TOO_SHORT,
  /** Longer than its protocol allows, or with bytes left over. */
  TOO_LONG,
  /** Its first bytes are of no protocol that is spoken here. */
  NOT_OUR_PROTOCOL,
  /** A version that is not spoken here. */
  UNKNOWN_VERSION,
  /** A type or mode that does not exist, or is not for this side. */
  UNEXPECTED_TYPE,
  /** A field holds a value that its protocol forbids. */
  MALFORMED,
  /** It comes from an address that was never asked. */
  UNKNOWN_PEER,
  /** It answers no request that is open: late, duplicated, replayed or invented. */
  UNREQUESTED,
  /** It names another request than the open one: its nonce or origin stamp is false. */
  WRONG_NONCE,
  /** It carries no authentication where one is required. */
  NOT_AUTHENTICATED,
  /** It names a key that is not known here. */
  UNKNOWN_KEY,
  /** It names a key that is known here, but is not the one agreed with this peer. */
  OTHER_KEY,
  /** Its authentication code is wrong. */
  BAD_AUTHENTICATION,
  /** The peer says that it is not synchronized (NTP: leap indicator 3, stratum 0 or above 15). */
  PEER_UNSYNCHRONIZED,
  /** A kiss-o'-death that forbids further requests (RFC 5905 section 7.4: DENY, RSTR). */
  KISS_DENY,
  /** A kiss-o'-death that asks for fewer requests (RFC 5905 section 7.4: RATE). */
  KISS_RATE,
  /** Another kiss-o'-death. */
  KISS_OTHER,
  /** The round trip is longer than what the caller accepts. */
  ROUND_TRIP_TOO_LONG,
  /** Its stamps contradict one another, as a delay below zero does, or are out of range. */
  BAD_STAMPS,
  /** The peer's own error is larger than what the caller accepts. */
  DISTANCE_TOO_LARGE,
  /** It contradicts what the same peer said before, or what a majority says. */
  INCONSISTENT,
  /** It belongs to a round, term or coordinator that is over. */
  STALE,
  /** It was seen before (RFC 5905 section 8, TEST1). */
  DUPLICATE,
  /** A crypto-NAK: the other side could not authenticate what it was sent (section 7.3). */
  CRYPTO_NAK,
  /** Its sender is not allowed to ask (section 8, TEST4). */
  ACCESS_DENIED,
  /** Its sender asks too often. */
  RATE_LIMITED,
  /** The peer takes its time from here (section 14). */
  LOOP,
  /** The peer's stratum is not one that is wanted. */
  STRATUM,
  /** The round trip is too long beside the shortest one seen. */
  DELAY_RATIO,
  /** The round trip is too long beside what the offset would otherwise be known to. */
  DELAY_DEVIATION,
  /** The round trip is not among the shortest part of those seen. */
  DELAY_QUANTILE,
  /** Another exchange of the same burst or filter was better. */
  NOT_THE_BEST,
  /** The peer smears leap seconds and others do not, or the other way round. */
  SMEAR_MIXED,
  /** Its stamps are so near to a leap second that they may be of either side of it. */
  NEAR_LEAP,
  /** More than what a stated limit allows: too many peers, members or requests. */
  LIMIT_REACHED,
}
