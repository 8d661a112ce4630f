package dev.coeval.logical.approximate;

import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * The binary form of a {@link BloomTimestamp}: a header byte, the number of cells, and the cells,
 * all as varints. Every stamp has exactly one form.
 *
 * <p>Stateless; the buffers are the caller's, whose byte order does not matter.
 */
public final class BloomTimestampCodec {

  private BloomTimestampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(BloomTimestamp stamp) {
    return 1 + Entries.encodedLength(stamp.owned());
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain; the
   *     position may then have moved
   */
  public static void encode(BloomTimestamp stamp, ByteBuffer buffer) {
    StampOutput.header(StampKind.BLOOM, buffer);
    Entries.encode(stamp.owned(), buffer);
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws dev.coeval.logical.StampFormatException if there is no stamp; the position is then
   *     unmoved
   */
  public static BloomTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(
        buffer,
        from -> {
          StampInput.header(StampKind.BLOOM, from);
          return BloomTimestamp.ofOwned(Entries.decode(from));
        });
  }
}
