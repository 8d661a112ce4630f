package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Frozen bytes, and the faults that published codecs have had. */
final class VectorTimestampCodecTest {

  private static final ActorTable TABLE = ActorTable.of(List.of("c", "a", "b", "d"));
  private static final VectorTimestamp STAMP =
      VectorTimestamp.of(Map.of("a", 1L, "b", 300L, "é", Long.MAX_VALUE));

  private static String hex(VectorTimestamp stamp) {
    return HexFormat.of().formatHex(VectorTimestampCodec.toBytes(stamp));
  }

  private static String numberedHex(VectorTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(VectorTimestampCodec.encodedLength(stamp, TABLE));
    VectorTimestampCodec.encode(stamp, TABLE, buffer);
    assertEquals(0, buffer.remaining());
    return HexFormat.of().formatHex(buffer.array());
  }

  private static void refused(Reason reason, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    StampFormatException refused =
        assertThrows(StampFormatException.class, () -> VectorTimestampCodec.decode(buffer), hex);
    assertEquals(reason, refused.reason(), hex);
    assertEquals(0, buffer.position());
  }

  private static void refusedNumbered(Reason reason, String hex) {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    StampFormatException refused =
        assertThrows(
            StampFormatException.class, () -> VectorTimestampCodec.decode(buffer, TABLE), hex);
    assertEquals(reason, refused.reason(), hex);
    assertEquals(0, buffer.position());
  }

  @Test
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    assertEquals("2100", hex(VectorTimestamp.empty()));
    assertEquals("2106" + "016101" + "0162ac02" + "02c3a9ffffffffffffffff7f", hex(STAMP));
    assertEquals("2103" + "0162ac02" + "02" + "0161" + "02c3a9", hex(STAMP.prune("a").prune("é")));
  }

  @Test
  void shouldWriteTheseBytesWhenActorsHaveNumbers() {
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L, "b", 300L, "c", 5L));
    assertEquals("2900", numberedHex(VectorTimestamp.empty()));
    assertEquals("2906" + "0101" + "02ac02" + "0005", numberedHex(stamp));
    assertEquals("2903" + "02ac02" + "02" + "01" + "00", numberedHex(stamp.prune("c").prune("a")));
  }

  @Test
  @DisplayName("CodecNegativeCount")
  void codecNegativeCountShouldBeRefusedWhenDecoded() {
    refused(Reason.OUT_OF_RANGE, "21" + "ffffffffffffffffff01");
    refused(Reason.OUT_OF_RANGE, "2102" + "0161" + "ffffffffffffffffff01");
    refusedNumbered(Reason.OUT_OF_RANGE, "29" + "ffffffffffffffffff01");
    refusedNumbered(Reason.OUT_OF_RANGE, "2902" + "01" + "ffffffffffffffffff01");
  }

  @Test
  @DisplayName("CodecHugeCount")
  void codecHugeCountShouldBeRefusedWithoutAllocatingWhenDecoded() {
    refused(Reason.TOO_LARGE, "21" + "ffffffffffffffff7f");
    refused(Reason.TOO_LARGE, "21" + "828008");
    refused(Reason.TRUNCATED, "21" + "808008" + "016101");
    refused(Reason.TOO_LARGE, "2103" + "016101" + "808004");
    refused(Reason.TRUNCATED, "2103" + "016101" + "ffff03");
    refused(Reason.TOO_LARGE, "2102" + "8002" + "00".repeat(256) + "01");
    refusedNumbered(Reason.TOO_LARGE, "29" + "828008");
    refusedNumbered(Reason.TRUNCATED, "29" + "808008" + "0101");
  }

  @Test
  void shouldRefuseWhenBytesAreNotHowAStampIsWritten() {
    refused(Reason.TRUNCATED, "");
    refused(Reason.WRONG_KIND, "2900");
    refused(Reason.UNKNOWN_VERSION, "2200");
    refused(Reason.NOT_CANONICAL, "2102" + "016100");
    refused(Reason.NOT_CANONICAL, "2104" + "016201" + "016101");
    refused(Reason.NOT_CANONICAL, "2104" + "016101" + "016101");
    refused(Reason.NOT_CANONICAL, "2103" + "016101" + "01" + "0161");
    refused(Reason.NOT_CANONICAL, "2101" + "00");
    refused(Reason.NOT_CANONICAL, "2101" + "02" + "0162" + "0161");
    refused(Reason.NOT_CANONICAL, "2102" + "01ff01");
    refused(Reason.OUT_OF_RANGE, "2102" + "000101");
    refusedNumbered(Reason.OUT_OF_RANGE, "2902" + "0401");
    refusedNumbered(Reason.OUT_OF_RANGE, "2901" + "0104");
    refusedNumbered(Reason.NOT_CANONICAL, "2902" + "0100");
    refusedNumbered(Reason.NOT_CANONICAL, "2904" + "0201" + "0101");
    refusedNumbered(Reason.NOT_CANONICAL, "2902" + "018100");
    assertThrows(
        StampFormatException.class, () -> VectorTimestampCodec.fromBytes(new byte[] {0x21, 0, 0}));
  }

  @Test
  void shouldRefuseTheSameWhenTheActorsWereGuessedRight() {
    numberedHex(VectorTimestamp.of(Map.of("a", 1L)));
    refusedNumbered(Reason.NOT_CANONICAL, "2902" + "0100");
    refusedNumbered(Reason.NOT_CANONICAL, "2902" + "018100");
    refusedNumbered(Reason.OUT_OF_RANGE, "2902" + "01" + "ffffffffffffffffff01");
    refusedNumbered(Reason.TRUNCATED, "2902" + "0180");
    ByteBuffer limited = ByteBuffer.wrap(HexFormat.of().parseHex("29020181010000")).limit(4);
    assertThrows(StampFormatException.class, () -> VectorTimestampCodec.decode(limited, TABLE));
  }

  @Test
  void shouldLeaveTheBufferAloneWhenThereIsNoRoom() {
    ByteBuffer small = ByteBuffer.allocate(VectorTimestampCodec.encodedLength(STAMP) - 1);
    assertThrows(BufferOverflowException.class, () -> VectorTimestampCodec.encode(STAMP, small));
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L, "b", 2L));
    ByteBuffer tiny = ByteBuffer.allocate(5);
    assertThrows(
        BufferOverflowException.class, () -> VectorTimestampCodec.encode(stamp, TABLE, tiny));
    assertEquals(0, small.position() + tiny.position());
    assertArrayEquals(new byte[5], tiny.array());
    ByteBuffer readOnly = ByteBuffer.allocate(100).asReadOnlyBuffer();
    assertThrows(ReadOnlyBufferException.class, () -> VectorTimestampCodec.encode(STAMP, readOnly));
    assertThrows(
        ReadOnlyBufferException.class, () -> VectorTimestampCodec.encode(stamp, TABLE, readOnly));
  }

  @Test
  void shouldThrowWhenTheTableIsWrong() {
    assertThrows(IllegalArgumentException.class, () -> ActorTable.of(List.of("a", "a")));
    assertThrows(IllegalArgumentException.class, () -> ActorTable.of(List.of("")));
    assertThrows(
        IllegalArgumentException.class, () -> VectorTimestampCodec.encodedLength(STAMP, TABLE));
    assertEquals(ActorTable.of(List.of("x")), ActorTable.of(List.of("x")));
    assertTrue(TABLE.toString().contains("[c, a, b, d]"));
  }
}
