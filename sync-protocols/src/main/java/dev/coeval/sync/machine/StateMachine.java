package dev.coeval.sync.machine;

import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A protocol's decisions: events and their time come in, actions go out.
 *
 * <p>The contract: no input or output, no clock, no thread inside; randomness comes from a seed
 * given at construction. Nothing that arrives in a datagram makes a method throw; what cannot be
 * used is published as a rejection with its reason. Timer events may be late, spurious or of a
 * timer since cancelled, and must then be harmless. The same calls in the same order give the same
 * actions.
 *
 * <p>Not thread-safe: whoever runs a machine calls it from one thread at a time, and carries out
 * the actions of one call, in order, before the next.
 */
public interface StateMachine {

  /**
   * Begins: called once, before every other method.
   *
   * @param now the local clocks now
   * @return what to do
   */
  List<Action> start(ClockReading now);

  /**
   * A datagram has arrived.
   *
   * @param received the local clocks at its arrival, as early as could be had
   * @param from who sent it, as its source address says
   * @param payload its bytes, from position to limit, read-only; not valid after the call
   * @return what to do
   */
  List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload);

  /**
   * A timer has come due.
   *
   * @param now the local clocks now
   * @param timer which one
   * @return what to do
   */
  List<Action> onTimer(ClockReading now, TimerId timer);

  /**
   * A datagram has left: the best transmit stamp that the runtime can give.
   *
   * @param sent the local clocks at its departure
   * @param send which one, as named by its {@link Action.Send}
   * @return what to do
   */
  default List<Action> onSent(ClockReading sent, SendId send) {
    return List.of();
  }

  /**
   * Whether a datagram of this machine asks for a reply that only its receiver may give. A runtime
   * may let it leave from a port of its own, where nobody else can answer (RFC 9109).
   *
   * @param send what this machine wants sent
   * @return true for a request; false for what must leave from the port where this machine is
   *     reached
   */
  default boolean isRequest(Action.Send send) {
    return false;
  }

  /**
   * Whether a datagram can be nothing but the reply to a request of this machine. Where requests
   * leave from ports of their own, the runtime drops it if it comes to another port.
   *
   * @param payload its bytes, from position to limit, read-only; left as they are
   * @return false for what may come unasked
   */
  default boolean isReply(ByteBuffer payload) {
    return false;
  }

  /**
   * A peer could not be reached: the network or its host said so (ICMP unreachable, a closed port,
   * a refused connection). A hint, since it is easily forged: speed up or report, do not give up.
   *
   * @param now the local clocks now
   * @param peer who
   * @param reason what was said, for people
   * @return what to do
   */
  default List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return List.of(new Action.Publish(new PeerUnreachable(peer, reason)));
  }
}
