package dev.coeval.sync.ntp.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last packets that a symmetric peer has sent, and which of them still wait for an answer.
 *
 * <p>A peer that polls less often than we do may answer any of the last ones, so all of them wait;
 * but no packet is answered twice, and none after a later one.
 */
final class Outbox {

  /** 2³: as many times more often may one peer poll than the other. */
  static final int CAPACITY = 8;

  private final Deque<Sent> sent = new ArrayDeque<>(CAPACITY); // newest first
  private int waiting; // so many of the newest

  void add(Sent packet) {
    if (sent.size() == CAPACITY) {
      sent.removeLast();
    }
    sent.addFirst(packet);
    waiting = Math.min(waiting + 1, CAPACITY);
  }

  /** Takes a better stamp of when a packet left. */
  void stamp(long sequence, long tick) {
    Sent packet = sent.peekFirst();
    if (packet != null && packet.sequence() == sequence) {
      sent.removeFirst();
      sent.addFirst(packet.at(tick));
    }
  }

  @Nullable Sent newest() {
    return sent.peekFirst();
  }

  /** The packet that waits for a basic answer with this origin timestamp. */
  @Nullable Sent waitingFor(long origin) {
    return firstWaiting(packet -> packet.transmit() == origin);
  }

  /** The packet that waits for an interleaved answer with this origin timestamp. */
  @Nullable Sent waitingInterleavedFor(long origin) {
    return firstWaiting(packet -> packet.receive() == origin);
  }

  private @Nullable Sent firstWaiting(Predicate<Sent> test) {
    return sent.stream().limit(waiting).filter(test).findFirst().orElse(null);
  }

  /** Whether the newest packet was answered, and this is what its answers bring back. */
  boolean isAnsweredNewest(long origin) {
    Sent packet = sent.peekFirst();
    return waiting == 0
        && packet != null
        && (packet.transmit() == origin || packet.receive() == origin);
  }

  /** Whether one of the packets held has this receive timestamp. */
  boolean hasReceive(long receive) {
    return sent.stream().anyMatch(packet -> packet.receive() == receive);
  }

  /** Whether a packet with this transmit timestamp is our own. */
  boolean isOwn(long transmit) {
    return sent.stream().anyMatch(packet -> packet.transmit() == transmit);
  }

  /** A packet was answered: it and all before wait no longer. */
  void answered(Sent packet) {
    waiting = 0;
    for (Sent later : sent) {
      if (later.equals(packet)) {
        return;
      }
      waiting++;
    }
  }

  boolean isWaiting() {
    return waiting > 0;
  }

  /** How many packets wait that are newer than the last one that was answered. */
  int waiting() {
    return waiting;
  }

  void clear() {
    sent.clear();
    waiting = 0;
  }
}
