package dev.coeval.logical.approximate;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * The binary form of a {@link PlausibleTimestamp}: a header byte, the event's entry, the number of
 * entries, and the counts, all as varints. Every stamp has exactly one form.
 *
 * <p>Stateless; the buffers are the caller's, whose byte order does not matter.
 */
public final class PlausibleTimestampCodec {

  private PlausibleTimestampCodec() {}

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   */
  public static int encodedLength(PlausibleTimestamp stamp) {
    return 1 + StampOutput.varintLength(stamp.entry()) + Entries.encodedLength(stamp.owned());
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain; the
   *     position may then have moved
   */
  public static void encode(PlausibleTimestamp stamp, ByteBuffer buffer) {
    StampOutput.header(StampKind.PLAUSIBLE, buffer);
    StampOutput.varint(stamp.entry(), buffer);
    Entries.encode(stamp.owned(), buffer);
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if there is no stamp; the position is then unmoved
   */
  public static PlausibleTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, PlausibleTimestampCodec::read);
  }

  private static PlausibleTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.PLAUSIBLE, buffer);
    long entry = StampInput.varint(buffer);
    long[] counts = Entries.decode(buffer);
    if (entry >= counts.length) {
      throw new StampFormatException(
          Reason.OUT_OF_RANGE, "entry " + entry + " of " + counts.length);
    }
    return PlausibleTimestamp.ofOwned((int) entry, counts);
  }
}
