package dev.coeval.logical.approximate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ApproximateCodecProperties {

  private static byte[] encode(BloomTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(BloomTimestampCodec.encodedLength(stamp));
    BloomTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static byte[] encode(PlausibleTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(PlausibleTimestampCodec.encodedLength(stamp));
    PlausibleTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static BloomTimestamp bloom(byte[] bytes) {
    return BloomTimestampCodec.decode(ByteBuffer.wrap(bytes));
  }

  private static PlausibleTimestamp plausible(byte[] bytes) {
    return PlausibleTimestampCodec.decode(ByteBuffer.wrap(bytes));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static void assertRefused(Reason reason, Supplier<Object> reads) {
    StampFormatException refused = assertThrows(StampFormatException.class, reads::get);
    assertEquals(reason, refused.reason());
  }

  @Provide
  Arbitrary<long[]> counts() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 3), Arbitraries.longs().greaterOrEqual(0))
        .array(long[].class)
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property
  void shouldReadWhatItWroteWhenStampIsAny(
      @ForAll("counts") long[] counts, @ForAll @IntRange(max = 11) int entry) {
    BloomTimestamp bloom = BloomTimestamp.of(counts);
    assertEquals(bloom, bloom(encode(bloom)));
    assertEquals(bloom, BloomTimestamp.parse(bloom.toString()));
    assertEquals(bloom.hashCode(), bloom(encode(bloom)).hashCode());
    PlausibleTimestamp plausible = PlausibleTimestamp.of(entry % counts.length, counts);
    assertEquals(plausible, plausible(encode(plausible)));
    assertEquals(plausible, PlausibleTimestamp.parse(plausible.toString()));
    assertEquals(plausible.hashCode(), plausible(encode(plausible)).hashCode());
    for (int length = 0; length < encode(plausible).length; length++) {
      byte[] cut = Arrays.copyOf(encode(plausible), length);
      assertThrows(StampFormatException.class, () -> plausible(cut));
    }
    for (int length = 0; length < encode(bloom).length; length++) {
      byte[] cut = Arrays.copyOf(encode(bloom), length);
      assertRefused(Reason.TRUNCATED, () -> bloom(cut));
    }
  }

  @Property
  void shouldGiveAStampOrThrowWhenBytesAreArbitrary(
      @ForAll @Size(max = 16) byte[] tail, @ForAll @IntRange(max = 5) int count) {
    for (int header : new int[] {0x61, 0x69}) {
      byte[] bytes = new byte[tail.length + 3];
      bytes[0] = (byte) header;
      bytes[1] = (byte) count;
      bytes[2] = (byte) (count + 1);
      System.arraycopy(tail, 0, bytes, 3, tail.length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      try {
        byte[] again =
            header == 0x61
                ? encode(BloomTimestampCodec.decode(buffer))
                : encode(PlausibleTimestampCodec.decode(buffer));
        assertArrayEquals(Arrays.copyOf(bytes, buffer.position()), again);
      } catch (StampFormatException refused) {
        assertEquals(0, buffer.position());
      }
    }
  }

  @Property
  void shouldReadBackOrRefuseWhenTextIsArbitrary(@ForAll String text) {
    for (String given : new String[] {text, "1." + text, "0:" + text, "0:1." + text}) {
      try {
        assertEquals(given, BloomTimestamp.parse(given).toString());
      } catch (StampFormatException refused) {
        assertEquals(Reason.NOT_A_STAMP, refused.reason());
      }
      try {
        assertEquals(given, PlausibleTimestamp.parse(given).toString());
      } catch (StampFormatException refused) {
        assertEquals(Reason.NOT_A_STAMP, refused.reason());
      }
    }
  }

  @Example
  void shouldWriteTheseBytesForEver() {
    HexFormat format = HexFormat.of();
    assertEquals("610300800107", format.formatHex(encode(BloomTimestamp.of(0, 128, 7))));
    assertEquals("69020300028001", format.formatHex(encode(PlausibleTimestamp.of(2, 0, 2, 128))));
  }

  @Example
  void shouldSayWhyWhenBytesAreNoStamp() {
    assertRefused(Reason.OUT_OF_RANGE, () -> bloom(hex("6100")));
    assertRefused(Reason.TOO_LARGE, () -> bloom(hex("61818004")));
    assertRefused(Reason.TRUNCATED, () -> bloom(hex("61808004")));
    assertRefused(Reason.WRONG_KIND, () -> bloom(hex("690000")));
    assertRefused(Reason.OUT_OF_RANGE, () -> plausible(hex("69010105")));
    assertRefused(Reason.OUT_OF_RANGE, () -> plausible(hex("69ffffffffffffffff7f0105")));
    assertRefused(Reason.NOT_CANONICAL, () -> plausible(hex("6980000105")));
    assertEquals(PlausibleTimestamp.of(0, 5), plausible(hex("69000105")));
  }
}
