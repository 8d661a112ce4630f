package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HybridNanoTimestampTest {

  private static final Instant TIME = Instant.parse("2026-11-22T11:07:43.120000001Z");
  private static final HybridNanoTimestamp SAMPLE =
      HybridNanoTimestamp.of(1_795_345_663_120_000_001L, 42);

  @Test
  void shouldHoldBothPartsWhenMade() {
    assertEquals(1_795_345_663_120_000_001L, SAMPLE.epochNanos());
    assertEquals(42, SAMPLE.counter());
    assertEquals(TIME, SAMPLE.toInstant());
    assertEquals(TIME, SAMPLE.lastInstant());
  }

  @Test
  void shouldSpanTheWholeRangeWhenAtItsEnds() {
    assertEquals("1970-01-01T00:00:00.000000000Z#0000000000", HybridNanoTimestamp.MIN.toString());
    String last = "2262-04-11T23:47:16.854775807Z#2147483647";
    assertEquals(last, HybridNanoTimestamp.MAX.toString());
    assertEquals(HybridNanoTimestamp.MAX, HybridNanoTimestamp.parse(last));
    assertThrows(ArithmeticException.class, HybridNanoTimestamp.MAX::next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22T11:07:43.120Z#00042",
        "2026-11-22T11:07:43.120000001Z#42",
        "2026-11-22T11:07:43.120000001Z#2147483648",
        "2026-11-22T11:07:43.120000001Z#-000000042",
        "1969-12-31T23:59:59.999999999Z#0000000042",
        "2262-04-11T23:47:16.854775808Z#0000000000",
        "9999-04-11T23:47:16.854775808Z#0000000000"
      })
  void shouldThrowWhenTheTextIsNotItsOwn(String text) {
    StampFormatException bad =
        assertThrows(StampFormatException.class, () -> HybridNanoTimestamp.parse(text));
    assertEquals(Reason.NOT_A_STAMP, bad.reason());
  }

  @Test
  void shouldThrowWhenOutsideTheRange() {
    assertThrows(IllegalArgumentException.class, () -> HybridNanoTimestamp.of(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridNanoTimestamp.of(0, -1));
    assertThrows(ArithmeticException.class, () -> HybridNanoTimestamp.of(HybridTimestamp.MAX));
  }

  @Test
  void shouldNotComeBeforeItselfWhenMadeCoarser() {
    assertEquals(HybridTimestamp.of(5, 7), HybridNanoTimestamp.of(5_000_000, 7).ceilingMillis());
    assertEquals(HybridTimestamp.of(6, 0), HybridNanoTimestamp.of(5_000_001, 7).ceilingMillis());
    assertEquals(
        HybridTimestamp.of(6, 0), HybridNanoTimestamp.of(5_000_000, 65_536).ceilingMillis());
    assertEquals(
        HybridTimestamp.of(5, 65_535), HybridNanoTimestamp.of(5_000_000, 65_535).ceilingMillis());
    HybridTimestamp late = HybridTimestamp.of(9_223_372_036_854L, 3);
    assertEquals(late, HybridNanoTimestamp.of(late).ceilingMillis());
  }

  @Test
  void shouldOrderInTrueTimeOnlyWhenTheIntervalsDoNotMeet() {
    Duration error = Duration.ofNanos(5);
    HybridNanoTimestamp first = HybridNanoTimestamp.of(1_000, 7);
    assertTrue(first.isDefinitelyBefore(HybridNanoTimestamp.of(1_011, 0), error));
    assertEquals(false, first.isDefinitelyBefore(HybridNanoTimestamp.of(1_010, 9), error));
  }

  @Test
  void shouldSaturateWhenPhysicalTimeIsBeyondTheRange() {
    long end = HybridNanoTimestamp.MAX_EPOCH_NANOS;
    HybridNanoClock late = HybridNanoClock.of(InstantSource.fixed(Instant.MAX), Duration.ZERO);
    HybridNanoClock early = HybridNanoClock.of(InstantSource.fixed(Instant.MIN), Duration.ZERO);
    assertEquals(HybridNanoTimestamp.of(end, 0), late.tick());
    assertEquals(HybridNanoTimestamp.of(end, 1), late.tick());
    assertEquals(HybridNanoTimestamp.of(0, 1), early.tick());
  }
}
