package dev.coeval.causal;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The wire form of a {@link BroadcastStamp}: a header byte, the sender, its sequence, the number of
 * the other entries, and these as actor and count in the order of the actors.
 *
 * <p>Numbers are varints and at least one, save the number of entries; names are UTF-8 after their
 * length. Every stamp has exactly one encoding. Stateless; the buffers are the caller's, and the
 * byte order set on them does not matter.
 */
public final class BroadcastStampCodec {

  private BroadcastStampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(BroadcastStamp stamp) {
    return 1
        + StampOutput.nameLength(stamp.sender())
        + StampOutput.varintLength(stamp.sequence())
        + CountsCodec.encodedLength(stamp.vector(), stamp.sender());
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws BufferOverflowException if there is no room for it; the position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(BroadcastStamp stamp, ByteBuffer buffer) {
    if (buffer.remaining() < encodedLength(stamp)) {
      throw new BufferOverflowException();
    }
    StampOutput.header(StampKind.CAUSAL_BROADCAST, buffer);
    StampOutput.name(stamp.sender(), buffer);
    StampOutput.varint(stamp.sequence(), buffer);
    CountsCodec.encode(stamp.vector(), stamp.sender(), buffer);
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if the bytes are none; the position is then unmoved
   */
  public static BroadcastStamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, BroadcastStampCodec::read);
  }

  private static BroadcastStamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.CAUSAL_BROADCAST, buffer);
    String sender = StampInput.name(ActorNames.MAX_BYTES, buffer);
    long sequence = StampInput.varint(buffer);
    if (sequence == 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a message zero");
    }
    Map<String, Long> counts = CountsCodec.decode(buffer);
    if (counts.put(sender, sequence) != null) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "the sender among the others");
    }
    if (counts.size() > VectorTimestamp.MAX_ACTORS) {
      throw new StampFormatException(Reason.TOO_LARGE, counts.size() + " actors");
    }
    return new BroadcastStamp(sender, VectorTimestamp.of(counts));
  }
}
