package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.link.LinkCodec.Keyed;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of every frame, frozen: what is read here was sent by an older build. */
final class LinkCodecTest {
  private static final Keyring KEYS =
      Keyring.optional(List.of(SharedKey.ofText(7, "a secret shared by both")));

  private static final String HELLO =
      "44545354"
          + "01"
          + "01"
          + "0000"
          + "0102030405060708"
          + "1112131415161718"
          + "2122232425262728";
  private static final String ACK =
      "44545354"
          + "01"
          + "02"
          + "0000"
          + "0102030405060708"
          + "1112131415161718"
          + "0000000000000102"
          + "8000000000000003";
  private static final String DATA =
      "44545354"
          + "01"
          + "03"
          + "0000"
          + "0102030405060708"
          + "1112131415161718"
          + "0000000000000102"
          + "8000000000000003"
          + "7fffffffffffffff"
          + "cafe";

  private static final Receipt RECEIPT = new Receipt(0x102, 0x8000000000000003L);

  private final LinkCodec codec = new LinkCodec("DTST", KEYS);

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private void assertFrozen(String hex, LinkFrame frame, int keyId) {
    assertEquals(hex, hex(codec.encode(frame, keyId)));
    assertEquals(Decoded.of(new Keyed(frame, keyId)), codec.decode(bytes(hex)));
  }

  private static Hello hello() {
    return new Hello(0x1112131415161718L, 0x0102030405060708L, 0x2122232425262728L);
  }

  @Test
  void shouldWriteAndReadTheFrozenBytesWhenFrameIsPlain() {
    assertFrozen(HELLO, hello(), 0);
    assertFrozen(ACK, new Ack(0x1112131415161718L, 0x0102030405060708L, RECEIPT), 0);
    ByteBuffer message = bytes("cafe").asReadOnlyBuffer();
    assertFrozen(
        DATA,
        new Data(0x1112131415161718L, 0x0102030405060708L, RECEIPT, Long.MAX_VALUE, message),
        0);
  }

  @Test
  void shouldWriteAndReadTheFrozenBytesWhenFrameIsAuthenticated() {
    String signed =
        HELLO.substring(0, 12)
            + "0001"
            + HELLO.substring(16)
            + "00000007"
            + "f9c06572091d5aec3bf7fff607d4274f5f33ec24e7148384c04728aad40e1d31";
    assertFrozen(signed, hello(), 7);
    assertRefused(Rejection.BAD_AUTHENTICATION, signed.substring(0, signed.length() - 2) + "00");
  }

  private void assertRefused(Rejection reason, String hex) {
    assertEquals(Decoded.refused(reason), codec.decode(bytes(hex)), hex);
  }

  private static String with(String hex, int at, String bytes) {
    return hex.substring(0, 2 * at) + bytes + hex.substring(2 * at + bytes.length());
  }

  @Test
  void shouldRefuseWithReasonWhenFrameCannotBe() {
    String none = "0000000000000000";
    assertRefused(Rejection.MALFORMED, with(HELLO, 16, none)); // no session
    assertRefused(Rejection.MALFORMED, with(with(HELLO, 8, none), 24, none)); // says nothing
    assertRefused(Rejection.MALFORMED, with(ACK, 16, none));
    assertRefused(Rejection.MALFORMED, with(ACK, 8, none)); // to nobody
    assertRefused(Rejection.MALFORMED, with(ACK, 24, "8000000000000000")); // up to less than 0
    assertRefused(Rejection.MALFORMED, with(DATA, 8, none));
    assertRefused(Rejection.MALFORMED, with(DATA, 24, "ffffffffffffffff"));
    assertRefused(Rejection.MALFORMED, with(DATA, 40, none)); // number 0
    assertRefused(Rejection.MALFORMED, with(DATA, 40, "8000000000000000"));
    assertRefused(Rejection.UNEXPECTED_TYPE, with(ACK, 5, "04"));
    assertRefused(Rejection.UNKNOWN_VERSION, with(ACK, 4, "02"));
    assertRefused(Rejection.NOT_OUR_PROTOCOL, with(ACK, 3, "55"));
    assertRefused(Rejection.TOO_SHORT, ACK.substring(0, 30));
    assertRefused(Rejection.TOO_SHORT, ACK.substring(0, ACK.length() - 2));
    assertRefused(Rejection.TOO_LONG, ACK + "00");
    assertRefused(Rejection.TOO_LONG, DATA + "00".repeat(Links.MAX_MESSAGE_BYTES - 1));
  }

  @Test
  void shouldTakeTheEndsOfEachRangeWhenTheyAreAllowed() {
    assertFrozen(
        with(HELLO, 8, "0000000000000000"),
        new Hello(0x1112131415161718L, 0, 0x2122232425262728L),
        0);
    assertFrozen(
        with(HELLO, 24, "0000000000000000"),
        new Hello(0x1112131415161718L, 0x0102030405060708L, 0),
        0);
    ByteBuffer longest = ByteBuffer.allocate(Links.MAX_MESSAGE_BYTES).asReadOnlyBuffer();
    Data data = new Data(1, -1, new Receipt(Long.MAX_VALUE, -1), 1, longest);
    assertEquals(Decoded.of(new Keyed(data, 0)), codec.decode(codec.encode(data, 0)));
    assertEquals(992, Links.MAX_MESSAGE_BYTES);
  }
}
