package dev.coeval.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Leap seconds and tables of them against a walk through every second. */
class LeapSecondProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant DAY = Instant.parse("2017-01-01T00:00:00Z");
  private static final Instant UPDATED = Instant.parse("2026-07-06T00:00:00Z");

  @Property
  void shouldNameEverySecondAsAWalkDoes(
      @ForAll boolean inserted,
      @ForAll @IntRange(min = 0, max = 40) int after,
      @ForAll @LongRange(min = 0, max = SECOND - 1) long nanos) {
    LeapSecond leap = inserted ? LeapSecond.inserted(DAY) : LeapSecond.deleted(DAY);
    long from = leap.epochSecond() - 20;
    UtcTime walked = NaiveScales.walk(leap, from, after);
    UtcTime expected = new UtcTime(walked.epochNanos() + nanos, walked.inLeap());
    long unbroken = (from + after) * SECOND + nanos;
    assertEquals(expected, leap.utcOf(unbroken));
    assertEquals(expected.epochNanos(), leap.utcNanosOf(unbroken));
    assertEquals(unbroken, leap.unbrokenNanosOf(expected));
    LeapSecondTable table = LeapSecondTable.of(UPDATED, UPDATED, List.of(leap));
    long tai = unbroken + 10 * SECOND;
    assertEquals(expected, table.utcOf(tai));
    assertEquals(tai, table.taiNanosOf(expected));
  }

  @Property
  void shouldKnowTheOffsetAsTheSumOfLeaps(
      @ForAll @Size(max = 30) List<@IntRange(min = 2, max = 400_000_000) Integer> gaps,
      @ForAll @IntRange(min = 0) int signs,
      @ForAll @LongRange(min = -9_000_000_000L, max = 9_000_000_000L) long second,
      @ForAll @LongRange(min = 0, max = SECOND - 1) long nanos) {
    List<LeapSecond> leaps = new ArrayList<>();
    long at = 63_072_000L;
    for (int i = 0; i < gaps.size() && at + gaps.get(i) < LeapSecond.MAX_EPOCH_SECOND; i++) {
      at += gaps.get(i);
      leaps.add(new LeapSecond(at, (signs >> i & 1) == 0 ? 1 : -1));
    }
    LeapSecondTable table = LeapSecondTable.of(UPDATED, UPDATED, leaps);
    long time = second * SECOND + nanos;
    assertEquals(NaiveScales.offset(leaps, time), table.offsetAt(time));
    assertEquals(
        leaps.stream().filter(leap -> leap.epochNanos() > time).findFirst(),
        table.nextLeapAfter(time));
    assertEquals(leaps, table.leaps());
    UtcTime utc = table.utcOf(time);
    assertEquals(time, table.taiNanosOf(utc), "there and back");
  }

  @Property
  void shouldCountEveryMomentOfTaiOnceAroundEveryLeap(
      @ForAll @IntRange(min = 0, max = 26) int index,
      @ForAll @LongRange(min = -3 * SECOND, max = 3 * SECOND) long from) {
    LeapSecondTable table = LeapSecondTable.bundled();
    LeapSecond leap = table.leaps().get(index);
    long tai = leap.epochNanos() + (index + 10) * SECOND + from; // 10 s at the first, one more each
    UtcTime utc = table.utcOf(tai);
    assertEquals(from >= 0 && from < SECOND, utc.inLeap());
    assertEquals(tai, table.taiNanosOf(utc));
    assertEquals(leap.epochNanos() + (from < 0 ? from : from - SECOND), utc.epochNanos());
  }

  @Property
  void shouldBeTotalAtTheEndsOfTheRange(@ForAll long time, @ForAll boolean inLeap) {
    LeapSecond leap = LeapSecond.inserted(DAY);
    long utc = leap.utcNanosOf(time);
    assertTrue(time < leap.unbrokenNanos() ? utc == time : utc <= time);
    leap.unbrokenNanosOf(new UtcTime(time, inLeap));
    assertTrue(new UtcTime(time, inLeap).toString().length() >= 20);
    assertTrue(LeapSecondTable.bundled().offsetAt(time) >= 10);
  }

  @Example
  void shouldSayInsertedSecondsAsPeopleDo() {
    LeapSecond leap = LeapSecond.inserted(DAY);
    long at = leap.unbrokenNanos();
    assertEquals("2016-12-31T23:59:59.999999999Z", leap.utcOf(at - 1).toString());
    assertEquals("2016-12-31T23:59:60Z", leap.utcOf(at).toString());
    assertEquals("2016-12-31T23:59:60.500Z", leap.utcOf(at + SECOND / 2).toString());
    assertEquals("2017-01-01T00:00:00Z", leap.utcOf(at + SECOND).toString());
    assertEquals("2017-01-01T00:00:00Z (leap)", new UtcTime(leap.epochNanos(), true).toString());
    LeapSecond out = LeapSecond.deleted(DAY);
    assertEquals("2016-12-31T23:59:58.999999999Z", out.utcOf(out.unbrokenNanos() - 1).toString());
    assertEquals("2017-01-01T00:00:00Z", out.utcOf(out.unbrokenNanos()).toString());
    assertEquals(DAY, out.instant());
  }

  @Example
  void shouldBeAtTheEndOfTheMonthWhenAPacketAnnouncesIt() {
    for (String time : List.of("2016-12-01T00:00:00Z", "2016-12-31T23:59:59.999Z")) {
      Instant instant = Instant.parse(time);
      long nanos = instant.getEpochSecond() * SECOND + instant.getNano();
      assertEquals(LeapSecond.inserted(DAY), LeapSecond.atEndOfMonth(nanos, 1));
      assertEquals(LeapSecond.deleted(DAY), LeapSecond.atEndOfMonth(nanos, -1));
    }
    assertThrows(IllegalArgumentException.class, () -> LeapSecond.atEndOfMonth(0, 0));
    assertThrows(IllegalArgumentException.class, () -> LeapSecond.atEndOfMonth(Long.MAX_VALUE, 1));
  }

  @Example
  void shouldBeNearNoFurtherThanAsked() {
    LeapSecond leap = LeapSecond.inserted(DAY);
    assertTrue(leap.isNear(leap.epochNanos() - 5, 5));
    assertTrue(leap.isNear(leap.epochNanos() + 5, 5));
    assertFalse(leap.isNear(leap.epochNanos() - 6, 5));
    assertFalse(leap.isNear(leap.epochNanos() + 6, 5));
    assertFalse(leap.isNear(Long.MIN_VALUE, 5));
  }

  @Example
  void shouldThrowWhenThereIsNoSuchTime() {
    LeapSecondTable table = LeapSecondTable.bundled();
    long day = DAY.getEpochSecond() * SECOND;
    assertThrows(IllegalArgumentException.class, () -> table.taiNanosOf(new UtcTime(day, true)));
    assertThrows(
        IllegalArgumentException.class,
        () -> table.taiNanosOf(new UtcTime(day - SECOND - 1, true)));
    LeapSecondTable out = LeapSecondTable.of(UPDATED, UPDATED, List.of(LeapSecond.deleted(DAY)));
    assertThrows(IllegalArgumentException.class, () -> out.taiNanosOf(UtcTime.of(day - SECOND)));
    assertThrows(IllegalArgumentException.class, () -> out.taiNanosOf(new UtcTime(day - 1, true)));
    assertThrows(ArithmeticException.class, () -> table.taiNanosOf(UtcTime.of(Long.MAX_VALUE)));
    assertThrows(ArithmeticException.class, () -> table.utcOf(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> new LeapSecond(0, 2));
    assertThrows(IllegalArgumentException.class, () -> new LeapSecond(9_200_000_001L, 1));
    assertThrows(IllegalArgumentException.class, () -> new LeapSecond(Long.MIN_VALUE, 1));
  }

  @Example
  void shouldRefuseATableThatIsNoTable() {
    LeapSecond leap = LeapSecond.inserted(DAY);
    List<LeapSecond> twice = List.of(leap, leap);
    assertThrows(IllegalArgumentException.class, () -> LeapSecondTable.of(UPDATED, UPDATED, twice));
    List<LeapSecond> early = List.of(new LeapSecond(63_072_000L, 1));
    assertThrows(IllegalArgumentException.class, () -> LeapSecondTable.of(UPDATED, UPDATED, early));
    assertThrows(
        IllegalArgumentException.class, () -> LeapSecondTable.of(Instant.MAX, UPDATED, List.of()));
    List<LeapSecond> many = new ArrayList<>();
    for (int i = 0; i < LeapSecondTable.MAX_ENTRIES; i++) {
      many.add(new LeapSecond(100_000_000L + i * 86_400L, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> LeapSecondTable.of(UPDATED, UPDATED, many));
    many.remove(0);
    assertEquals(1023, LeapSecondTable.of(UPDATED, UPDATED, many).leaps().size());
  }
}
