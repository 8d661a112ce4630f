package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;

/**
 * The packets to one remote, and which datagrams answer them.
 *
 * <p>At most one packet is open at a time. Whatever is not its answer leaves it open: neither a
 * late reply nor a forged one costs the next exchange anything.
 *
 * <p>Not thread-safe: it belongs to one association of one machine.
 */
public interface Dialogue {

  /**
   * Who is at the other end.
   *
   * @return the remote
   */
  PeerId peer();

  /**
   * The next packet to send, which is then the open one.
   *
   * @param sequence names it; see {@link #sent}
   * @param now when it is made; T1 until {@link #sent} says better
   * @return the packet, from position to limit
   */
  ByteBuffer next(long sequence, ClockReading now);

  /**
   * A packet has left: a better T1 than the one of {@link #next}. Of packets that are past, nothing
   * happens.
   *
   * @param sequence which
   * @param sent when, by the runtime's best stamp
   */
  void sent(long sequence, ClockReading sent);

  /**
   * Takes a datagram from the remote; if it answers the open packet, that is no longer open.
   *
   * @param received when it arrived
   * @param datagram from position to limit, which stay as they are
   * @return what it is
   */
  Reply accept(ClockReading received, ByteBuffer datagram);

  /**
   * Whether an answer is waited for.
   *
   * @return true from {@link #next} until the answer or {@link #close}
   */
  boolean isOpen();

  /** Waits no longer: an answer from now on is late, and not used. */
  void close();

  /**
   * Drops all that was learned from the remote, the open packet too: after a suspension of the
   * host, what was stamped before it means nothing.
   */
  default void forget() {
    close();
  }

  /**
   * Whether packets are to be sent at all at this time: one that listens to broadcasts asks only
   * now and then.
   *
   * @param tickNanos a local tick
   * @return true if {@link #next} is to be called when a poll is due
   */
  default boolean isAsking(long tickNanos) {
    return true;
  }

  /**
   * From now on packets are sent every 2^exponent seconds. A client's requests do not say so, a
   * symmetric peer's packets do.
   *
   * @param exponent log₂ of the interval in seconds, -128 to 127
   */
  default void pollEvery(int exponent) {}
}
