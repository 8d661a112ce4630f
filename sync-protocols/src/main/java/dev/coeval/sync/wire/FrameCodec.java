package dev.coeval.sync.wire;

import dev.coeval.sync.measure.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Frames to bytes and back.
 *
 * <p>Decoding is total: any bytes give a frame or a reason, never an exception. The checks come in
 * this order: magic, header, version, type, flags, length, authentication; the first that fails
 * names the reason.
 *
 * <p>Not thread-safe: it keeps the state of its authentication codes from frame to frame, which
 * spares their set-up. One owner, one codec.
 */
public final class FrameCodec {
  static final int VERSION_AT = 4;
  static final int TYPE_AT = 5;
  static final int FLAGS_AT = 6;
  static final int NONCE_AT = 8;
  private static final int KEY_ID_BYTES = 4;

  private final FrameFormat format;
  private final Keyring keyring;
  private final Authenticator authenticator;

  /**
   * A codec.
   *
   * @param format the protocol's frames
   * @param keyring the keys known here, and whether authentication is required
   */
  public FrameCodec(FrameFormat format, Keyring keyring) {
    this.format = format;
    this.keyring = keyring;
    this.authenticator = new Authenticator(keyring);
  }

  /** Writes the body of a frame. */
  @FunctionalInterface
  public interface Body {

    /**
     * Puts the body: as many bytes as the frame's type allows.
     *
     * @param out where, big-endian
     */
    void writeTo(ByteBuffer out);
  }

  /**
   * Writes a frame. The authentication code is made after the body was written, so that a body may
   * take its time stamps last.
   *
   * @param out where the frame goes, from its position on; the position is left behind it
   * @param header type, flags, nonce and key
   * @param body writes the body
   * @return the length of the frame in bytes
   * @throws IllegalArgumentException if the type, a flag or the key is not known, or the body is as
   *     long as its type forbids
   * @throws java.nio.BufferOverflowException if there is no room
   */
  public int encode(ByteBuffer out, FrameHeader header, Body body) {
    boolean authenticated = header.isAuthenticated();
    FrameType type = typeOf(header);
    out.order(ByteOrder.BIG_ENDIAN);
    int start = out.position();
    int flags = header.flags() | (authenticated ? FrameFormat.AUTHENTICATED : 0);
    out.putInt(format.magic())
        .put((byte) format.version())
        .put((byte) header.type())
        .putShort((short) flags)
        .putLong(header.nonce());
    body.writeTo(out);
    int bodyBytes = out.position() - start - FrameFormat.HEADER_BYTES;
    if (bodyBytes < type.minBodyBytes() || bodyBytes > type.maxBodyBytes()) {
      throw new IllegalArgumentException("a body of %d bytes: %s".formatted(bodyBytes, type));
    }
    if (authenticated) {
      out.putInt(header.keyId());
      out.put(authenticator.codeOf(header.keyId(), out, start));
    }
    return out.position() - start;
  }

  /**
   * Reads a frame.
   *
   * @param datagram the bytes from position to limit; positions and bytes are left as they are
   * @return the frame, or why there is none
   */
  public Decoded<Frame> decode(ByteBuffer datagram) {
    Rejection reason = checkHeader(datagram);
    if (reason != null) {
      return Decoded.refused(reason);
    }
    ByteBuffer in = datagram.slice().asReadOnlyBuffer(); // big-endian, and from 0 on
    FrameType type = format.type(in.get(TYPE_AT));
    int flags = in.getShort(FLAGS_AT) & 0xFFFF;
    if (type == null) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    boolean authenticated = (flags & FrameFormat.AUTHENTICATED) != 0;
    reason = checkShape(in, type, flags);
    if (reason == null) {
      reason = authenticated ? authenticator.verify(in) : checkPlain();
    }
    if (reason != null) {
      return Decoded.refused(reason);
    }
    int bodyEnd = in.limit() - FrameFormat.trailerBytes(authenticated);
    FrameHeader header =
        new FrameHeader(
            type.code(),
            flags & ~FrameFormat.AUTHENTICATED,
            in.getLong(NONCE_AT),
            authenticated ? in.getInt(bodyEnd) : FrameHeader.NO_KEY);
    return Decoded.of(
        new Frame(header, in.slice(FrameFormat.HEADER_BYTES, bodyEnd - FrameFormat.HEADER_BYTES)));
  }

  private FrameType typeOf(FrameHeader header) {
    FrameType type = format.type(header.type());
    if (type == null || (header.flags() & ~type.flags()) != 0) {
      throw new IllegalArgumentException("a type or flags that are not known: " + header);
    }
    return type;
  }

  private @Nullable Rejection checkHeader(ByteBuffer datagram) {
    if (datagram.remaining() < FrameFormat.MAGIC_BYTES) {
      return Rejection.TOO_SHORT;
    }
    if (!format.claims(datagram)) {
      return Rejection.NOT_OUR_PROTOCOL;
    }
    if (datagram.remaining() < FrameFormat.HEADER_BYTES) {
      return Rejection.TOO_SHORT;
    }
    int version = datagram.get(datagram.position() + VERSION_AT) & 0xFF;
    return version == format.version() ? null : Rejection.UNKNOWN_VERSION;
  }

  private static @Nullable Rejection checkShape(ByteBuffer in, FrameType type, int flags) {
    if ((flags & ~type.flags() & ~FrameFormat.AUTHENTICATED) != 0) {
      return Rejection.MALFORMED;
    }
    boolean authenticated = (flags & FrameFormat.AUTHENTICATED) != 0;
    int bodyBytes = in.limit() - FrameFormat.HEADER_BYTES - FrameFormat.trailerBytes(authenticated);
    if (bodyBytes < type.minBodyBytes()) {
      return Rejection.TOO_SHORT;
    }
    return bodyBytes > type.maxBodyBytes() ? Rejection.TOO_LONG : null;
  }

  private @Nullable Rejection checkPlain() {
    return keyring.isRequired() ? Rejection.NOT_AUTHENTICATED : null;
  }

  /** Codes of the keys known here, their set-up kept. */
  private static final class Authenticator {
    private final Keyring keyring;
    private final MacCache macs = new MacCache();
    private final byte[] received = new byte[MacCache.CODE_BYTES];

    Authenticator(Keyring keyring) {
      this.keyring = keyring;
    }

    byte[] codeOf(int keyId, ByteBuffer out, int start) {
      SharedKey key =
          keyring
              .find(keyId)
              .orElseThrow(() -> new IllegalArgumentException("key is not known: " + keyId));
      return macs.codeOf(key, out.duplicate().flip().position(start));
    }

    /** A frame from 0 to its limit, of the right length, that says it is authenticated. */
    @Nullable Rejection verify(ByteBuffer in) {
      int codeAt = in.limit() - MacCache.CODE_BYTES;
      SharedKey key = keyring.find(in.getInt(codeAt - KEY_ID_BYTES)).orElse(null);
      if (key == null) {
        return Rejection.UNKNOWN_KEY;
      }
      in.get(codeAt, received);
      byte[] expected = macs.codeOf(key, in.duplicate().position(0).limit(codeAt));
      return MessageDigest.isEqual(expected, received) ? null : Rejection.BAD_AUTHENTICATION;
    }
  }
}
