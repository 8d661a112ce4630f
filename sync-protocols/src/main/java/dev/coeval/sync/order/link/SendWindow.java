package dev.coeval.sync.order.link;

import dev.coeval.sync.order.link.LinkFrame.Receipt;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The messages that one end has sent, or will, and has not seen acknowledged. Bounded. */
final class SendWindow {
  private final int capacity;
  private final ArrayDeque<Unacked> unacked = new ArrayDeque<>();
  private long lastNumber;

  /** A message on its way. */
  static final class Unacked {
    final long number;
    final ByteBuffer message;
    int sends;
    long sentTick;
    long dueTick;

    Unacked(long number, ByteBuffer message) {
      this.number = number;
      this.message = message;
    }
  }

  SendWindow(int capacity) {
    this.capacity = capacity;
  }

  boolean isFull() {
    // the receiver has room from the first missing number on, not for so many that are missing
    return unacked.size() >= capacity
        || (!unacked.isEmpty() && lastNumber - unacked.peek().number + 1 >= capacity);
  }

  int size() {
    return unacked.size();
  }

  /** Takes a message; only if it is not full. */
  Unacked add(ByteBuffer message) {
    Unacked added = new Unacked(++lastNumber, message);
    unacked.add(added);
    return added;
  }

  /** In the order of their numbers. */
  Iterable<Unacked> unacked() {
    return unacked;
  }

  /** Whether a receipt acknowledges only what was ever sent. */
  boolean isPossible(Receipt receipt) {
    int top = Long.SIZE - Long.numberOfLeadingZeros(receipt.beyond());
    long most = top == 0 ? receipt.upTo() : receipt.upTo() + 1 + top;
    return receipt.upTo() <= lastNumber && most <= lastNumber;
  }

  /** Takes a receipt; returns what it acknowledges that nothing did before. */
  List<Unacked> take(Receipt receipt) {
    List<Unacked> acked = new ArrayList<>();
    for (Iterator<Unacked> each = unacked.iterator(); each.hasNext(); ) {
      Unacked candidate = each.next();
      if (receipt.has(candidate.number)) {
        acked.add(candidate);
        each.remove();
      }
    }
    return acked;
  }

  /** The messages, in the order in which they were handed in. */
  List<ByteBuffer> messages() {
    return unacked.stream().map(each -> each.message.duplicate()).toList();
  }
}
