package dev.coeval.sync.order.broadcast;

import dev.coeval.sync.machine.PeerId;
import java.nio.ByteBuffer;

/** What a broadcast says: the application's bytes, or something about the group. */
sealed interface Content {

  /** The application's, read-only. */
  record Payload(ByteBuffer bytes) implements Content {}

  /** Its sender takes in a new member, whom it has reached at this address. */
  record Join(String actor, PeerId peer) implements Content {}

  /** The last of its sender's messages. */
  record Leave() implements Content {}
}
