package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Both fixed-point formats against arithmetic without limits. */
final class NtpTimestampProperties {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger UNIX_EPOCH = BigInteger.valueOf(2_208_988_800L);
  private static final BigInteger ERA = BigInteger.ONE.shiftLeft(64);

  @Property
  void shouldBeTheNearestUnitWhenTimeIsConverted(@ForAll long epochNanos) {
    BigInteger sincePrime = BigInteger.valueOf(epochNanos).add(UNIX_EPOCH.multiply(NANOS));
    BigInteger twice = sincePrime.shiftLeft(33).add(NANOS); // (2 x + 1) / 2: rounds to the nearest
    BigInteger nearest = floor(twice, NANOS.shiftLeft(1)).mod(ERA);
    assertEquals(nearest.longValue(), NtpTimestamp.ofEpochNanos(epochNanos));
  }

  @Property
  void shouldComeBackUnchangedWhenPivotIsNear(
      @ForAll @LongRange(min = -(1L << 62), max = 1L << 62) long epochNanos,
      @ForAll @LongRange(min = -2_147_483_646L, max = 2_147_483_646L) long pivotSeconds) {
    long pivot = epochNanos + pivotSeconds * 1_000_000_000L;
    assertEquals(
        epochNanos, NtpTimestamp.toEpochNanos(NtpTimestamp.ofEpochNanos(epochNanos), pivot));
  }

  @Property
  void shouldBeTotalWhenPivotIsWithinItsRange(
      @ForAll long timestamp, @ForAll @LongRange(min = -(1L << 62), max = 1L << 62) long pivot) {
    long epochNanos = NtpTimestamp.toEpochNanos(timestamp, pivot);
    BigDecimal distance = BigDecimal.valueOf(epochNanos).subtract(BigDecimal.valueOf(pivot)).abs();
    assertTrue(distance.compareTo(new BigDecimal("2147483650e9")) <= 0, () -> "" + distance);
    long again = NtpTimestamp.ofEpochNanos(epochNanos);
    assertTrue(Math.abs(again - timestamp) <= 3, "half a nanosecond and half a unit");
  }

  @Property
  void shouldRoundUpWhenDurationBecomesShort(
      @ForAll @LongRange(min = 0, max = 65_535_999_984_000L) long nanos) {
    int value = NtpShort.ofNanos(nanos);
    BigInteger exact = BigInteger.valueOf(nanos).shiftLeft(16);
    BigInteger ceiling = floor(exact.add(NANOS).subtract(BigInteger.ONE), NANOS);
    assertEquals(ceiling.longValueExact(), value & 0xFFFF_FFFFL);
    assertTrue(NtpShort.toNanos(value) >= nanos);
    assertTrue(NtpShort.toNanos(value) <= nanos + 15_260);
  }

  @Property
  void shouldRoundUpAndComeBackWhenShortBecomesDuration(@ForAll int value) {
    BigInteger exact = BigInteger.valueOf(value & 0xFFFF_FFFFL).multiply(NANOS);
    BigInteger ceiling = floor(exact.add(BigInteger.valueOf(65_535)), BigInteger.valueOf(65_536));
    assertEquals(ceiling.longValueExact(), NtpShort.toNanos(value));
  }

  @Property
  void shouldSaturateWhenDurationIsLongerThanShortCanSay(
      @ForAll @LongRange(min = 65_536_000_000_000L) long nanos) {
    assertEquals(NtpShort.MAX, NtpShort.ofNanos(nanos));
  }

  @Property
  void shouldThrowWhenDurationIsNegative(
      @ForAll @LongRange(min = Long.MIN_VALUE, max = -1) long nanos) {
    assertThrows(IllegalArgumentException.class, () -> NtpShort.ofNanos(nanos));
  }

  private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }
}
