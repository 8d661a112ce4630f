package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * The wire form of a {@link HybridTimestamp}: a header byte, then {@link HybridTimestamp#packed()}
 * in eight bytes, most significant first.
 *
 * <p>Compared byte by byte as unsigned numbers, encoded stamps sort as the stamps do, so they can
 * be keys of an ordered store. Where the eight bytes of a {@code long} are what a store wants for
 * its keys, {@code packed()} sorts alike without the header. Every stamp has exactly one encoding.
 *
 * <p>Stateless; the buffers are the caller's. The byte order set on a buffer does not matter.
 */
public final class HybridTimestampCodec {

  /** The length of an encoded stamp in bytes. */
  public static final int ENCODED_LENGTH = 1 + Long.BYTES;

  private HybridTimestampCodec() {}

  /**
   * How many bytes {@link #encode} writes.
   *
   * @param stamp any stamp
   * @return {@link #ENCODED_LENGTH}
   */
  public static int encodedLength(HybridTimestamp stamp) {
    return ENCODED_LENGTH;
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #ENCODED_LENGTH} bytes remain;
   *     the position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(HybridTimestamp stamp, ByteBuffer buffer) {
    HybridNanoTimestampCodec.requireRoom(ENCODED_LENGTH, buffer);
    StampOutput.header(StampKind.HYBRID, buffer);
    StampOutput.fixed64(stamp.packed(), buffer);
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if there is none; the position is then unmoved
   */
  public static HybridTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, HybridTimestampCodec::read);
  }

  private static HybridTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.HYBRID, buffer);
    long packed = StampInput.fixed64(buffer);
    if (packed < 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a time after the year 6429");
    }
    return HybridTimestamp.ofPacked(packed);
  }
}
