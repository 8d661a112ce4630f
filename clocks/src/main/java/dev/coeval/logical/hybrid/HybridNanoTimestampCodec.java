package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * The wire form of a {@link HybridNanoTimestamp}: a header byte, the time in eight bytes and the
 * counter in four, most significant first.
 *
 * <p>Compared byte by byte as unsigned numbers, encoded stamps sort as the stamps do, so they can
 * be keys of an ordered store. Every stamp has exactly one encoding.
 *
 * <p>Stateless; the buffers are the caller's. The byte order set on a buffer does not matter.
 */
public final class HybridNanoTimestampCodec {

  /** The length of an encoded stamp in bytes. */
  public static final int ENCODED_LENGTH = 1 + Long.BYTES + Integer.BYTES;

  private HybridNanoTimestampCodec() {}

  /**
   * How many bytes {@link #encode} writes.
   *
   * @param stamp any stamp
   * @return {@link #ENCODED_LENGTH}
   */
  public static int encodedLength(HybridNanoTimestamp stamp) {
    return ENCODED_LENGTH;
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws BufferOverflowException if fewer than {@link #ENCODED_LENGTH} bytes remain; the
   *     position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(HybridNanoTimestamp stamp, ByteBuffer buffer) {
    requireRoom(ENCODED_LENGTH, buffer);
    StampOutput.header(StampKind.HYBRID_NANOS, buffer);
    StampOutput.fixed64(stamp.epochNanos(), buffer);
    StampOutput.fixed32(stamp.counter(), buffer);
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if there is none; the position is then unmoved
   */
  public static HybridNanoTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, HybridNanoTimestampCodec::read);
  }

  private static HybridNanoTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.HYBRID_NANOS, buffer);
    long epochNanos = StampInput.fixed64(buffer);
    int counter = StampInput.fixed32(buffer);
    if (epochNanos < 0 || counter < 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a time or counter with its top bit set");
    }
    return HybridNanoTimestamp.of(epochNanos, counter);
  }

  static void requireRoom(int length, ByteBuffer buffer) {
    if (buffer.remaining() < length) {
      throw new BufferOverflowException();
    }
  }
}
