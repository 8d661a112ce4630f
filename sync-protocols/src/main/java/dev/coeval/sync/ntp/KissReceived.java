package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * A server has sent a kiss-o'-death (RFC 5905 section 7.4): no time, but a word about the requests.
 *
 * <p>It answers an open request, as its origin timestamp proves, so nobody off the path made it up.
 *
 * @param peer the server
 * @param code one to four printable ASCII characters: DENY and RSTR mean "go away", RATE "slower"
 */
public record KissReceived(PeerId peer, String code) implements Report {

  /** Access denied: no more requests. */
  public static final String DENY = "DENY";

  /** Access restricted: no more requests. */
  public static final String RESTRICT = "RSTR";

  /** Too many requests: fewer from now on. */
  public static final String RATE = "RATE";

  /** Whether the server wants no more requests. */
  static boolean isFinal(String code) {
    return code.equals(DENY) || code.equals(RESTRICT);
  }
}
