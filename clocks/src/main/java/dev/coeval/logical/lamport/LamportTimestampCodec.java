package dev.coeval.logical.lamport;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * The binary form of a {@link LamportTimestamp}, which sorts as the stamps do.
 *
 * <pre>
 *   +--------+----------------------+---------------------------+------+
 *   | header | counter, big-endian  | node id, UTF-8 (escaped)  | 0x00 |
 *   +--------+----------------------+---------------------------+------+
 *     1 byte          8 bytes               1 to 510 bytes        1 byte
 * </pre>
 *
 * <p>A length before the node id would sort {@code b} before {@code aa}, so the id ends with a zero
 * byte instead. Ids may contain U+0000 and U+0001: the bytes 00 and 01 are written as 01 01 and 01
 * 02, which keeps both the order and the end unmistakable. Byte by byte, as unsigned numbers, forms
 * are ordered as {@link LamportTimestamp#compareTo} orders stamps, and no form is the beginning of
 * another.
 *
 * <p>Stateless; the buffers are the caller's, whose byte order does not matter.
 */
public final class LamportTimestampCodec {

  private static final byte END = 0;
  private static final byte ESCAPE = 1;

  private LamportTimestampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(LamportTimestamp stamp) {
    int length = 1 + Long.BYTES + 1;
    for (byte unit : StampOutput.utf8(stamp.nodeId())) {
      length += isEscaped(unit) ? 2 : 1;
    }
    return length;
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain; the
   *     position may then have moved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(LamportTimestamp stamp, ByteBuffer buffer) {
    StampOutput.header(StampKind.LAMPORT, buffer);
    StampOutput.fixed64(stamp.counter(), buffer);
    for (byte unit : StampOutput.utf8(stamp.nodeId())) {
      if (isEscaped(unit)) {
        buffer.put(ESCAPE).put((byte) (unit + 1));
      } else {
        buffer.put(unit);
      }
    }
    buffer.put(END);
  }

  private static boolean isEscaped(byte unit) {
    return unit == END || unit == ESCAPE;
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if there is no stamp; the position is then unmoved
   */
  public static LamportTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, LamportTimestampCodec::read);
  }

  private static LamportTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.LAMPORT, buffer);
    long counter = StampInput.fixed64(buffer);
    if (counter < 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a counter above 2^63 - 1");
    }
    return new LamportTimestamp(counter, nodeId(buffer));
  }

  private static String nodeId(ByteBuffer buffer) {
    byte[] utf8 = new byte[ActorNames.MAX_BYTES];
    int length = 0;
    for (byte unit = next(buffer); unit != END; unit = next(buffer)) {
      if (length == utf8.length) {
        throw new StampFormatException(Reason.TOO_LARGE, "a node id longer than " + length);
      }
      utf8[length++] = unit == ESCAPE ? escaped(buffer) : unit;
    }
    return StampInput.utf8(ByteBuffer.wrap(utf8, 0, length));
  }

  private static byte escaped(ByteBuffer buffer) {
    int unit = next(buffer) - 1;
    if (unit != END && unit != ESCAPE) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "an escape of what needs none");
    }
    return (byte) unit;
  }

  private static byte next(ByteBuffer buffer) {
    StampInput.require(1, buffer);
    return buffer.get();
  }
}
