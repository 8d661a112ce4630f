package dev.coeval.logical.vector;

import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a channel that carries only what has changed in a stamp.
 *
 * <p><strong>Problem.</strong> A stamp of a large group is long, and between two messages to the
 * same receiver few of its counts change. Singhal and Kshemkalyani send those alone; but the
 * receiver then has to have every earlier message, in order.
 *
 * <p><strong>Idea.</strong> Each delta names the message that it builds on, and builds only on one
 * whose stamp the receiver has said to hold.
 *
 * <pre>
 *   sender    --1: all--2: all--3: all--------4: 2 + changes--5: 2 + changes--&gt;
 *                  \       \       x         /      \               x
 *                   \       \       ack 2   /        \
 *   receiver  -------1-------2-------------'----------4----------------------&gt;
 * </pre>
 *
 * <ol>
 *   <li>Number the messages; keep the stamps of the last {@value StampWindow#SIZE}.
 *   <li>Write the changes since the newest message that was acknowledged; write all if there is
 *       none among those kept, or if the stamp has lost something since (an actor was retired).
 * </ol>
 *
 * <p><strong>Known attack.</strong> A side that restarts without its state would number its
 * messages from one again, and a delta would build on the wrong stamp. So each side has an
 * incarnation, which has to be greater after every restart. A delta is good for one incarnation of
 * the sender, an acknowledgement for one of each. Whatever is lost, repeated, late or out of order,
 * and whoever restarts: the receiver gets the true stamp or none.
 *
 * <p>Memory is bounded by the stamps that are kept. Not thread-safe.
 *
 * <p>Source: M. Singhal, A. Kshemkalyani, "An efficient implementation of vector clocks",
 * Information Processing Letters 43(1), 1992.
 */
public final class DeltaSender {

  /** Header, incarnation, sequence number, distance. */
  private static final int MOST_PREFIX = 1 + 9 + 9 + 1;

  private final long incarnation;
  private final StampWindow sent = new StampWindow();
  private long receiver;
  private long acknowledged;

  private DeltaSender(long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("negative incarnation: " + incarnation);
    }
    this.incarnation = incarnation;
  }

  /**
   * The sending side of a new channel.
   *
   * @param incarnation zero or more; greater than that of every sender of this process to this
   *     receiver before
   * @return a sender that writes full stamps until it hears from its receiver
   * @throws IllegalArgumentException if the incarnation is negative
   */
  public static DeltaSender of(long incarnation) {
    return new DeltaSender(incarnation);
  }

  /**
   * Writes the stamp of the next message, and moves the buffer's position past it. To send a
   * message again, send the same bytes.
   *
   * @param stamp any stamp
   * @param buffer where to write
   * @throws BufferOverflowException if there is no room for it; buffer and sender are then as they
   *     were
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public void encode(VectorTimestamp stamp, ByteBuffer buffer) {
    buffer.put(toBytes(stamp, buffer.remaining()));
  }

  /**
   * The stamp of the next message. To send a message again, send the same bytes.
   *
   * @param stamp any stamp
   * @return the bytes for {@link DeltaReceiver#decode}
   */
  public byte[] toBytes(VectorTimestamp stamp) {
    return toBytes(stamp, Integer.MAX_VALUE);
  }

  private byte[] toBytes(VectorTimestamp stamp, int room) {
    Objects.requireNonNull(stamp, "stamp");
    long sequence = Math.addExact(sent.newest(), 1);
    VectorDelta delta = deltaTo(stamp, sequence);
    int length = delta == null ? VectorTimestampCodec.bodyLength(stamp) : delta.encodedLength();
    ByteBuffer bytes = ByteBuffer.allocate(MOST_PREFIX + length);
    StampOutput.header(StampKind.VECTOR_DELTA, bytes);
    StampOutput.varint(incarnation, bytes);
    StampOutput.varint(sequence, bytes);
    StampOutput.varint(delta == null ? 0 : sequence - acknowledged, bytes);
    if (delta == null) {
      VectorTimestampCodec.encodeBody(stamp, bytes);
    } else {
      delta.encode(bytes);
    }
    if (bytes.position() > room) {
      throw new BufferOverflowException();
    }
    sent.put(sequence, stamp);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private @Nullable VectorDelta deltaTo(VectorTimestamp stamp, long sequence) {
    VectorTimestamp base =
        sequence - acknowledged < StampWindow.SIZE ? sent.get(acknowledged) : null;
    return base == null ? null : VectorDelta.between(base, stamp);
  }

  /**
   * Takes notice of what the receiver holds. Acknowledgements of another sender and of an earlier
   * receiver are ignored; after one of a message that was never sent, nothing is built upon.
   *
   * @param ack what the receiver said
   */
  public void acknowledged(DeltaAck ack) {
    if (ack.sender() != incarnation || ack.receiver() < receiver) {
      return;
    }
    if (ack.receiver() > receiver || ack.sequence() > sent.newest()) {
      receiver = ack.receiver();
      acknowledged = 0;
    }
    if (ack.sequence() <= sent.newest()) {
      acknowledged = Math.max(acknowledged, ack.sequence());
    }
  }
}
