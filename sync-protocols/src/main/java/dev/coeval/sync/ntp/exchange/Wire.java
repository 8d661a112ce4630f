package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpPacket;

/**
 * How one remote is spoken to.
 *
 * @param version of NTP, 3 or 4
 * @param isInterleaved whether to ask for the better transmit stamps of the interleaved mode (RFC
 *     9769); a remote that does not know it answers as ever
 * @param keyId the symmetric key that seals our packets and has to seal the remote's; 0 if none
 */
public record Wire(int version, boolean isInterleaved, int keyId) {

  /** No key. */
  public static final int NO_KEY = 0;

  /** NTPv4, basic mode, no key. */
  public static final Wire DEFAULT = new Wire(NtpPacket.VERSION, false, NO_KEY);

  /** The oldest version that is spoken. */
  public static final int MIN_VERSION = 3;

  /**
   * Checks the version.
   *
   * @param version as above
   * @param isInterleaved as above
   * @param keyId as above
   * @throws IllegalArgumentException if the version is neither 3 nor 4
   */
  public Wire {
    if (version < MIN_VERSION || version > NtpPacket.VERSION) {
      throw new IllegalArgumentException("not 3 or 4: version " + version);
    }
  }
}
