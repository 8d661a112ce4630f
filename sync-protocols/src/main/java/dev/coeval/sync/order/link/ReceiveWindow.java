package dev.coeval.sync.order.link;

import dev.coeval.sync.order.link.LinkConfig.Order;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;

/**
 * Which messages of the other end have arrived, each once, and those that wait for one before them.
 * Holds at most {@link LinkConfig#MAX_WINDOW_MESSAGES}.
 */
final class ReceiveWindow {
  private final Order order;
  private final TreeMap<Long, ByteBuffer> early = new TreeMap<>();
  private long upTo;
  private long beyond;

  /** What became of a message. */
  enum Outcome {
    NEW,
    REPEATED,
    TOO_FAR
  }

  ReceiveWindow(Order order) {
    this.order = order;
  }

  Receipt receipt() {
    return new Receipt(upTo, beyond);
  }

  /** How many messages wait for one before them. */
  int waiting() {
    return early.size();
  }

  /** Takes a message, and adds to the list what may be handed on by now. */
  Outcome take(long number, ByteBuffer message, List<ByteBuffer> handOn) {
    if (receipt().has(number)) {
      return Outcome.REPEATED;
    }
    if (number - upTo > LinkConfig.MAX_WINDOW_MESSAGES) {
      return Outcome.TOO_FAR;
    }
    ByteBuffer kept = ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
    if (order == Order.ANY) {
      handOn.add(kept.asReadOnlyBuffer());
    } else {
      early.put(number, kept.asReadOnlyBuffer());
    }
    if (number == upTo + 1) {
      advance();
    } else {
      beyond |= 1L << (number - upTo - 2);
    }
    while (!early.isEmpty() && early.firstKey() <= upTo) {
      handOn.add(early.pollFirstEntry().getValue());
    }
    return Outcome.NEW;
  }

  /** The next number has arrived, and with it perhaps some after it. */
  private void advance() {
    upTo++;
    while ((beyond & 1) != 0) {
      upTo++;
      beyond >>>= 1;
    }
    beyond >>>= 1;
  }
}
