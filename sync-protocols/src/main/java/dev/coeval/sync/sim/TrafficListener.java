package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import java.nio.ByteBuffer;

/**
 * Sees every datagram of a simulation, as somebody who listens at all hosts would. It must not
 * change the bytes nor keep the buffer.
 */
public interface TrafficListener {

  /** Sees nothing. */
  TrafficListener NONE =
      new TrafficListener() {
        @Override
        public void sent(PeerId from, PeerId to, ByteBuffer payload) {}

        @Override
        public void received(PeerId from, PeerId to, ByteBuffer payload) {}
      };

  /**
   * A datagram leaves; it may get lost on the way.
   *
   * @param from who sends it
   * @param to the address that it is sent to
   * @param payload its bytes, from position to limit
   */
  void sent(PeerId from, PeerId to, ByteBuffer payload);

  /**
   * A running process receives a datagram.
   *
   * @param from the source address that it shows
   * @param to the node
   * @param payload its bytes, from position to limit
   */
  void received(PeerId from, PeerId to, ByteBuffer payload);
}
