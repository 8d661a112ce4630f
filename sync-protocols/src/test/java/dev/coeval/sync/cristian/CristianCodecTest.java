package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CristianCodecTest {
  private static final long NONCE = 0x0123_4567_89AB_CDEFL;
  private static final CristianRequest REQUEST = new CristianRequest(NONCE, FrameHeader.NO_KEY);
  private static final SharedKey KEY = SharedKey.ofText(5, "sixteen letters.");

  private final CristianCodec codec = new CristianCodec(Keyring.empty());

  @Test
  void shouldWriteTheDocumentedBytesWhenRequestIsPlain() {
    assertEquals(
        "43524953" + "01" + "01" + "0000" + "0123456789abcdef" + "00".repeat(24),
        hex(bytesOf(REQUEST)));
  }

  @Test
  void shouldWriteTheDocumentedBytesWhenReplyIsPlain() {
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
    codec.encode(out, new CristianReply(REQUEST, 1, -2, 0x0102, true));
    assertEquals(
        ("43524953" + "01" + "02" + "0002" + "0123456789abcdef")
            + ("0000000000000001" + "fffffffffffffffe" + "0000000000000102"),
        hex(out.flip()));
  }

  @Test
  void shouldHaveEqualLengthsWhenRequestAndReplyAreAuthenticated() {
    CristianCodec keyed = new CristianCodec(Keyring.required(List.of(KEY)));
    CristianRequest request = new CristianRequest(NONCE, 5);
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    assertEquals(76, keyed.encode(out, request));
    assertEquals(Decoded.of(request), keyed.decodeRequest(out.flip()));
    out.clear();
    assertEquals(76, keyed.encode(out, new CristianReply(request, 1, 2, 3, false)));
    assertEquals(
        Decoded.of(new CristianReply(request, 1, 2, 3, false)), keyed.decodeReply(out.flip()));
  }

  @Test
  void shouldRefuseWhenTypeIsForTheOtherSide() {
    ByteBuffer reply = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
    codec.encode(reply, new CristianReply(REQUEST, 1, 2, 3, true));
    assertEquals(Decoded.refused(Rejection.UNEXPECTED_TYPE), codec.decodeReply(bytesOf(REQUEST)));
    ByteBuffer noRequest = reply.flip().putShort(6, (short) 0);
    assertEquals(Decoded.refused(Rejection.UNEXPECTED_TYPE), codec.decodeRequest(noRequest));
  }

  @Test
  void shouldRefuseWhenAFieldHoldsWhatItMustNot() {
    long tooFar = CristianCodec.MAX_EPOCH_NANOS + 1;
    for (CristianReply reply :
        List.of(
            new CristianReply(REQUEST, tooFar, 2, 3, true),
            new CristianReply(REQUEST, -tooFar, 2, 3, true),
            new CristianReply(REQUEST, 1, tooFar, 3, true),
            new CristianReply(REQUEST, 1, Long.MIN_VALUE, 3, true),
            new CristianReply(REQUEST, 1, 2, -1, true))) {
      ByteBuffer out = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
      codec.encode(out, reply);
      assertEquals(Decoded.refused(Rejection.MALFORMED), codec.decodeReply(out.flip()));
    }
    ByteBuffer padded = bytesOf(REQUEST).put(39, (byte) 1);
    assertEquals(Decoded.refused(Rejection.MALFORMED), codec.decodeRequest(padded));
  }

  private ByteBuffer bytesOf(CristianRequest request) {
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
    codec.encode(out, request);
    return out.flip();
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
