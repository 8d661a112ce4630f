package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HybridTimestampTest {

  private static final HybridTimestamp SAMPLE =
      HybridTimestamp.of(Instant.parse("2026-11-22T11:07:43.120Z").toEpochMilli(), 42);

  @Test
  void shouldHoldBothPartsWhenMade() {
    assertEquals(1_795_345_663_120L, SAMPLE.epochMillis());
    assertEquals(42, SAMPLE.counter());
    assertEquals(0x01A2_02F0_C490_002AL, SAMPLE.packed());
    assertEquals(Instant.parse("2026-11-22T11:07:43.120Z"), SAMPLE.toInstant());
    assertEquals(SAMPLE, HybridTimestamp.ofPacked(0x01A2_02F0_C490_002AL));
  }

  @Test
  void shouldSpanTheWholeRangeWhenAtItsEnds() {
    assertEquals(HybridTimestamp.MIN, HybridTimestamp.of(0, 0));
    assertEquals(
        HybridTimestamp.MAX,
        HybridTimestamp.of(HybridTimestamp.MAX_EPOCH_MILLIS, HybridTimestamp.MAX_COUNTER));
    assertEquals("1970-01-01T00:00:00.000Z#00000", HybridTimestamp.MIN.toString());
    assertEquals("6429-10-17T02:45:55.327Z#65535", HybridTimestamp.MAX.toString());
    assertEquals(HybridTimestamp.MAX, HybridTimestamp.parse("6429-10-17T02:45:55.327Z#65535"));
  }

  @Test
  void shouldReadWhatItWroteWhenInText() {
    assertEquals("2026-11-22T11:07:43.120Z#00042", SAMPLE.toString());
    assertEquals(SAMPLE, HybridTimestamp.parse("2026-11-22T11:07:43.120Z#00042"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#00042",
        "2026-11-22T11:07:43.120Z",
        "2026-11-22T11:07:43.120Z#42",
        "2026-11-22T11:07:43.120Z#000042",
        "2026-11-22T11:07:43.120Z#65536",
        "2026-11-22T11:07:43.120Z#-0042",
        "2026-11-22T11:07:43.120Z#+0042",
        "2026-11-22T11:07:43.120Z#0x042",
        "2026-11-22T11:07:43.120Z#\u0660\u0660\u0660\u0664\u0662",
        "2026-11-22T11:07:43.120Z#00042#",
        "2026-11-22T11:07:43Z#00042",
        "2026-11-22T11:07:43.12Z#00042",
        "2026-11-22T11:07:60.120Z#00042",
        "2026-02-30T11:07:43.120Z#00042",
        "2026-11-22T24:00:00.000Z#00042",
        "2026-11-22t11:07:43.120z#00042",
        "2026-11-22T11:07:43.120+00:00#00042",
        " 2026-11-22T11:07:43.120Z#00042",
        "1969-12-31T23:59:59.999Z#00042",
        "6429-10-17T02:45:55.328Z#00000",
        "+12026-11-22T11:07:43.120Z#00042"
      })
  void shouldThrowWhenTheTextIsNotItsOwn(String text) {
    StampFormatException bad =
        assertThrows(StampFormatException.class, () -> HybridTimestamp.parse(text));
    assertEquals(Reason.NOT_A_STAMP, bad.reason());
  }

  @Test
  void shouldThrowWhenOutsideTheRange() {
    long end = HybridTimestamp.MAX_EPOCH_MILLIS;
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(end + 1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(0, -1));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(0, 65_536));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.ofPacked(-1));
    assertThrows(NullPointerException.class, () -> HybridTimestamp.parse(null));
  }

  @Test
  void shouldEndWithItsMillisecondWhenAskedForItsLastInstant() {
    assertEquals(Instant.parse("2026-11-22T11:07:43.120999999Z"), SAMPLE.lastInstant());
    assertEquals(
        HybridTimestamp.MAX.toInstant().plusNanos(999_999), HybridTimestamp.MAX.lastInstant());
  }

  @Test
  void shouldOrderInTrueTimeOnlyWhenTheIntervalsDoNotMeet() {
    HybridTimestamp first = HybridTimestamp.of(1_000, 7);
    Duration error = Duration.ofMillis(5);
    assertTrue(first.isDefinitelyBefore(HybridTimestamp.of(1_011, 0), error));
    assertFalse(first.isDefinitelyBefore(HybridTimestamp.of(1_010, 65_535), error));
    assertFalse(
        first.isDefinitelyBefore(HybridTimestamp.of(1_010, 0), Duration.ofNanos(4_900_000)));
    assertTrue(first.isDefinitelyBefore(HybridTimestamp.of(1_001, 0), Duration.ZERO));
    assertFalse(first.isDefinitelyBefore(HybridTimestamp.of(1_000, 8), Duration.ZERO));
    assertFalse(first.isDefinitelyBefore(first, Duration.ZERO));
    assertFalse(first.isDefinitelyBefore(HybridTimestamp.MAX, Duration.ofSeconds(Long.MAX_VALUE)));
    assertFalse(HybridTimestamp.MAX.isDefinitelyBefore(first, Duration.ofSeconds(Long.MAX_VALUE)));
    assertThrows(
        IllegalArgumentException.class,
        () -> first.isDefinitelyBefore(first, Duration.ofNanos(-1)));
  }

  @Test
  void shouldGiveTheErrorOfABorrowedTimeWhenItIsAhead() {
    HybridTimestamp last = HybridTimestamp.of(1_000, 0);
    long now = 990_000_000;
    long error = 3_000_000;
    assertEquals(13_000_000, last.errorNanos(now - error, now + error), "last - (now - e)");
    assertEquals(4_000_000, last.errorNanos(998_000_000, 1_004_000_000), "behind the late end");
    assertEquals(Long.MAX_VALUE, last.errorNanos(Long.MIN_VALUE, 0));
    assertEquals(Long.MAX_VALUE, last.errorNanos(0, Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, HybridTimestamp.MAX.errorNanos(0, 0));
    assertThrows(IllegalArgumentException.class, () -> last.errorNanos(1, 0));
  }
}
