package dev.coeval.sync.ntp.packet;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An extension field of an NTPv4 packet (RFC 7822 section 3): a type and a body, padding included.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |          Field Type           |        Field Length           |   length: all 4n octets
 *  .                       Value, then padding                     .   body
 * </pre>
 *
 * <p>A field of a type that is not known is passed over (RFC 7822 section 3). What a body says is
 * not looked at here. Immutable and thread-safe.
 */
public final class ExtensionField {

  /** RFC 7822 section 3: no field is shorter, type and length included. */
  public static final int MIN_LENGTH = 16;

  /** RFC 7822 section 3: nor is the last one, where no code follows it. */
  public static final int MIN_LAST_LENGTH = 28;

  /** The octets of type and length. */
  public static final int HEADER_LENGTH = 4;

  /** NTS: unique identifier (RFC 8915 section 5.3). */
  public static final int NTS_UNIQUE_IDENTIFIER = 0x0104;

  /** NTS: cookie (RFC 8915 section 5.4). */
  public static final int NTS_COOKIE = 0x0204;

  /** NTS: cookie placeholder (RFC 8915 section 5.5). */
  public static final int NTS_COOKIE_PLACEHOLDER = 0x0304;

  /** NTS: authenticator and encrypted extension fields (RFC 8915 section 5.6). */
  public static final int NTS_AUTHENTICATOR = 0x0404;

  /** No field has this type, as a crypto-NAK begins so (RFC 9748 section 4). */
  static final int NO_TYPE = 0;

  private static final int MAX_TYPE = 0xFFFF;

  private final int type;
  private final byte[] body;

  private ExtensionField(int type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  /**
   * A field.
   *
   * @param type 1 to 65535
   * @param body the value with its padding: 4n octets, 12 to 1996; copied
   * @return the field
   * @throws IllegalArgumentException if type or length is out of range
   */
  public static ExtensionField of(int type, byte[] body) {
    int length = HEADER_LENGTH + body.length;
    if ((type & MAX_TYPE) != type || type == NO_TYPE) {
      throw new IllegalArgumentException("type is out of range: " + type);
    }
    if (length < MIN_LENGTH
        || length % Integer.BYTES != 0
        || length > NtpCodec.MAX_LENGTH - NtpCodec.HEADER_LENGTH) {
      throw new IllegalArgumentException("not the length of a field's body: " + body.length);
    }
    return new ExtensionField(type, body.clone());
  }

  /** Reads the field at an index; its length was checked. */
  static ExtensionField read(ByteBuffer buffer, int at) {
    byte[] body = new byte[lengthAt(buffer, at) - HEADER_LENGTH];
    buffer.get(at + HEADER_LENGTH, body);
    return new ExtensionField(typeAt(buffer, at), body);
  }

  /** The type of a field at an index. */
  static int typeAt(ByteBuffer buffer, int at) {
    return shortAt(buffer, at);
  }

  /** What the length field of a field at an index says. */
  static int lengthAt(ByteBuffer buffer, int at) {
    return shortAt(buffer, at + Short.BYTES);
  }

  /**
   * The field's type.
   *
   * @return 1 to 65535
   */
  public int type() {
    return type;
  }

  /**
   * The value with its padding.
   *
   * @return a new view, read-only
   */
  public ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer();
  }

  /**
   * The length on the wire.
   *
   * @return octets, type and length included: 4n, at least {@link #MIN_LENGTH}
   */
  public int length() {
    return HEADER_LENGTH + body.length;
  }

  /**
   * Writes the field and moves the position behind it.
   *
   * @param buffer room for {@link #length()} bytes from its position on
   * @throws BufferOverflowException if there is less room
   */
  public void encode(ByteBuffer buffer) {
    if (buffer.remaining() < length()) {
      throw new BufferOverflowException();
    }
    int at = buffer.position();
    NtpCodec.putInt(buffer, at, (type << Short.SIZE) | length());
    buffer.position(at + HEADER_LENGTH).put(body);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtensionField field
        && field.type == type
        && Arrays.equals(field.body, body);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(body);
  }

  /**
   * Type and length; the body is left out.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "ExtensionField[type=0x%04X, length=%d]".formatted(type, length());
  }

  private static int shortAt(ByteBuffer buffer, int at) {
    return (buffer.get(at) & 0xFF) << Byte.SIZE | (buffer.get(at + 1) & 0xFF);
  }
}
