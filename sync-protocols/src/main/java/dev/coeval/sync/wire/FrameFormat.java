package dev.coeval.sync.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one protocol: its magic, version and types. Immutable and thread-safe.
 *
 * <p>The bytes are drawn in this package's description.
 */
public final class FrameFormat {

  /** The flag of a frame that ends with a key identifier and an authentication code. */
  public static final int AUTHENTICATED = 0x0001;

  /** Magic, version, type, flags and nonce. */
  public static final int HEADER_BYTES = 16;

  /** Key identifier and authentication code. */
  public static final int TRAILER_BYTES = 4 + 32;

  static final int MAGIC_BYTES = 4;

  private static final int NTP_VERSION_FIELD = 0b0011_1000;
  private static final int MAX_CODES = 256;

  private final int magic;
  private final int version;
  private final @Nullable FrameType[] types = new FrameType[MAX_CODES];

  private FrameFormat(int magic, int version) {
    this.magic = magic;
    this.version = version;
  }

  /**
   * A format.
   *
   * @param magic four ASCII characters; NTP's version field in the first must be 0
   * @param version 0 to 255
   * @param types its types, each code once
   * @return the format
   * @throws IllegalArgumentException if the magic or the version is not as said, or a code occurs
   *     twice
   */
  public static FrameFormat of(String magic, int version, List<FrameType> types) {
    byte[] letters = magic.getBytes(StandardCharsets.US_ASCII);
    if (letters.length != MAGIC_BYTES || (letters[0] & NTP_VERSION_FIELD) != 0) {
      throw new IllegalArgumentException("not a magic: " + magic);
    }
    if (version < 0 || version > 0xFF) {
      throw new IllegalArgumentException("version is out of range: " + version);
    }
    FrameFormat format = new FrameFormat(ByteBuffer.wrap(letters).getInt(), version);
    for (FrameType type : types) {
      if (format.types[type.code()] != null) {
        throw new IllegalArgumentException("two types have the code " + type.code());
      }
      format.types[type.code()] = type;
    }
    return format;
  }

  /**
   * The version spoken here.
   *
   * @return 0 to 255
   */
  public int version() {
    return version;
  }

  /**
   * Whether a datagram is of this protocol, going by its first four bytes alone.
   *
   * @param datagram the bytes from position to limit; left as they are
   * @return true if it begins with the magic
   */
  public boolean claims(ByteBuffer datagram) {
    return datagram.remaining() >= MAGIC_BYTES && intAt(datagram, datagram.position()) == magic;
  }

  /**
   * The type that a datagram of this protocol says it has.
   *
   * @param datagram the bytes from position to limit; left as they are
   * @return its code, 0 to 255, or -1 if the datagram is not of this protocol or ends before
   */
  public int typeOf(ByteBuffer datagram) {
    int at = FrameCodec.TYPE_AT;
    return claims(datagram) && datagram.remaining() > at
        ? datagram.get(datagram.position() + at) & 0xFF
        : -1;
  }

  /**
   * The greatest length of a frame; the exact one, if all frames of its type are of one length.
   *
   * @param code the code of its type
   * @param authenticated whether it carries a trailer
   * @return bytes
   * @throws IllegalArgumentException if there is no such type
   */
  public int lengthOf(int code, boolean authenticated) {
    FrameType type = code < 0 || code >= MAX_CODES ? null : types[code];
    if (type == null) {
      throw new IllegalArgumentException("no such type: " + code);
    }
    return HEADER_BYTES + type.maxBodyBytes() + trailerBytes(authenticated);
  }

  static int trailerBytes(boolean authenticated) {
    return authenticated ? TRAILER_BYTES : 0;
  }

  int magic() {
    return magic;
  }

  @Nullable FrameType type(int code) {
    return types[code & 0xFF];
  }

  /** Big-endian, whatever the order of the buffer. */
  static int intAt(ByteBuffer buffer, int index) {
    int value = buffer.getInt(index);
    return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }
}
