package dev.coeval.logical.version;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A string of bytes that nobody can change: a value as a store keeps it.
 *
 * <p>Immutable and thread-safe.
 */
public final class Bytes {

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /**
   * The given bytes.
   *
   * @param content copied
   * @return the string
   */
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /**
   * How many bytes there are.
   *
   * @return the number of bytes
   */
  public int length() {
    return content.length;
  }

  /**
   * The bytes.
   *
   * @return a copy
   */
  public byte[] toArray() {
    return content.clone();
  }

  /**
   * The bytes without copying them.
   *
   * @return a new read-only buffer over them
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /**
   * Whether both are the same bytes.
   *
   * @param other the object to compare with
   * @return true if the other has equal bytes
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /**
   * The bytes as text, for people.
   *
   * @return two hexadecimal digits a byte
   */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
