package dev.coeval.sync.order.link;

import java.nio.ByteBuffer;

/** What two ends say to one another; the bytes are drawn in this package's description. */
sealed interface LinkFrame {

  /** The session of the end that says it. */
  long session();

  /**
   * Who are you? And: that is who I am.
   *
   * @param challenge to be echoed, or 0
   * @param echo of the other's challenge, or 0
   */
  record Hello(long session, long challenge, long echo) implements LinkFrame {}

  /** What a frame within a session carries: for whom it is, and what has arrived. */
  sealed interface InSession extends LinkFrame {

    /** The session of the end that it is for. */
    long to();

    /** What has arrived. */
    Receipt receipt();
  }

  /** What has arrived, and nothing else. */
  record Ack(long session, long to, Receipt receipt) implements InSession {}

  /** A message, and what has arrived. */
  record Data(long session, long to, Receipt receipt, long number, ByteBuffer message)
      implements InSession {}

  /**
   * Which messages have arrived.
   *
   * @param upTo all up to this number
   * @param beyond bit i: number {@code upTo + 2 + i} too; the next one is missing, by definition
   */
  record Receipt(long upTo, long beyond) {

    boolean has(long number) {
      long bit = number - upTo - 2;
      return number <= upTo || (bit >= 0 && bit < Long.SIZE && (beyond >>> bit & 1) != 0);
    }
  }
}
