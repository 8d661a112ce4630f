package dev.coeval.logical.version;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;

/**
 * The binary form of a {@link VersionVector}: a header byte of its own, then the form of its counts
 * as {@link VectorTimestampCodec} writes it.
 *
 * <p>Every version has exactly one form. Stateless; the buffers are the caller's, and the byte
 * order set on them does not matter.
 */
public final class VersionVectorCodec {

  private VersionVectorCodec() {}

  /**
   * How long the form of a version is.
   *
   * @param version the version
   * @return its length in bytes
   */
  public static int encodedLength(VersionVector version) {
    return 1 + VectorTimestampCodec.encodedLength(version.counts());
  }

  /**
   * Writes a version at the buffer's position and moves the position past it.
   *
   * @param version what to write
   * @param buffer where to write it
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(VersionVector version, ByteBuffer buffer) {
    StampOutput.header(StampKind.VERSION_VECTOR, buffer);
    VectorTimestampCodec.encode(version.counts(), buffer);
  }

  /**
   * Reads a version at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the version
   * @throws StampFormatException if the bytes are not the form of a version; the position is then
   *     unmoved
   */
  public static VersionVector decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, VersionVectorCodec::read);
  }

  private static VersionVector read(ByteBuffer buffer) {
    StampInput.header(StampKind.VERSION_VECTOR, buffer);
    VectorTimestamp counts = VectorTimestampCodec.decode(buffer);
    if (!counts.pruned().isEmpty()) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a version has no pruned counts");
    }
    return VersionVector.of(counts);
  }
}
