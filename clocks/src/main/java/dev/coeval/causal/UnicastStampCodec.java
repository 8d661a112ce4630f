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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The wire form of a {@link UnicastStamp}: a header byte, sender, destination and sequence, what
 * the sender has delivered, the number of barriers, and these as actor and counts in the order of
 * the actors.
 *
 * <p>Counts are their number, then actor and count in the order of the actors. Numbers are varints;
 * names are UTF-8 after their length. Every stamp has exactly one encoding. Stateless; the buffers
 * are the caller's, and the byte order set on them does not matter.
 */
public final class UnicastStampCodec {

  /** An actor of one byte, and one count of one actor of one byte. */
  private static final int LEAST_BYTES_EACH = 6;

  private static final String NOBODY = "";

  private UnicastStampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(UnicastStamp stamp) {
    int length =
        1
            + StampOutput.nameLength(stamp.sender())
            + StampOutput.nameLength(stamp.destination())
            + StampOutput.varintLength(stamp.sequence())
            + CountsCodec.encodedLength(stamp.delivered(), NOBODY)
            + StampOutput.varintLength(stamp.barriers().size());
    for (Map.Entry<String, VectorTimestamp> barrier : stamp.barriers().entrySet()) {
      length +=
          StampOutput.nameLength(barrier.getKey())
              + CountsCodec.encodedLength(barrier.getValue(), NOBODY);
    }
    return length;
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws BufferOverflowException if there is no room for it; the position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(UnicastStamp stamp, ByteBuffer buffer) {
    if (buffer.remaining() < encodedLength(stamp)) {
      throw new BufferOverflowException();
    }
    StampOutput.header(StampKind.CAUSAL_BARRIERS, buffer);
    StampOutput.name(stamp.sender(), buffer);
    StampOutput.name(stamp.destination(), buffer);
    StampOutput.varint(stamp.sequence(), buffer);
    CountsCodec.encode(stamp.delivered(), NOBODY, buffer);
    StampOutput.varint(stamp.barriers().size(), buffer);
    stamp
        .barriers()
        .forEach(
            (actor, counts) -> {
              StampOutput.name(actor, buffer);
              CountsCodec.encode(counts, NOBODY, buffer);
            });
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if the bytes are none; the position is then unmoved
   */
  public static UnicastStamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, UnicastStampCodec::read);
  }

  private static UnicastStamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.CAUSAL_BARRIERS, buffer);
    String sender = StampInput.name(ActorNames.MAX_BYTES, buffer);
    String destination = StampInput.name(ActorNames.MAX_BYTES, buffer);
    long sequence = StampInput.varint(buffer);
    VectorTimestamp delivered = VectorTimestamp.of(CountsCodec.decode(buffer));
    SortedMap<String, VectorTimestamp> barriers = barriers(buffer);
    try {
      return new UnicastStamp(sender, destination, sequence, delivered, barriers);
    } catch (IllegalArgumentException impossible) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, impossible.toString());
    }
  }

  private static SortedMap<String, VectorTimestamp> barriers(ByteBuffer buffer) {
    int size = StampInput.count(VectorTimestamp.MAX_ACTORS, LEAST_BYTES_EACH, buffer);
    SortedMap<String, VectorTimestamp> barriers = new TreeMap<>();
    for (int barrier = 0; barrier < size; barrier++) {
      String actor = StampInput.name(ActorNames.MAX_BYTES, buffer);
      if (!barriers.isEmpty() && actor.compareTo(barriers.lastKey()) <= 0) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "actors out of order: " + actor);
      }
      barriers.put(actor, VectorTimestamp.of(CountsCodec.decode(buffer)));
    }
    return barriers;
  }
}
