package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Other systems' stamps: examples as these systems write them, and order and exactness of all. */
final class HybridFormatsProperties {

  private static final long LAST_2106_NANOS = ((1L << 32) - 1) * 1_000_000_000;

  private static HybridNanoTimestamp nanos(String instant, int counter) {
    return HybridNanoTimestamp.of(
        HybridNanoTimestamp.epochNanosOf(Instant.parse(instant)), counter);
  }

  /** Stamps close to each other, so that they share microseconds and parts of an NTP64. */
  @Provide
  Arbitrary<HybridNanoTimestamp> stamps() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.longs().between(1_000_000_000_000_000_000L, 1_000_000_000_000_003_000L),
                Arbitraries.longs().between(0, 40),
                Arbitraries.longs().between(0, LAST_2106_NANOS)),
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 17),
                Arbitraries.integers().between(4_090, 4_100),
                Arbitraries.integers().greaterOrEqual(0)))
        .as(HybridNanoTimestamp::of);
  }

  @Example
  void shouldReadCockroachsDecimalWhenItIsWrittenAsThere() {
    String text = "1580361670629466905.0000000001";
    HybridNanoTimestamp stamp = HybridNanoTimestamp.of(1_580_361_670_629_466_905L, 1);
    assertEquals(stamp, HybridFormats.fromCockroachDecimal(text));
    assertEquals(text, HybridFormats.toCockroachDecimal(stamp));
    assertEquals(
        HybridNanoTimestamp.of(1_580_361_670_629_466_905L, 0),
        HybridFormats.fromCockroachDecimal("1580361670629466905"));
  }

  @Example
  void shouldRefuseADecimalWhenItIsNoStampOfOurs() {
    for (String text :
        List.of(
            "",
            ".",
            "1.",
            ".0000000001",
            "1.5",
            "-1.0000000000",
            "1e3",
            "+1",
            "1.00000000001",
            " 1",
            "1.-000000001",
            "\u0661",
            "1.0000000001.0")) {
      StampFormatException bad =
          assertThrows(
              StampFormatException.class, () -> HybridFormats.fromCockroachDecimal(text), text);
      assertEquals(Reason.NOT_A_STAMP, bad.reason(), text);
    }
    for (String text : List.of("9223372036854775808", "1.2147483648", "1.9999999999")) {
      StampFormatException bad =
          assertThrows(
              StampFormatException.class, () -> HybridFormats.fromCockroachDecimal(text), text);
      assertEquals(Reason.OUT_OF_RANGE, bad.reason(), text);
    }
  }

  @Property
  void shouldBeExactWhenStampsGoToCockroachAndBack(
      @ForAll("stamps") HybridNanoTimestamp a, @ForAll("stamps") HybridNanoTimestamp b) {
    String text = HybridFormats.toCockroachDecimal(a);
    assertEquals(a, HybridFormats.fromCockroachDecimal(text));
    BigDecimal other = new BigDecimal(HybridFormats.toCockroachDecimal(b));
    assertEquals(a.compareTo(b), new BigDecimal(text).compareTo(other), "ordered as numbers");
  }

  @Example
  void shouldReadYugabytesHybridTimeWhenItIsPackedAsThere() {
    long packed = 1_700_000_000_123_456L << 12 | 7;
    HybridNanoTimestamp stamp = nanos("2023-11-14T22:13:20.123456Z", 7);
    assertEquals(stamp, HybridFormats.fromYugabyte(packed));
    assertEquals(packed, HybridFormats.toYugabyte(stamp));
    assertEquals(-1L >>> 12, HybridFormats.fromYugabyte(-1).epochNanos() / 1_000, "unsigned");
    assertEquals(4_095, HybridFormats.fromYugabyte(-1).counter());
  }

  @Property
  void shouldBeExactWhenYugabytesComeAndGo(@ForAll long a, @ForAll long b) {
    HybridNanoTimestamp stamp = HybridFormats.fromYugabyte(a);
    assertEquals(a, HybridFormats.toYugabyte(stamp));
    assertEquals(
        Integer.signum(Long.compareUnsigned(a, b)), stamp.compareTo(HybridFormats.fromYugabyte(b)));
  }

  @Property
  void shouldTakeTheNextMicrosecondWhenAStampIsTooFineForYugabyte(
      @ForAll("stamps") HybridNanoTimestamp a, @ForAll("stamps") HybridNanoTimestamp b) {
    HybridNanoTimestamp coarse = HybridFormats.fromYugabyte(HybridFormats.toYugabyte(a));
    assertTrue(!coarse.isBefore(a));
    assertTrue(coarse.epochNanos() - a.epochNanos() <= 1_000);
    if (!a.isAfter(b)) {
      HybridNanoTimestamp other = HybridFormats.fromYugabyte(HybridFormats.toYugabyte(b));
      assertTrue(!coarse.isAfter(other), "order kept");
    }
  }

  @Example
  void shouldThrowWhenAStampIsTooLateForYugabyte() {
    HybridNanoTimestamp last = HybridFormats.fromYugabyte(-1);
    assertEquals(-1, HybridFormats.toYugabyte(last));
    assertThrows(ArithmeticException.class, () -> HybridFormats.toYugabyte(last.next()));
    assertThrows(
        ArithmeticException.class, () -> HybridFormats.toYugabyte(HybridNanoTimestamp.MAX));
  }

  @Example
  void shouldReadMongosTimestampWhenItIsPackedAsThere() {
    long timestamp = 1_565_545_664L << 32 | 1; // Timestamp(1565545664, 1)
    HybridTimestamp stamp = HybridTimestamp.of(1_565_545_664_000L, 1);
    assertEquals(stamp, HybridFormats.fromMongo(timestamp));
    assertEquals(timestamp, HybridFormats.toMongo(stamp));
    assertEquals(
        1_565_545_664L << 32 | 120 * 65_536 + 42,
        HybridFormats.toMongo(HybridTimestamp.of(1_565_545_664_120L, 42)));
  }

  @Property
  void shouldBeExactWhenStampsGoToMongoAndBack(
      @ForAll @LongRange(min = 0, max = 4_294_967_295_999L) long aMillis,
      @ForAll @IntRange(max = 65_535) int aCounter,
      @ForAll @LongRange(min = -2_000, max = 2_000) long apart,
      @ForAll @IntRange(max = 65_535) int bCounter) {
    HybridTimestamp a = HybridTimestamp.of(aMillis, aCounter);
    long bMillis = Math.max(0, Math.min(4_294_967_295_999L, aMillis + apart));
    HybridTimestamp b = HybridTimestamp.of(bMillis, bCounter);
    long timestamp = HybridFormats.toMongo(a);
    assertEquals(a, HybridFormats.fromMongo(timestamp));
    assertEquals(
        a.compareTo(b), Integer.signum(Long.compareUnsigned(timestamp, HybridFormats.toMongo(b))));
    assertEquals(aMillis / 1_000, timestamp >>> 32);
  }

  @Example
  void shouldRefuseMongosTimestampWhenItCountsBeyondItsSecond() {
    HybridTimestamp last = HybridFormats.fromMongo(5L << 32 | 65_535_999);
    assertEquals(HybridTimestamp.of(5_999, 65_535), last);
    StampFormatException bad =
        assertThrows(
            StampFormatException.class, () -> HybridFormats.fromMongo(5L << 32 | 65_536_000));
    assertEquals(Reason.OUT_OF_RANGE, bad.reason());
    assertThrows(
        ArithmeticException.class,
        () -> HybridFormats.toMongo(HybridTimestamp.of(4_294_967_296_000L, 0)));
  }

  @Example
  void shouldReadAnNtp64WhenItIsWrittenAsInUhlc() {
    String text = "7386690599959157260";
    HybridNanoTimestamp stamp = HybridFormats.fromNtp64Text(text);
    assertEquals(Instant.parse("2024-07-01T15:32:06.860478998Z"), stamp.toInstant());
    // uhlc shows 860479000 ns, as it counts the last four bits as 2.8 ns of time too.
    assertEquals(12, stamp.counter());
    assertEquals(text, HybridFormats.toNtp64Text(stamp));
    assertEquals(
        HybridNanoTimestamp.of(1_500_000_000, 3), HybridFormats.fromNtp64(1L << 32 | 1L << 31 | 3));
    assertThrows(
        StampFormatException.class, () -> HybridFormats.fromNtp64Text("18446744073709551616"));
    for (String other : List.of("", "+1", "-1", "1/33", "2024-07-01T13:51:12Z", "\u0661")) {
      assertThrows(StampFormatException.class, () -> HybridFormats.fromNtp64Text(other), other);
    }
  }

  @Property
  void shouldBeExactWhenNtp64sComeAndGo(@ForAll long a, @ForAll @IntRange(max = 40) int more) {
    HybridNanoTimestamp stamp = HybridFormats.fromNtp64(a);
    assertEquals(a, HybridFormats.toNtp64(stamp));
    HybridNanoTimestamp other = HybridFormats.fromNtp64(a + more);
    assertEquals(
        Integer.signum(Long.compareUnsigned(a, a + more)), stamp.compareTo(other), "order kept");
    BigInteger parts = BigInteger.valueOf(a & 0xFFFF_FFF0L);
    BigInteger nanos = parts.multiply(BigInteger.valueOf(1_000_000_000));
    BigInteger ceiling = nanos.add(BigInteger.valueOf(0xFFFF_FFFFL)).shiftRight(32);
    assertEquals(ceiling.longValueExact(), stamp.epochNanos() % 1_000_000_000);
  }

  @Property
  void shouldTakeTheNextPartWhenAStampIsTooFineForAnNtp64(
      @ForAll("stamps") HybridNanoTimestamp a, @ForAll("stamps") HybridNanoTimestamp b) {
    HybridNanoTimestamp coarse = HybridFormats.fromNtp64(HybridFormats.toNtp64(a));
    assertTrue(!coarse.isBefore(a));
    assertTrue(coarse.epochNanos() - a.epochNanos() <= 4);
    if (!a.isAfter(b)) {
      HybridNanoTimestamp other = HybridFormats.fromNtp64(HybridFormats.toNtp64(b));
      assertTrue(!coarse.isAfter(other), "order kept");
    }
  }

  @Example
  void shouldThrowWhenAStampIsTooLateForAnNtp64() {
    HybridNanoTimestamp last = HybridFormats.fromNtp64(-1);
    assertEquals(-1, HybridFormats.toNtp64(last));
    assertThrows(ArithmeticException.class, () -> HybridFormats.toNtp64(last.next()));
    assertThrows(
        ArithmeticException.class,
        () -> HybridFormats.toNtp64(HybridNanoTimestamp.of((1L << 32) * 1_000_000_000, 0)));
    HybridNanoTimestamp topBitSet = HybridNanoTimestamp.of(3_000_000_000L * 2_147_483_648L, 0);
    assertThrows(ArithmeticException.class, () -> HybridFormats.toNtp64(topBitSet));
    assertThrows(ArithmeticException.class, () -> HybridFormats.toNtp64(HybridNanoTimestamp.MAX));
  }

  @Property
  void shouldKeepTheOrderWhenMadeMilliseconds(
      @ForAll("stamps") HybridNanoTimestamp a, @ForAll("stamps") HybridNanoTimestamp b) {
    HybridNanoTimestamp coarse = HybridNanoTimestamp.of(a.ceilingMillis());
    assertTrue(!coarse.isBefore(a) && coarse.epochNanos() - a.epochNanos() <= 1_000_000);
    if (!a.isAfter(b)) {
      assertTrue(!a.ceilingMillis().isAfter(b.ceilingMillis()), "order kept");
    }
  }
}
