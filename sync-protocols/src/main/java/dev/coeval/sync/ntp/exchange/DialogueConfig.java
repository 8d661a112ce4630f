package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.auth.NtpKeys;
import java.util.Objects;

/**
 * What every kind of dialogue needs.
 *
 * @param peer who is at the other end
 * @param wire how to speak to it
 * @param keys holds the key that {@link Wire#keyId()} names
 * @param check what of its answers to believe
 */
public record DialogueConfig(PeerId peer, Wire wire, NtpKeys keys, ReplyCheck check) {

  /**
   * Checks that all parts are there, and the key.
   *
   * @param peer as above
   * @param wire as above
   * @param keys as above
   * @param check as above
   * @throws IllegalArgumentException if the key is not among the keys
   */
  public DialogueConfig {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(check, "check");
    if (wire.isSealed() && keys.find(wire.keyId()) == null) {
      throw new IllegalArgumentException(
          peer + ": there is no key " + Integer.toUnsignedString(wire.keyId()));
    }
  }

  /**
   * Without a key.
   *
   * @param peer as above
   * @param wire as above, with {@link Wire#NO_KEY}
   * @param check as above
   * @return a dialogue without codes
   */
  public static DialogueConfig open(PeerId peer, Wire wire, ReplyCheck check) {
    return new DialogueConfig(peer, wire, NtpKeys.empty(), check);
  }
}
