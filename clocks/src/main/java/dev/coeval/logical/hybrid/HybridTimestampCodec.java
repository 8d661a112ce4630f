package dev.coeval.logical.hybrid;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The wire form of a {@link HybridTimestamp}: {@link HybridTimestamp#packed()} in eight bytes, most
 * significant first.
 *
 * <p>Compared byte by byte as unsigned numbers, encoded stamps sort as the stamps do, so they can
 * be keys of an ordered store. The top bit is always zero. Every stamp has exactly one encoding.
 *
 * <p>Stateless; the buffers are the caller's. The byte order set on a buffer does not matter.
 */
public final class HybridTimestampCodec {

  /** The length of an encoded stamp in bytes. */
  public static final int ENCODED_LENGTH = Long.BYTES;

  private HybridTimestampCodec() {}

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #ENCODED_LENGTH} bytes remain
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(HybridTimestamp stamp, ByteBuffer buffer) {
    buffer.putLong(networkOrder(stamp.packed(), buffer));
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it. Never throws, whatever
   * the bytes are.
   *
   * @param buffer where to read
   * @return the stamp; empty, and the position unmoved, if fewer than {@link #ENCODED_LENGTH} bytes
   *     remain or the top bit is set
   */
  public static Optional<HybridTimestamp> decode(ByteBuffer buffer) {
    if (buffer.remaining() < ENCODED_LENGTH) {
      return Optional.empty();
    }
    long packed = networkOrder(buffer.getLong(buffer.position()), buffer);
    if (packed < 0) {
      return Optional.empty();
    }
    buffer.position(buffer.position() + ENCODED_LENGTH);
    return Optional.of(HybridTimestamp.ofPacked(packed));
  }

  private static long networkOrder(long value, ByteBuffer buffer) {
    return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }
}
