package dev.coeval.sync.mutual;

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
 * Requests and replies to bytes and back; this package's description draws them. A request is
 * padded to the length of its reply. Decoding is total: any bytes give a value or a reason. Not
 * thread-safe, as {@link FrameCodec}.
 */
final class ReadingCodec {
  static final String MAGIC = "EACH";
  static final int VERSION = 1;
  static final int READ = 1;
  static final int READING = 2;

  /** In a reply: the clock has settled. */
  static final int SETTLED = 0x0002;

  private static final int BODY_BYTES = 2 * Long.BYTES;
  private static final ByteBuffer PADDING = ByteBuffer.allocate(BODY_BYTES).asReadOnlyBuffer();

  static final FrameFormat FORMAT =
      FrameFormat.of(
          MAGIC,
          VERSION,
          List.of(new FrameType(READ, BODY_BYTES, 0), new FrameType(READING, BODY_BYTES, SETTLED)));

  private final FrameCodec frames;

  /** Asks what a clock shows. */
  record Read(long nonce, int keyId) {}

  /** What it showed when it was asked, and when it answered. */
  record Reading(Read read, long receivedEpochNanos, long sentEpochNanos, boolean isSettled) {}

  ReadingCodec(Keyring keyring) {
    this.frames = new FrameCodec(FORMAT, keyring);
  }

  ByteBuffer encode(Read read) {
    boolean authenticated = read.keyId != FrameHeader.NO_KEY;
    ByteBuffer out = ByteBuffer.allocate(FORMAT.lengthOf(READ, authenticated));
    FrameHeader header = new FrameHeader(READ, 0, read.nonce, read.keyId);
    frames.encode(out, header, body -> body.put(PADDING.duplicate()));
    return out.flip();
  }

  /** Writes a reply whose body takes its stamps itself, as late as can be. */
  int encodeReading(ByteBuffer out, Read read, boolean isSettled, FrameCodec.Body body) {
    int flags = isSettled ? SETTLED : 0;
    return frames.encode(out, new FrameHeader(READING, flags, read.nonce, read.keyId), body);
  }

  Decoded<Read> decodeRead(ByteBuffer datagram) {
    return frames.decode(datagram).then(ReadingCodec::readOf);
  }

  Decoded<Reading> decodeReading(ByteBuffer datagram) {
    return frames.decode(datagram).then(ReadingCodec::readingOf);
  }

  private static Decoded<Read> readOf(Frame frame) {
    if (frame.header().type() != READ) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    return frame.body().equals(PADDING)
        ? Decoded.of(new Read(frame.header().nonce(), frame.header().keyId()))
        : Decoded.refused(Rejection.MALFORMED);
  }

  private static Decoded<Reading> readingOf(Frame frame) {
    FrameHeader header = frame.header();
    if (header.type() != READING) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    long received = frame.body().getLong();
    long sent = frame.body().getLong();
    Read read = new Read(header.nonce(), header.keyId());
    return Decoded.of(new Reading(read, received, sent, (header.flags() & SETTLED) != 0));
  }
}
