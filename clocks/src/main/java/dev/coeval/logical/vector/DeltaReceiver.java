package dev.coeval.logical.vector;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a channel that carries only what has changed in a stamp; see {@link
 * DeltaSender} for how it works.
 *
 * <p>It keeps the stamps of the last {@value StampWindow#SIZE} messages. Send {@link
 * #acknowledgement()} back now and then, and after every message that gave no stamp: without it the
 * sender goes on to write full stamps, or to build on what is no longer held.
 *
 * <p>The bytes are believed: a channel whose messages can be forged or bent needs a checksum or a
 * signature around them. Not thread-safe.
 */
public final class DeltaReceiver {

  private final long incarnation;
  private final StampWindow held = new StampWindow();

  /** The newest incarnation of the sender that was heard of. */
  private long sender;

  private DeltaReceiver(long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("negative incarnation: " + incarnation);
    }
    this.incarnation = incarnation;
  }

  /**
   * The receiving side of a new channel.
   *
   * @param incarnation zero or more; greater than that of every receiver of this process from this
   *     sender before
   * @return a receiver that holds nothing yet
   * @throws IllegalArgumentException if the incarnation is negative
   */
  public static DeltaReceiver of(long incarnation) {
    return new DeltaReceiver(incarnation);
  }

  /**
   * Reads the stamp of a message, and moves the buffer's position past it.
   *
   * @param buffer what {@link DeltaSender#encode} has written
   * @return the stamp that the sender meant; empty if it builds on a message that is not held here,
   *     so that the message has to be treated as lost
   * @throws StampFormatException if the bytes are no such form; position and receiver are then as
   *     they were
   */
  public Optional<VectorTimestamp> decode(ByteBuffer buffer) {
    int start = buffer.position();
    try {
      return Optional.ofNullable(read(buffer));
    } catch (StampFormatException malformed) {
      buffer.position(start);
      throw malformed;
    }
  }

  private @Nullable VectorTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.VECTOR_DELTA, buffer);
    long from = StampInput.varint(buffer);
    long sequence = StampInput.varint(buffer);
    long distance = StampInput.varint(buffer);
    if (sequence == 0 || distance >= Math.min(sequence, StampWindow.SIZE)) {
      throw new StampFormatException(
          Reason.OUT_OF_RANGE,
          "message " + sequence + " cannot build on the " + distance + "th before");
    }
    VectorTimestamp stamp;
    if (distance == 0) {
      stamp = VectorTimestampCodec.decodeBody(buffer);
    } else {
      VectorDelta delta = VectorDelta.decode(buffer);
      VectorTimestamp base = from == sender ? held.get(sequence - distance) : null;
      stamp = base == null ? null : delta.appliedTo(base);
    }
    keep(from, sequence, stamp);
    return stamp;
  }

  private void keep(long from, long sequence, @Nullable VectorTimestamp stamp) {
    if (from > sender) {
      sender = from;
      held.clear();
    }
    if (from == sender && stamp != null) {
      held.put(sequence, stamp);
    }
  }

  /**
   * What to tell the sender.
   *
   * @return the newest message whose stamp is held
   */
  public DeltaAck acknowledgement() {
    return new DeltaAck(sender, incarnation, held.newest());
  }
}
