package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.nio.ByteBuffer;
import java.util.List;

/** What happens on a link. A machine may publish an event as it is: each is a {@link Report}. */
public sealed interface LinkEvent extends Report {

  /**
   * With whom.
   *
   * @return the other end
   */
  PeerId peer();

  /**
   * A message has arrived, once, and with {@link LinkConfig.Order#FIFO} in its place.
   *
   * @param peer its sender
   * @param message its bytes from position to limit, read-only and the receiver's to keep
   */
  record Received(PeerId peer, ByteBuffer message) implements LinkEvent {}

  /**
   * The other end was heard of for the first time since the link was made: it is there, and it is
   * no replay. Messages that waited leave now.
   *
   * @param peer the other end
   */
  record Connected(PeerId peer) implements LinkEvent {}

  /**
   * The other end is another one than before: its process was restarted, or it forgot this link and
   * made a new one. Both directions begin anew. What this end had not seen acknowledged may have
   * arrived at the former one or not, and is not sent again by the link.
   *
   * @param peer the other end
   * @param unacknowledged the messages in question, in the order in which they were handed in
   */
  record Restarted(PeerId peer, List<ByteBuffer> unacknowledged) implements LinkEvent {}

  /**
   * Nothing was heard of the other end for {@link LinkConfig.Timing#silenceNanos()}. It may have
   * crashed, or be cut off, or slow; the link goes on trying until it is told to forget. Said once
   * a silence.
   *
   * @param peer the other end
   */
  record Silent(PeerId peer) implements LinkEvent {}

  /**
   * The other end is heard again after a silence, the same as before.
   *
   * @param peer the other end
   */
  record HeardAgain(PeerId peer) implements LinkEvent {}
}
