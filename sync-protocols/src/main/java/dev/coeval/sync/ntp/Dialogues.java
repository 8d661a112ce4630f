package dev.coeval.sync.ntp;

import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.BroadcastDialogue;
import dev.coeval.sync.ntp.exchange.ClientDialogue;
import dev.coeval.sync.ntp.exchange.Dialogue;
import dev.coeval.sync.ntp.exchange.DialogueConfig;
import dev.coeval.sync.ntp.exchange.ReplyCheck;
import dev.coeval.sync.ntp.exchange.SymmetricDialogue;
import dev.coeval.sync.ntp.packet.ServedTime;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes the dialogue with each source, by its mode.
 *
 * @param keys that sources are spoken to with
 * @param check what of their answers to believe
 * @param served what symmetric peers are told
 * @param random makes nonces
 */
record Dialogues(
    NtpKeys keys, ReplyCheck check, Supplier<ServedTime> served, RandomGenerator random) {

  /** RFC 5905 figure 7. */
  static final int SYMMETRIC_ACTIVE = 1;

  /** RFC 5905 figure 7. */
  static final int SYMMETRIC_PASSIVE = 2;

  /** With a source that is configured. */
  Dialogue of(SourceConfig source) {
    DialogueConfig config = new DialogueConfig(source.peer(), source.wire(), keys, check);
    return switch (source.mode()) {
      case CLIENT -> new ClientDialogue(config, random);
      case SYMMETRIC -> new SymmetricDialogue(config, SYMMETRIC_ACTIVE, served, random);
      case BROADCAST ->
          source.wire().isSealed()
              ? BroadcastDialogue.sealed(config, random)
              : BroadcastDialogue.trusting(config, random);
    };
  }

  /** With a peer that came by itself. */
  Dialogue passive(SourceConfig source) {
    DialogueConfig config = new DialogueConfig(source.peer(), source.wire(), keys, check);
    return new SymmetricDialogue(config, SYMMETRIC_PASSIVE, served, random);
  }
}
