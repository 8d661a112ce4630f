package dev.coeval.logical.tree;

import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * Stamps of interval tree clocks as bytes: a header byte, then id and events bit by bit in the
 * manner of the paper's appendix, then zeros to the end of the last byte. A young stamp among a
 * dozen takes some six to twelve bytes.
 *
 * <p>Every stamp has one form, and everything else is refused. The byte order of the buffer does
 * not matter. Stateless and thread-safe.
 */
public final class IntervalTreeStampCodec {

  private IntervalTreeStampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(IntervalTreeStamp stamp) {
    return 1 + TreeBits.bytes(bits(stamp));
  }

  /** The length of id and events, in bits. */
  static long bits(IntervalTreeStamp stamp) {
    return TreeBits.lengthOf(stamp.id()) + TreeBits.lengthOf(stamp.events(), 0);
  }

  /**
   * Writes a stamp at the buffer's position, which moves past it. The stamp is then somebody
   * else's: see {@link IntervalTreeStamp}.
   *
   * @param stamp the stamp
   * @param buffer where to write
   * @throws java.nio.BufferOverflowException if there is too little room; the position is unmoved
   */
  public static void encode(IntervalTreeStamp stamp, ByteBuffer buffer) {
    TreeBits.write(buffer, target -> put(stamp, target));
  }

  private static void put(IntervalTreeStamp stamp, ByteBuffer buffer) {
    StampOutput.header(StampKind.INTERVAL_TREE_STAMP, buffer);
    BitOutput output = new BitOutput(buffer);
    TreeBits.put(stamp.id(), output);
    TreeBits.put(stamp.events(), 0, output);
    output.end();
  }

  /**
   * Reads a stamp at the buffer's position, which moves past it.
   *
   * @param buffer any bytes
   * @return the stamp
   * @throws dev.coeval.logical.StampFormatException if there is none; the position is unmoved
   */
  public static IntervalTreeStamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, IntervalTreeStampCodec::take);
  }

  private static IntervalTreeStamp take(ByteBuffer buffer) {
    StampInput.header(StampKind.INTERVAL_TREE_STAMP, buffer);
    BitInput input = new BitInput(buffer);
    Id id = TreeBits.takeId(input, 0);
    Events events = TreeBits.takeEvents(input, 0, 0);
    input.end();
    return new IntervalTreeStamp(id, events);
  }
}
