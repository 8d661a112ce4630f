package dev.coeval.sync.order.link;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Frame;
import dev.coeval.sync.wire.FrameCodec;
import dev.coeval.sync.wire.FrameFormat;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.FrameType;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.util.List;

/** Link frames to bytes and back. Decoding is total. Not thread-safe, as {@link FrameCodec}. */
final class LinkCodec {
  static final int VERSION = 1;
  static final int HELLO = 1;
  static final int ACK = 2;
  static final int DATA = 3;

  static final int HELLO_BYTES = 2 * Long.BYTES;
  static final int ACK_BYTES = 3 * Long.BYTES;
  static final int DATA_BYTES = 4 * Long.BYTES;

  private final FrameFormat format;
  private final FrameCodec frames;

  /** A frame and the key that it came under. */
  record Keyed(LinkFrame frame, int keyId) {}

  LinkCodec(String protocol, Keyring keyring) {
    this.format = format(protocol);
    this.frames = new FrameCodec(format, keyring);
  }

  static FrameFormat format(String protocol) {
    return FrameFormat.of(
        protocol,
        VERSION,
        List.of(
            new FrameType(HELLO, HELLO_BYTES, 0),
            new FrameType(ACK, ACK_BYTES, 0),
            new FrameType(DATA, DATA_BYTES, FrameType.MAX_BODY_BYTES, 0)));
  }

  ByteBuffer encode(LinkFrame frame, int keyId) {
    if (frame instanceof Hello hello) {
      return encode(
          new FrameHeader(HELLO, 0, hello.challenge(), keyId),
          HELLO_BYTES,
          out -> out.putLong(hello.session()).putLong(hello.echo()));
    }
    if (frame instanceof Ack ack) {
      return encode(
          new FrameHeader(ACK, 0, ack.to(), keyId),
          ACK_BYTES,
          out -> put(out, ack.session(), ack.receipt()));
    }
    Data data = (Data) frame;
    return encode(
        new FrameHeader(DATA, 0, data.to(), keyId),
        DATA_BYTES + data.message().remaining(),
        out -> {
          put(out, data.session(), data.receipt());
          out.putLong(data.number()).put(data.message().duplicate());
        });
  }

  Decoded<Keyed> decode(ByteBuffer datagram) {
    return frames.decode(datagram).then(LinkCodec::read);
  }

  private ByteBuffer encode(FrameHeader header, int bodyBytes, FrameCodec.Body body) {
    int trailer = header.isAuthenticated() ? FrameFormat.TRAILER_BYTES : 0;
    ByteBuffer out = ByteBuffer.allocate(FrameFormat.HEADER_BYTES + bodyBytes + trailer);
    frames.encode(out, header, body);
    return out.flip();
  }

  private static void put(ByteBuffer out, long session, Receipt receipt) {
    out.putLong(session).putLong(receipt.upTo()).putLong(receipt.beyond());
  }

  private static Decoded<Keyed> read(Frame frame) {
    FrameHeader header = frame.header();
    ByteBuffer in = frame.body();
    long session = in.getLong();
    if (session == 0) {
      return Decoded.refused(Rejection.MALFORMED);
    }
    if (header.type() == HELLO) {
      long echo = in.getLong();
      return header.nonce() == 0 && echo == 0
          ? Decoded.refused(Rejection.MALFORMED)
          : keyed(new Hello(session, header.nonce(), echo), header);
    }
    Receipt receipt = new Receipt(in.getLong(), in.getLong());
    if (receipt.upTo() < 0 || header.nonce() == 0) {
      return Decoded.refused(Rejection.MALFORMED);
    }
    if (header.type() == ACK) {
      return keyed(new Ack(session, header.nonce(), receipt), header);
    }
    long number = in.getLong();
    return number < 1
        ? Decoded.refused(Rejection.MALFORMED)
        : keyed(new Data(session, header.nonce(), receipt, number, in.slice()), header);
  }

  private static Decoded<Keyed> keyed(LinkFrame frame, FrameHeader header) {
    return Decoded.of(new Keyed(frame, header.keyId()));
  }
}
