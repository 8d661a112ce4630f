package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NtpTimestampTest {
  private static final Instant PRIME_EPOCH = Instant.parse("1900-01-01T00:00:00Z");

  /** The dates of RFC 5905 figure 4, with their era offsets. */
  @ParameterizedTest
  @CsvSource({
    "1900-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00Z, 2208988800",
    "1972-01-01T00:00:00Z, 2272060800",
    "1999-12-31T00:00:00Z, 3155587200",
    "2036-02-08T00:00:00Z, 63104"
  })
  void shouldAgreeWithTheRfcWhenDateIsInItsFigure(String date, long eraOffset) {
    Instant instant = Instant.parse(date);
    long timestamp = NtpTimestamp.ofEpochNanos(nanos(instant));
    assertEquals(eraOffset << 32, timestamp);
    assertEquals(nanos(instant), NtpTimestamp.toEpochNanos(timestamp, nanos(instant)));
  }

  /**
   * Era 0 ends in 2036; in 2104 the upper bit of the seconds is set for the first time in era 1.
   */
  @ParameterizedTest
  @CsvSource({
    "2036-02-07T06:28:15.999999999Z",
    "2036-02-07T06:28:16Z",
    "2036-03-01T00:00:00Z",
    "2104-02-26T09:42:23.999999999Z",
    "2104-02-26T09:42:24Z",
    "1968-01-20T03:14:07.999999999Z",
    "1968-01-20T03:14:08Z"
  })
  void shouldFindTheEraWhenPivotIsWithin68YearsOnEitherSide(String date) {
    long time = nanos(Instant.parse(date));
    long timestamp = NtpTimestamp.ofEpochNanos(time);
    long almost68Years = Duration.ofSeconds((1L << 31) - 2).toNanos();
    for (long pivot : new long[] {time, time - almost68Years, time + almost68Years}) {
      assertEquals(time, NtpTimestamp.toEpochNanos(timestamp, pivot));
    }
  }

  @Test
  void shouldCountFractionsExactlyWhenHalfASecond() {
    long epochNanos = nanos(Instant.parse("2026-01-01T00:00:00.5Z"));
    long timestamp = NtpTimestamp.ofEpochNanos(epochNanos);
    assertEquals(0x8000_0000L, timestamp & 0xFFFF_FFFFL);
    long seconds = Duration.between(PRIME_EPOCH, Instant.parse("2026-01-01T00:00:00Z")).toSeconds();
    assertEquals(seconds, timestamp >>> 32);
  }

  @Test
  void shouldOrderAcrossTheEndOfAnEraWhenStampsAreNear() {
    long last = NtpTimestamp.ofEpochNanos(nanos(Instant.parse("2036-02-07T06:28:15Z")));
    long first = NtpTimestamp.ofEpochNanos(nanos(Instant.parse("2036-02-07T06:28:17Z")));
    assertTrue(NtpTimestamp.isBefore(last, first));
    assertFalse(NtpTimestamp.isBefore(first, last));
    assertFalse(NtpTimestamp.isBefore(first, first));
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
