package dev.coeval.logical.tree;

import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * Messages of interval tree clocks as bytes: a header byte, then the events bit by bit in the
 * manner of the paper's appendix, then zeros to the end of the last byte.
 *
 * <p>Every message has one form, and everything else is refused. The byte order of the buffer does
 * not matter. Stateless and thread-safe.
 */
public final class IntervalTreeMessageCodec {

  private IntervalTreeMessageCodec() {}

  /**
   * How long the form of a message is.
   *
   * @param message the message
   * @return its length in bytes
   */
  public static int encodedLength(IntervalTreeMessage message) {
    return 1 + TreeBits.bytes(TreeBits.lengthOf(message.events(), 0));
  }

  /**
   * Writes a message at the buffer's position, which moves past it.
   *
   * @param message the message
   * @param buffer where to write
   * @throws java.nio.BufferOverflowException if there is too little room; the position is unmoved
   */
  public static void encode(IntervalTreeMessage message, ByteBuffer buffer) {
    TreeBits.write(buffer, target -> put(message, target));
  }

  private static void put(IntervalTreeMessage message, ByteBuffer buffer) {
    StampOutput.header(StampKind.INTERVAL_TREE_MESSAGE, buffer);
    BitOutput output = new BitOutput(buffer);
    TreeBits.put(message.events(), 0, output);
    output.end();
  }

  /**
   * Reads a message at the buffer's position, which moves past it.
   *
   * @param buffer any bytes
   * @return the message
   * @throws dev.coeval.logical.StampFormatException if there is none; the position is unmoved
   */
  public static IntervalTreeMessage decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, IntervalTreeMessageCodec::take);
  }

  private static IntervalTreeMessage take(ByteBuffer buffer) {
    StampInput.header(StampKind.INTERVAL_TREE_MESSAGE, buffer);
    BitInput input = new BitInput(buffer);
    Events events = TreeBits.takeEvents(input, 0, 0);
    input.end();
    return new IntervalTreeMessage(events);
  }
}
