package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import java.util.Objects;

/**
 * What every kind of dialogue needs.
 *
 * @param peer who is at the other end
 * @param wire how to speak to it
 * @param check what of its answers to believe
 */
public record DialogueConfig(PeerId peer, Wire wire, ReplyCheck check) {

  /**
   * Checks that all parts are there.
   *
   * @param peer as above
   * @param wire as above
   * @param check as above
   */
  public DialogueConfig {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(wire, "wire");
    Objects.requireNonNull(check, "check");
  }
}
