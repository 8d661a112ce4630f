package dev.coeval.sync.ntp.server;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import java.util.List;

/**
 * To whom an {@link NtpBroadcaster} sends, and how often.
 *
 * @param targets broadcast or multicast addresses, each with its port; 1 to {@link #MAX_TARGETS}
 * @param intervalExponent log₂ of the seconds between two packets, 0 to 17
 * @param keys has the key that packets are sealed with
 * @param keyId that key, or {@link NtpDatagram#NO_KEY}: packets are not sealed
 */
public record BroadcastConfig(List<PeerId> targets, int intervalExponent, NtpKeys keys, int keyId) {

  /** A node has no more networks than this: 16. */
  public static final int MAX_TARGETS = 16;

  /** RFC 5905 section 7.2: 64 s. */
  public static final int DEFAULT_INTERVAL_EXPONENT = 6;

  private static final int MAX_EXPONENT = 17;

  /**
   * Checks the ranges.
   *
   * @param targets as above
   * @param intervalExponent as above
   * @param keys as above
   * @param keyId as above
   * @throws IllegalArgumentException if one is out of its range, or there is no such key
   */
  public BroadcastConfig {
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.size() > MAX_TARGETS) {
      throw new IllegalArgumentException("number of targets is out of range: " + targets.size());
    }
    if (intervalExponent < 0 || intervalExponent > MAX_EXPONENT) {
      throw new IllegalArgumentException("intervalExponent is out of range: " + intervalExponent);
    }
    if (keyId != NtpDatagram.NO_KEY && keys.find(keyId) == null) {
      throw new IllegalArgumentException("no such key: " + Integer.toUnsignedString(keyId));
    }
  }

  /**
   * To one address every {@link #DEFAULT_INTERVAL_EXPONENT}, not sealed.
   *
   * @param target a broadcast or multicast address and its port
   * @return the configuration
   */
  public static BroadcastConfig to(PeerId target) {
    return new BroadcastConfig(
        List.of(target), DEFAULT_INTERVAL_EXPONENT, NtpKeys.empty(), NtpDatagram.NO_KEY);
  }

  /**
   * The same at another rate.
   *
   * @param newIntervalExponent log₂ of seconds, 0 to 17
   * @return the configuration
   * @throws IllegalArgumentException if it is out of range
   */
  public BroadcastConfig withIntervalExponent(int newIntervalExponent) {
    return new BroadcastConfig(targets, newIntervalExponent, keys, keyId);
  }

  /**
   * The same, sealed.
   *
   * @param newKeys has the key
   * @param newKeyId which one
   * @return the configuration
   * @throws IllegalArgumentException if there is no such key
   */
  public BroadcastConfig withKey(NtpKeys newKeys, int newKeyId) {
    return new BroadcastConfig(targets, intervalExponent, newKeys, newKeyId);
  }
}
