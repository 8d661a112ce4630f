package dev.coeval.logical.lamport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class LamportTimestampCodecTest {

  private static String hex(LamportTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(LamportTimestampCodec.encodedLength(stamp));
    LamportTimestampCodec.encode(stamp, buffer.order(ByteOrder.LITTLE_ENDIAN));
    return HexFormat.of().formatHex(buffer.array());
  }

  private static LamportTimestamp decode(String hex) {
    return LamportTimestampCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static void assertRefused(Reason reason, String hex) {
    StampFormatException refused = assertThrows(StampFormatException.class, () -> decode(hex), hex);
    assertEquals(reason, refused.reason(), hex);
  }

  @Test
  void shouldWriteTheseBytesForEver() {
    assertEquals("09000000000000000761" + "00", hex(new LamportTimestamp(7, "a")));
    assertEquals("090000000000000000c3a900", hex(new LamportTimestamp(0, "\u00e9")));
    assertEquals(
        "097fffffffffffffff61010162010200", hex(new LamportTimestamp(Long.MAX_VALUE, "a\0b\1")));
    assertEquals(
        new LamportTimestamp(Long.MAX_VALUE, "a\0b\1"), decode("097fffffffffffffff61010162010200"));
  }

  @Test
  void shouldSayWhyWhenBytesAreNoStamp() {
    assertRefused(Reason.TRUNCATED, "");
    assertRefused(Reason.WRONG_KIND, "11000000000000000761" + "00");
    assertRefused(Reason.UNKNOWN_VERSION, "0a000000000000000761" + "00");
    assertRefused(Reason.OUT_OF_RANGE, "09800000000000000061" + "00");
    assertRefused(Reason.OUT_OF_RANGE, "090000000000000007" + "00");
    assertRefused(Reason.TRUNCATED, "09000000000000000761");
    assertRefused(Reason.NOT_CANONICAL, "090000000000000007010300");
    assertRefused(Reason.NOT_CANONICAL, "090000000000000007010000");
    assertRefused(Reason.NOT_CANONICAL, "090000000000000007eda08000");
    assertRefused(Reason.TOO_LARGE, "090000000000000007" + "61".repeat(256) + "00");
    assertRefused(Reason.TRUNCATED, "090000000000000007" + "61".repeat(255));
    assertEquals("a".repeat(255), decode("090000000000000007" + "61".repeat(255) + "00").nodeId());
  }

  @Test
  void shouldThrowWhenThereIsNoRoom() {
    LamportTimestamp stamp = new LamportTimestamp(7, "a");
    assertThrows(
        BufferOverflowException.class,
        () -> LamportTimestampCodec.encode(stamp, ByteBuffer.allocate(10)));
  }

  @Test
  void shouldRefuseWhenTextIsSpeltOtherwise() {
    assertEquals(new LamportTimestamp(7, "a@b"), LamportTimestamp.parse("7@a@b"));
    assertEquals(new LamportTimestamp(0, "a"), LamportTimestamp.parse("0@a"));
    for (String text :
        new String[] {
          "",
          "@",
          "7@",
          "@a",
          "7",
          "+7@a",
          "07@a",
          "-1@a",
          " 7@a",
          "7@\ud800",
          "9223372036854775808@a",
          "\u0667@a"
        }) {
      StampFormatException refused =
          assertThrows(StampFormatException.class, () -> LamportTimestamp.parse(text), text);
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
  }

  @Test
  void shouldThrowWhenNodeIdIsNoName() {
    assertThrows(IllegalArgumentException.class, () -> new LamportTimestamp(1, ""));
    assertThrows(IllegalArgumentException.class, () -> new LamportTimestamp(1, "\udc00"));
    assertThrows(IllegalArgumentException.class, () -> new LamportTimestamp(1, "a".repeat(256)));
  }
}
