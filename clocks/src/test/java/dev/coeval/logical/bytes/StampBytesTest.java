package dev.coeval.logical.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class StampBytesTest {

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static void assertRefused(
      Reason reason, String hex, Function<ByteBuffer, Object> decoder) {
    ByteBuffer buffer = bytes(hex);
    StampFormatException refused =
        assertThrows(
            StampFormatException.class, () -> StampInput.whole(buffer, decoder), () -> hex);
    assertEquals(reason, refused.reason(), hex);
    assertEquals(0, buffer.position(), hex);
  }

  @Test
  void shouldReadTheLargestNumberWhenVarintHasNineBytes() {
    assertEquals(Long.MAX_VALUE, StampInput.varint(bytes("ffffffffffffffff7f")));
    assertEquals(9, StampOutput.varintLength(Long.MAX_VALUE));
    assertEquals(1, StampOutput.varintLength(0));
    assertEquals(1, StampOutput.varintLength(127));
    assertEquals(2, StampOutput.varintLength(128));
  }

  @Test
  void shouldRefuseWhenVarintIsLongerThanItNeedsToBe() {
    assertEquals(0L, StampInput.varint(bytes("00")));
    assertRefused(Reason.NOT_CANONICAL, "8000", StampInput::varint);
    assertRefused(Reason.NOT_CANONICAL, "ff00", StampInput::varint);
    assertRefused(Reason.NOT_CANONICAL, "808080808080808000", StampInput::varint);
  }

  @Test
  void shouldRefuseWhenVarintIsAboveTheRange() {
    assertRefused(Reason.OUT_OF_RANGE, "80808080808080808001", StampInput::varint);
    assertRefused(Reason.OUT_OF_RANGE, "ffffffffffffffffffff01", StampInput::varint);
  }

  @Test
  void shouldRefuseWhenBytesEndTooSoon() {
    assertRefused(Reason.TRUNCATED, "", StampInput::varint);
    assertRefused(Reason.TRUNCATED, "ff", StampInput::varint);
    assertRefused(Reason.TRUNCATED, "ffffffffffffffff", StampInput::varint);
    assertRefused(Reason.TRUNCATED, "00000000000000", StampInput::fixed64);
    assertRefused(Reason.TRUNCATED, "000000", StampInput::fixed32);
    assertRefused(Reason.TRUNCATED, "0261", buffer -> StampInput.name(255, buffer));
    assertRefused(Reason.TRUNCATED, "", buffer -> header(StampKind.LAMPORT, buffer));
  }

  /** CodecHugeCount and CodecNegativeCount: nothing is allocated on a sender's word. */
  @Test
  void codecHugeCountShouldBeRefusedWhenBytesCannotHoldIt() {
    assertEquals(2, StampInput.count(9, 3, bytes("02000000000000")));
    assertRefused(Reason.TRUNCATED, "020000000000", buffer -> StampInput.count(9, 3, buffer));
    assertRefused(Reason.TOO_LARGE, "0a", buffer -> StampInput.count(9, 1, buffer));
    assertRefused(
        Reason.TOO_LARGE, "ffffffffffffffff7f", buffer -> StampInput.count(1 << 16, 9, buffer));
    assertRefused(
        Reason.TRUNCATED,
        "ffffffff07",
        buffer -> StampInput.count(Integer.MAX_VALUE, Integer.MAX_VALUE, buffer));
    assertRefused(
        Reason.OUT_OF_RANGE, "ffffffffffffffffff01", buffer -> StampInput.count(9, 1, buffer));
  }

  @Test
  void shouldRefuseWhenNameIsNotProperUtf8() {
    assertEquals("\u20ac", StampInput.name(255, bytes("03e282ac")));
    assertEquals("\ud83d\ude00", StampInput.name(255, bytes("04f09f9880")));
    for (String hex : new String[] {"0180", "02c080", "03eda080", "04f4908080", "02e282", "01ff"}) {
      assertRefused(Reason.NOT_CANONICAL, hex, buffer -> StampInput.name(255, buffer));
    }
    assertRefused(Reason.OUT_OF_RANGE, "00", buffer -> StampInput.name(255, buffer));
    assertRefused(Reason.TOO_LARGE, "03616263", buffer -> StampInput.name(2, buffer));
  }

  @Test
  void shouldThrowAndWriteNothingWhenNameHasHalfAPair() {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    for (String name : new String[] {"\ud83d", "a\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"}) {
      assertThrows(IllegalArgumentException.class, () -> StampOutput.name(name, buffer));
    }
    assertEquals(0, buffer.position());
    StampOutput.name("\ud83d\ude00", buffer);
    assertEquals(StampOutput.nameLength("\ud83d\ude00"), buffer.position());
    assertEquals("04f09f9880", HexFormat.of().formatHex(buffer.array(), 0, 5));
  }

  @Test
  void shouldThrowWhenNumberIsNegative() {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    assertThrows(IllegalArgumentException.class, () -> StampOutput.varint(-1, buffer));
    assertEquals(0, buffer.position());
    assertThrows(
        BufferOverflowException.class, () -> StampOutput.fixed64(1, ByteBuffer.allocate(7)));
  }

  @Test
  void shouldTellKindFromVersionWhenHeaderIsNotExpected() {
    List<Integer> written = new ArrayList<>();
    for (StampKind kind : StampKind.values()) {
      ByteBuffer buffer = ByteBuffer.allocate(1);
      StampOutput.header(kind, buffer);
      StampInput.header(kind, buffer.rewind());
      int first = buffer.get(0) & 0xFF;
      assertEquals(1, first & 7, "the version");
      written.add(first >>> 3);
      String next = HexFormat.of().toHexDigits((byte) (first + 1));
      assertRefused(Reason.UNKNOWN_VERSION, next, from -> header(kind, from));
      assertRefused(Reason.WRONG_KIND, "01", from -> header(kind, from));
    }
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16),
        written,
        "the numbers are for ever");
  }

  @Test
  void shouldRestoreThePositionWhenADecoderFailsInAnyWay() {
    ByteBuffer buffer = bytes("010203").position(1);
    assertThrows(
        ArithmeticException.class,
        () ->
            StampInput.whole(
                buffer,
                from -> {
                  from.get();
                  throw new ArithmeticException("a decoder's own");
                }));
    assertEquals(1, buffer.position());
  }

  private static Object header(StampKind kind, ByteBuffer buffer) {
    StampInput.header(kind, buffer);
    return kind;
  }
}
