package dev.coeval.sync.ntp.packet;

import dev.coeval.sync.measure.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What a packet of stratum 0 says in place of a reference identifier (RFC 5905 section 7.4, figure
 * 13; NTSN: RFC 8915 section 5.7). A kiss-o'-death is never taken as time.
 */
public enum KissCode {
  /** The association belongs to a unicast server. */
  ACST,
  /** Server authentication failed. */
  AUTH,
  /** Autokey sequence failed. */
  AUTO,
  /** The association belongs to a broadcast server. */
  BCST,
  /** Cryptographic authentication or identification failed. */
  CRYP,
  /** Access is denied: the client must stop asking this server. */
  DENY,
  /** Lost peer in symmetric mode. */
  DROP,
  /** Access is denied by local policy: the client must stop asking this server. */
  RSTR,
  /** The association has not yet synchronized for the first time. */
  INIT,
  /** The association belongs to a dynamically discovered server. */
  MCST,
  /** No key found: it was never known, or is not known any more. */
  NKEY,
  /** NTS: the server could not use the cookie. */
  NTSN,
  /** Too many requests: the client must ask less often. */
  RATE,
  /** Alteration of the association from a remote host. */
  RMOT,
  /** A step of the system's time, and the association has not yet resynchronized. */
  STEP;

  private static final KissCode[] ALL = values();

  private final int id = NtpPacket.Reference.idOf(name());

  /**
   * The code on the wire.
   *
   * @return four ASCII characters, as the reference identifier of a packet
   */
  public int id() {
    return id;
  }

  /**
   * The code of a reference identifier.
   *
   * @param referenceId as in a packet of stratum 0
   * @return the code, or null if it is none that is known
   */
  public static @Nullable KissCode of(int referenceId) {
    for (KissCode code : ALL) {
      if (code.id == referenceId) {
        return code;
      }
    }
    return null;
  }

  /**
   * What a client makes of a packet of stratum 0.
   *
   * @param referenceId as in the packet
   * @return {@link Rejection#KISS_DENY} for DENY and RSTR, {@link Rejection#KISS_RATE} for RATE,
   *     {@link Rejection#KISS_OTHER} for all else, known or not
   */
  public static Rejection rejectionOf(int referenceId) {
    if (referenceId == RATE.id) {
      return Rejection.KISS_RATE;
    }
    return referenceId == DENY.id || referenceId == RSTR.id
        ? Rejection.KISS_DENY
        : Rejection.KISS_OTHER;
  }
}
