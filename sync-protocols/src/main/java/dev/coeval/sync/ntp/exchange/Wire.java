package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpPacket;

/**
 * How one remote is spoken to.
 *
 * @param version of NTP, 3 or 4
 * @param isInterleaved whether to ask for the better transmit stamps of the interleaved mode (RFC
 *     9769); a remote that does not know it answers as ever
 * @param keyId the symmetric key that seals our packets and has to seal the remote's, 32 bits,
 *     unsigned; {@link #NO_KEY} if there is none
 */
public record Wire(int version, boolean isInterleaved, int keyId) {

  /** No key: our packets carry no code, and none is asked for. */
  public static final int NO_KEY = 0;

  /** The oldest version that is spoken. */
  public static final int MIN_VERSION = 3;

  /** NTPv4, basic mode, no key. */
  public static final Wire DEFAULT = new Wire(NtpPacket.VERSION, false, NO_KEY);

  /**
   * Checks the version.
   *
   * @param version as above
   * @param isInterleaved as above
   * @param keyId as above
   * @throws IllegalArgumentException if the version is neither 3 nor 4
   */
  public Wire {
    if (!speaks(version)) {
      throw new IllegalArgumentException("not 3 or 4: version " + version);
    }
  }

  /**
   * Whether packets carry a code.
   *
   * @return true if there is a key
   */
  public boolean isSealed() {
    return keyId != NO_KEY;
  }

  /**
   * The same with the interleaved mode.
   *
   * @param newInterleaved whether to ask for it
   * @return the wire
   */
  public Wire withInterleaved(boolean newInterleaved) {
    return new Wire(version, newInterleaved, keyId);
  }

  /**
   * The same with another key.
   *
   * @param newKeyId as above
   * @return the wire
   */
  public Wire withKeyId(int newKeyId) {
    return new Wire(version, isInterleaved, newKeyId);
  }

  static boolean speaks(int version) {
    return MIN_VERSION <= version && version <= NtpPacket.VERSION;
  }
}
