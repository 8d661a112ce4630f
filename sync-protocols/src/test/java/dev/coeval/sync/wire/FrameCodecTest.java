package dev.coeval.sync.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameCodecTest {
  private static final int PING = 1;
  private static final int LOUD = 0x0002;
  private static final FrameFormat FORMAT =
      FrameFormat.of("CTST", 3, List.of(new FrameType(PING, 8, LOUD), new FrameType(2, 0, 0)));
  private static final SharedKey KEY = SharedKey.ofHex(7, "000102030405060708090a0b0c0d0e0f");
  private static final SharedKey OTHER = SharedKey.ofText(8, "another secret of ours");
  private static final SharedKey WRONG = SharedKey.ofText(7, "not the same secret");
  private static final long NONCE = 0x0123_4567_89AB_CDEFL;
  private static final long BODY = 0x1122_3344_5566_7788L;

  @Test
  void shouldWriteTheDocumentedBytesWhenFrameIsPlain() {
    assertEquals(
        "43545354" + "03" + "01" + "0002" + "0123456789abcdef" + "1122334455667788",
        HexFormat.of().formatHex(encoded(Keyring.empty(), FrameHeader.NO_KEY)));
  }

  @Test
  void shouldWriteTheDocumentedBytesWhenFrameIsAuthenticated() throws Exception {
    byte[] frame = encoded(Keyring.required(List.of(KEY)), 7);
    byte[] covered = Arrays.copyOf(frame, 28);
    assertEquals(
        "4354535403010003" + "0123456789abcdef" + "1122334455667788" + "00000007",
        HexFormat.of().formatHex(covered));
    assertArrayEquals(
        hmac(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"), covered),
        Arrays.copyOfRange(frame, 28, 60));
  }

  @Test
  void shouldGiveTheSameBytesWhenCodecIsUsedAgain() {
    FrameCodec codec = new FrameCodec(FORMAT, Keyring.required(List.of(KEY, OTHER)));
    byte[] first = encoded(codec, 7);
    byte[] between = encoded(codec, 8);
    assertArrayEquals(first, encoded(codec, 7));
    assertFalse(Arrays.equals(first, between));
  }

  @Test
  void shouldReadBackWhenKeysAreTheSame() {
    for (Keyring keyring :
        List.of(Keyring.required(List.of(OTHER, KEY)), Keyring.optional(List.of(KEY, OTHER)))) {
      Frame frame = good(keyring, encoded(Keyring.optional(List.of(KEY)), 7));
      assertEquals(new FrameHeader(PING, LOUD, NONCE, 7), frame.header());
      assertEquals(BODY, frame.body().getLong());
      assertTrue(frame.body().isReadOnly());
    }
  }

  @Test
  void shouldReadBackPlainFrameWhenAuthenticationIsOptional() {
    byte[] frame = encoded(Keyring.empty(), FrameHeader.NO_KEY);
    assertFalse(good(Keyring.optional(List.of(KEY)), frame).header().isAuthenticated());
    assertEquals(BODY, good(Keyring.empty(), frame).body().getLong());
  }

  @Test
  void shouldSayWhichWhenKeyIsWrongMissingOrUnknown() {
    byte[] authenticated = encoded(Keyring.required(List.of(KEY)), 7);
    byte[] plain = encoded(Keyring.empty(), FrameHeader.NO_KEY);
    Keyring required = Keyring.required(List.of(KEY));
    assertEquals(Rejection.NOT_AUTHENTICATED, refusal(required, plain));
    for (Keyring wrong :
        List.of(Keyring.required(List.of(WRONG)), Keyring.optional(List.of(WRONG)))) {
      assertEquals(Rejection.BAD_AUTHENTICATION, refusal(wrong, authenticated));
    }
    for (Keyring unknown : List.of(Keyring.empty(), Keyring.required(List.of(OTHER)))) {
      assertEquals(Rejection.UNKNOWN_KEY, refusal(unknown, authenticated));
    }
  }

  @Test
  void shouldRefuseWhenAnyBitOfAnAuthenticatedFrameIsFlipped() {
    Keyring keyring = Keyring.required(List.of(KEY));
    byte[] frame = encoded(keyring, 7);
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(decode(keyring, flipped) instanceof Decoded.Refused, "bit " + bit);
    }
  }

  @Test
  void shouldNotAcceptWhenTrailerIsCutOffAndFlagCleared() {
    byte[] cut = Arrays.copyOf(encoded(Keyring.required(List.of(KEY)), 7), 24);
    cut[7] = LOUD;
    assertEquals(Rejection.NOT_AUTHENTICATED, refusal(Keyring.required(List.of(KEY)), cut));
  }

  @Test
  void shouldNameTheFirstFailureWhenFrameIsNotWellFormed() {
    byte[] frame = encoded(Keyring.empty(), FrameHeader.NO_KEY);
    assertEquals(Rejection.TOO_SHORT, refusal(Arrays.copyOf(frame, 0)));
    assertEquals(Rejection.TOO_SHORT, refusal(Arrays.copyOf(frame, 3)));
    assertEquals(Rejection.TOO_SHORT, refusal(Arrays.copyOf(frame, 15)));
    assertEquals(Rejection.TOO_SHORT, refusal(Arrays.copyOf(frame, 23)));
    assertEquals(Rejection.TOO_LONG, refusal(Arrays.copyOf(frame, 25)));
    assertEquals(Rejection.NOT_OUR_PROTOCOL, refusal(with(frame, 3, 0)));
    assertEquals(Rejection.UNKNOWN_VERSION, refusal(with(frame, 4, 4)));
    assertEquals(Rejection.UNEXPECTED_TYPE, refusal(with(frame, 5, 200)));
    assertEquals(Rejection.MALFORMED, refusal(with(frame, 7, 4)));
    assertEquals(Rejection.MALFORMED, refusal(with(frame, 6, 0x80)));
    assertEquals(Rejection.TOO_SHORT, refusal(with(frame, 7, LOUD | FrameFormat.AUTHENTICATED)));
  }

  @Test
  void shouldReadBackEachLengthWhenTypeAllowsSeveral() {
    FrameFormat format = FrameFormat.of("CTST", 3, List.of(new FrameType(PING, 2, 4, 0)));
    Keyring keyring = Keyring.optional(List.of(KEY));
    FrameCodec codec = new FrameCodec(format, keyring);
    for (int keyId : new int[] {FrameHeader.NO_KEY, 7}) {
      FrameHeader header = new FrameHeader(PING, 0, NONCE, keyId);
      for (int length = 0; length <= 6; length++) {
        byte[] body = Arrays.copyOf(new byte[] {1, 2, 3, 4, 5, 6}, length);
        ByteBuffer out = ByteBuffer.allocate(100);
        if (length < 2 || length > 4) {
          assertThrows(
              IllegalArgumentException.class, () -> codec.encode(out, header, to -> to.put(body)));
        } else {
          codec.encode(out, header, to -> to.put(body));
          Decoded<Frame> decoded = codec.decode(out.flip());
          assertEquals(header, ((Decoded.Value<Frame>) decoded).value().header());
          assertEquals(ByteBuffer.wrap(body), ((Decoded.Value<Frame>) decoded).value().body());
        }
      }
    }
    ByteBuffer plain = ByteBuffer.allocate(21).put(0, encoded(Keyring.empty(), 0), 0, 21);
    plain.putShort(6, (short) 0);
    assertTrue(
        codec.decode(plain) instanceof Decoded.Refused<Frame> refused
            && refused.reason() == Rejection.TOO_LONG);
    assertTrue(
        codec.decode(plain.limit(17)) instanceof Decoded.Refused<Frame> refused
            && refused.reason() == Rejection.TOO_SHORT);
  }

  @Test
  void shouldLeaveTheDatagramAsItIsWhenItLiesWithinALittleEndianBuffer() {
    Keyring keyring = Keyring.required(List.of(KEY));
    byte[] frame = encoded(keyring, 7);
    ByteBuffer in = ByteBuffer.allocateDirect(frame.length + 9).order(ByteOrder.LITTLE_ENDIAN);
    in.position(5).put(frame).flip().position(5);
    assertTrue(FORMAT.claims(in));
    assertEquals(PING, FORMAT.typeOf(in));
    assertTrue(new FrameCodec(FORMAT, keyring).decode(in) instanceof Decoded.Value);
    assertEquals(5, in.position());
    assertEquals(5 + frame.length, in.limit());
  }

  @Test
  void shouldThrowWhenProgrammerIsWrong() {
    FrameCodec codec = new FrameCodec(FORMAT, Keyring.empty());
    ByteBuffer out = ByteBuffer.allocate(100);
    FrameCodec.Body body = to -> to.putLong(1);
    for (FrameHeader header :
        List.of(
            new FrameHeader(9, 0, NONCE, 0),
            new FrameHeader(-1, 0, NONCE, 0),
            new FrameHeader(PING, 4, NONCE, 0),
            new FrameHeader(2, 0, NONCE, 0),
            new FrameHeader(PING, 0, NONCE, 7))) {
      assertThrows(IllegalArgumentException.class, () -> codec.encode(out, header, body));
    }
  }

  @Test
  void shouldThrowWhenFormatWouldBeAmbiguous() {
    FrameType type = new FrameType(1, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> FrameFormat.of("ABC", 1, List.of(type)));
    assertThrows(IllegalArgumentException.class, () -> FrameFormat.of("#BCD", 256, List.of(type)));
    assertThrows(IllegalArgumentException.class, () -> FrameFormat.of("xNTP", 1, List.of(type)));
    assertThrows(
        IllegalArgumentException.class, () -> FrameFormat.of("CABC", 1, List.of(type, type)));
    assertThrows(IllegalArgumentException.class, () -> new FrameType(256, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new FrameType(1, 1025, 0));
    assertThrows(IllegalArgumentException.class, () -> new FrameType(1, 0, 1));
  }

  private static byte[] encoded(Keyring keyring, int keyId) {
    return encoded(new FrameCodec(FORMAT, keyring), keyId);
  }

  private static byte[] encoded(FrameCodec codec, int keyId) {
    ByteBuffer out = ByteBuffer.allocate(100).position(3);
    int length =
        codec.encode(out, new FrameHeader(PING, LOUD, NONCE, keyId), body -> body.putLong(BODY));
    assertEquals(3 + length, out.position());
    return Arrays.copyOfRange(out.array(), 3, out.position());
  }

  private static Decoded<Frame> decode(Keyring keyring, byte[] datagram) {
    return new FrameCodec(FORMAT, keyring).decode(ByteBuffer.wrap(datagram));
  }

  private static Frame good(Keyring keyring, byte[] datagram) {
    return ((Decoded.Value<Frame>) decode(keyring, datagram)).value();
  }

  private static Rejection refusal(byte[] datagram) {
    return refusal(Keyring.empty(), datagram);
  }

  private static Rejection refusal(Keyring keyring, byte[] datagram) {
    return ((Decoded.Refused<Frame>) decode(keyring, datagram)).reason();
  }

  private static byte[] with(byte[] frame, int index, int value) {
    byte[] changed = frame.clone();
    changed[index] = (byte) value;
    return changed;
  }

  /** RFC 2104 written out, as an oracle apart from the platform's Mac. */
  private static byte[] hmac(byte[] key, byte[] message) throws Exception {
    byte[] inner = new byte[64];
    byte[] outer = new byte[64];
    for (int i = 0; i < 64; i++) {
      int k = i < key.length ? key[i] : 0;
      inner[i] = (byte) (k ^ 0x36);
      outer[i] = (byte) (k ^ 0x5c);
    }
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(inner);
    byte[] hash = sha.digest(message);
    sha.update(outer);
    return sha.digest(hash);
  }
}
