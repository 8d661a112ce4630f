package dev.coeval.sync.cristian;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Frame;
import dev.coeval.sync.wire.FrameCodec;
import dev.coeval.sync.wire.FrameFormat;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.FrameType;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Requests and replies to bytes and back; the bytes are drawn in this package's description.
 *
 * <p>A request is padded to the length of its reply, so that a server never sends more than it was
 * sent: nobody gains by asking in another's name. Decoding is total: any bytes give a value or a
 * reason. Not thread-safe, as its {@link FrameCodec} is not.
 */
public final class CristianCodec {

  /** The first byte of every frame: a port that several protocols share tells by it. */
  public static final int FIRST_BYTE = 'C';

  /** The length of a frame without its authentication, request and reply alike. */
  public static final int PLAIN_BYTES = FrameFormat.HEADER_BYTES + 3 * Long.BYTES;

  /** The length of the longest frame: the authenticated ones, request and reply alike. */
  public static final int MAX_BYTES = PLAIN_BYTES + FrameFormat.TRAILER_BYTES;

  /** Stamps beyond this, 146 years from 1970, are refused: sums of them could overflow. */
  static final long MAX_EPOCH_NANOS = (1L << 62) - 1;

  static final int REQUEST = 1;
  static final int REPLY = 2;

  /** Flag of a reply: the server knows a bound. */
  static final int SYNCHRONIZED = 0x0002;

  private static final int BODY_BYTES = 3 * Long.BYTES;

  private static final ByteBuffer PADDING = ByteBuffer.allocate(BODY_BYTES).asReadOnlyBuffer();

  static final FrameFormat FORMAT =
      FrameFormat.of(
          "CRIS",
          1,
          List.of(
              new FrameType(REQUEST, BODY_BYTES, 0),
              new FrameType(REPLY, BODY_BYTES, SYNCHRONIZED)));

  private final FrameCodec frames;

  /**
   * A codec.
   *
   * @param keyring the keys known here, and whether authentication is required
   */
  public CristianCodec(Keyring keyring) {
    this.frames = new FrameCodec(FORMAT, keyring);
  }

  /**
   * Writes a request.
   *
   * @param out where it goes, from its position on; the position is left behind it
   * @param request what it says
   * @return the length of the frame in bytes
   * @throws IllegalArgumentException if the key is not known
   * @throws java.nio.BufferOverflowException if there is no room
   */
  public int encode(ByteBuffer out, CristianRequest request) {
    FrameHeader header = new FrameHeader(REQUEST, 0, request.nonce(), request.keyId());
    return frames.encode(out, header, body -> body.put(PADDING.duplicate()));
  }

  /**
   * Writes a reply.
   *
   * @param out where it goes, from its position on; the position is left behind it
   * @param reply what it says
   * @return the length of the frame in bytes
   * @throws IllegalArgumentException if the key is not known
   * @throws java.nio.BufferOverflowException if there is no room
   */
  public int encode(ByteBuffer out, CristianReply reply) {
    return encodeReply(
        out,
        reply.request(),
        reply.isSynchronized(),
        body ->
            body.putLong(reply.receivedEpochNanos())
                .putLong(reply.sentEpochNanos())
                .putLong(reply.errorNanos()));
  }

  /** Writes a reply whose transmit stamp is taken as late as can be: by the body itself. */
  int encodeReply(
      ByteBuffer out, CristianRequest request, boolean isSynchronized, FrameCodec.Body body) {
    int flags = isSynchronized ? SYNCHRONIZED : 0;
    FrameHeader header = new FrameHeader(REPLY, flags, request.nonce(), request.keyId());
    return frames.encode(out, header, body);
  }

  /**
   * Reads a request.
   *
   * @param datagram the bytes from position to limit; positions and bytes are left as they are
   * @return the request, or why there is none
   */
  public Decoded<CristianRequest> decodeRequest(ByteBuffer datagram) {
    return frames.decode(datagram).then(CristianCodec::requestOf);
  }

  /**
   * Reads a reply. Its stamps are within {@code ±}146 years of 1970, and its error is not negative;
   * nothing else of them is checked here.
   *
   * @param datagram the bytes from position to limit; positions and bytes are left as they are
   * @return the reply, or why there is none
   */
  public Decoded<CristianReply> decodeReply(ByteBuffer datagram) {
    return frames.decode(datagram).then(CristianCodec::replyOf);
  }

  private static Decoded<CristianRequest> requestOf(Frame frame) {
    if (frame.header().type() != REQUEST) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    if (!frame.body().equals(PADDING)) {
      return Decoded.refused(Rejection.MALFORMED);
    }
    return Decoded.of(requestOf(frame.header()));
  }

  private static Decoded<CristianReply> replyOf(Frame frame) {
    if (frame.header().type() != REPLY) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    long received = frame.body().getLong();
    long sent = frame.body().getLong();
    long error = frame.body().getLong();
    if (!isPlausible(received) || !isPlausible(sent) || error < 0) {
      return Decoded.refused(Rejection.MALFORMED);
    }
    boolean isSynchronized = (frame.header().flags() & SYNCHRONIZED) != 0;
    return Decoded.of(
        new CristianReply(requestOf(frame.header()), received, sent, error, isSynchronized));
  }

  private static CristianRequest requestOf(FrameHeader header) {
    return new CristianRequest(header.nonce(), header.keyId());
  }

  private static boolean isPlausible(long epochNanos) {
    return -MAX_EPOCH_NANOS <= epochNanos && epochNanos <= MAX_EPOCH_NANOS;
  }
}
