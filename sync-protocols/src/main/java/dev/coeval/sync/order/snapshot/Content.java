package dev.coeval.sync.order.snapshot;

import java.nio.ByteBuffer;
import java.util.SortedMap;

/** What processes say to each other, once and for good. */
sealed interface Content {

  /**
   * A message of the application.
   *
   * @param colour by initiator, its latest snapshot that the sender had heard of; empty where
   *     channels are FIFO
   * @param message its bytes
   */
  record Application(SortedMap<String, Long> colour, ByteBuffer message) implements Content {
    byte[] bytes() {
      return copyOf(message);
    }
  }

  /** The sender has recorded its state. */
  record Marked(Marker marker) implements Content {}

  /**
   * A piece of what the sender recorded, to the initiator.
   *
   * @param id of which snapshot
   * @param index which piece, from 0
   * @param count of how many
   * @param piece its bytes
   */
  record Piece(SnapshotId id, int index, int count, ByteBuffer piece) implements Content {
    byte[] bytes() {
      return copyOf(piece);
    }
  }

  private static byte[] copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** To the initiator: this cannot be done. From it: this is given up. */
  record GivenUp(SnapshotId id, SnapshotAborted.Reason reason) implements Content {}
}
