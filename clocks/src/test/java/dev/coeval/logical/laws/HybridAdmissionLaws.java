package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/**
 * Laws H8 to H10 of a hybrid logical clock: one clock, an adversary who sends it any stamp and sets
 * its wall clock to any time, and the packed form.
 *
 * @param <T> the stamp: a time and a counter, packed into one number; 48 bits of milliseconds and
 *     16 of counter unless overridden
 */
public abstract class HybridAdmissionLaws<T> extends CausalLaws {

  /** For subclasses. */
  protected HybridAdmissionLaws() {}

  /**
   * A clock that starts above a mark.
   *
   * @param source physical time
   * @param maxOffset how far ahead a received stamp may be
   * @param highWaterMark its first stamp comes after this
   * @return the clock
   */
  protected abstract LogicalClock<T> clock(
      InstantSource source, Duration maxOffset, T highWaterMark);

  /**
   * A stamp.
   *
   * @param time its time
   * @param counter its counter
   * @return the stamp
   */
  protected abstract T stamp(long time, int counter);

  /**
   * The physical part of a stamp.
   *
   * @param stamp a stamp
   * @return its time in milliseconds since the Unix epoch
   */
  protected abstract long time(T stamp);

  /**
   * The logical part of a stamp.
   *
   * @param stamp a stamp
   * @return its counter
   */
  protected abstract int counter(T stamp);

  /**
   * The stamp in one number.
   *
   * @param stamp a stamp
   * @return the time in the upper bits, the counter in the lower ones
   */
  protected abstract BigInteger packed(T stamp);

  /**
   * The stamp of a number.
   *
   * @param packed what {@code packed} gave
   * @return the stamp
   */
  protected abstract T unpacked(BigInteger packed);

  /**
   * The total order.
   *
   * @param first a stamp
   * @param second a stamp
   * @return negative, zero or positive
   */
  protected abstract int compare(T first, T second);

  /**
   * The unit of a stamp's time.
   *
   * @return nanoseconds; a millisecond unless overridden
   */
  protected long unitNanos() {
    return PhysicalTime.MILLIS;
  }

  /**
   * The largest time of a stamp.
   *
   * @return units since the Unix epoch; 47 bits unless overridden
   */
  protected long lastTime() {
    return TimedTrace.LAST_MILLIS;
  }

  /**
   * The largest counter of a stamp.
   *
   * @return 16 bits unless overridden
   */
  protected int maxCounter() {
    return 65_535;
  }

  /**
   * How much of a packed stamp is counter.
   *
   * @return 16 bits unless overridden
   */
  protected int counterBits() {
    return 16;
  }

  /**
   * What an adversary does in one move.
   *
   * @param physicalTime what the wall clock shows
   * @param time the time of the stamp that is sent
   * @param counter its counter
   * @param receives whether the clock receives it; otherwise it ticks
   */
  protected record Move(long physicalTime, long time, int counter, boolean receives) {}

  /**
   * Any moves.
   *
   * @return lists of moves
   */
  @Provide
  protected Arbitrary<List<Move>> attacks() {
    return Combinators.combine(
            TimedTrace.wildTimes(lastTime()),
            times(),
            counters(),
            Arbitraries.of(true, true, false))
        .as(Move::new)
        .list()
        .ofMaxSize(30)
        .withoutEdgeCases();
  }

  private Arbitrary<Long> times() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.longs().between(0, 20)),
        Tuple.of(1, Arbitraries.longs().between(0, lastTime())),
        Tuple.of(1, Arbitraries.longs().between(lastTime() - 3, lastTime())));
  }

  private Arbitrary<Integer> counters() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.integers().between(0, 3)),
        Tuple.of(2, Arbitraries.integers().between(maxCounter() - 2, maxCounter())),
        Tuple.of(1, Arbitraries.integers().between(0, maxCounter())));
  }

  /**
   * Any stamp.
   *
   * @return stamps that often share a part or stand next to each other
   */
  @Provide
  protected Arbitrary<T> stamps() {
    return Combinators.combine(times(), counters()).as(this::stamp).withoutEdgeCases();
  }

  private Duration units(long units) {
    return Duration.ofNanos(units * unitNanos());
  }

  /** Physical time as the clock takes it. */
  private long physical(Move move) {
    return TimedTrace.clamp(move.physicalTime(), lastTime());
  }

  private long limit(long physical, long offset) {
    return physical > lastTime() - offset ? lastTime() : physical + offset;
  }

  private T last() {
    return stamp(lastTime(), maxCounter());
  }

  private T next(T stamp) {
    return counter(stamp) < maxCounter()
        ? stamp(time(stamp), counter(stamp) + 1)
        : stamp(time(stamp) + 1, 0);
  }

  /** Makes one move and returns the stamp given, or null if there was none to give. */
  private T make(Move move, PhysicalTime wall, LogicalClock<T> clock) {
    wall.set(move.physicalTime());
    try {
      return move.receives() ? clock.receive(stamp(move.time(), move.counter())) : clock.tick();
    } catch (StampRejectedException | ArithmeticException refused) {
      return null;
    }
  }

  @Property(tries = 1_000)
  void h8ShouldNeverGoBackWhenAttacked(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0, unitNanos());
    LogicalClock<T> clock = clock(wall, units(offset), stamp(0, 0));
    for (Move move : moves) {
      T before = clock.latest();
      T given = make(move, wall, clock);
      if (given != null) {
        assertTrue(compare(before, given) < 0, () -> before + " then " + given);
        assertTrue(time(given) >= physical(move));
        assertEquals(given, clock.latest());
      }
    }
  }

  @Property(tries = 1_000)
  void h9ShouldAdmitExactlyWhatLeadsNoFurtherThanTheOffsetWhenReceiving(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0, unitNanos());
    LogicalClock<T> clock = clock(wall, units(offset), stamp(0, 0));
    for (Move move : moves) {
      wall.set(move.physicalTime());
      long limit = limit(physical(move), offset);
      boolean admissible =
          move.time() < limit || (move.time() == limit && move.counter() < maxCounter());
      T remote = stamp(move.time(), move.counter());
      T before = clock.latest();
      if (!admissible) {
        assertThrows(StampRejectedException.class, () -> clock.receive(remote));
        assertEquals(packed(before), packed(clock.latest()));
      } else if (!before.equals(last())) {
        T after = clock.receive(remote);
        assertTrue(compare(remote, after) < 0);
        BigInteger furthest = packed(next(before)).max(packed(stamp(limit, maxCounter())));
        assertTrue(packed(after).compareTo(furthest) <= 0, () -> after + " is too far");
      }
    }
  }

  @Property(tries = 1_000)
  void h9ShouldGoOnAsIfNeverAskedWhenStampsAreRejected(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0, unitNanos());
    LogicalClock<T> attacked = clock(wall, units(offset), stamp(0, 0));
    LogicalClock<T> twin = clock(wall, units(offset), stamp(0, 0));
    for (Move move : moves) {
      T given = make(move, wall, attacked);
      if (given != null) {
        assertEquals(given, make(move, wall, twin));
      }
      assertEquals(packed(twin.latest()), packed(attacked.latest()));
    }
  }

  @Property(tries = 1_000)
  void h10ShouldOrderPackedAsPairsWhenCompared(@ForAll("stamps") T a, @ForAll("stamps") T b) {
    Comparator<T> byTime = Comparator.comparingLong(this::time);
    int pairs = Integer.signum(byTime.thenComparingInt(this::counter).compare(a, b));
    assertEquals(pairs, packed(a).compareTo(packed(b)));
    assertEquals(pairs, Integer.signum(compare(a, b)));
    assertEquals(pairs == 0, a.equals(b));
    assertTrue(pairs != 0 || a.hashCode() == b.hashCode());
  }

  @Property(tries = 1_000)
  void h10ShouldKeepBothPartsWhenPacked(@ForAll("stamps") T stamp) {
    BigInteger upper = BigInteger.valueOf(time(stamp)).shiftLeft(counterBits());
    assertEquals(upper.add(BigInteger.valueOf(counter(stamp))), packed(stamp));
    assertEquals(stamp, unpacked(packed(stamp)));
  }

  @Property(tries = 500)
  void h10ShouldSpillIntoTheNextUnitWhenTheCounterIsFull(
      @ForAll("spilling") long time, @ForAll @LongRange(min = -3, max = 1) long behind) {
    T full = stamp(time, maxCounter());
    PhysicalTime wall = new PhysicalTime(time + behind, unitNanos());
    assertEquals(stamp(time + 1, 0), clock(wall, Duration.ZERO, full).tick());
    assertEquals(stamp(time + 1, 0), clock(wall, units(4), stamp(0, 0)).receive(full));
  }

  /**
   * Times after which there is another.
   *
   * @return an arbitrary
   */
  @Provide
  protected Arbitrary<Long> spilling() {
    return Arbitraries.longs().between(0, lastTime() - 1);
  }

  /** The number by which overflow degrades H4: one unit for every full counter of events. */
  @Example
  void h10ShouldRunAheadOneUnitForEachFullCounterWhenTimeStandsStill() {
    int start = Math.max(0, maxCounter() - 100_000);
    PhysicalTime wall = new PhysicalTime(1_000, unitNanos());
    LogicalClock<T> clock = clock(wall, Duration.ZERO, stamp(1_000, start));
    for (long event = start + 1L; event < start + 200_000L; event++) {
      T stamp = clock.tick();
      assertEquals(1_000 + event / (maxCounter() + 1L), time(stamp));
      assertEquals(event % (maxCounter() + 1L), counter(stamp));
    }
  }

  @Property(tries = 100)
  void h10ShouldThrowAndStayWhenAtTheLastStamp(@ForAll("attacks") List<Move> moves) {
    PhysicalTime wall = new PhysicalTime(0, unitNanos());
    LogicalClock<T> clock = clock(wall, Duration.ofSeconds(Long.MAX_VALUE), last());
    for (Move move : moves) {
      assertEquals(null, make(move, wall, clock));
      assertThrows(ArithmeticException.class, clock::tick);
      assertEquals(last(), clock.latest());
    }
  }

  /**
   * The fault HlcPoisonNearMax: one stamp from near the end of time makes a clock give negative
   * stamps, or run backwards.
   */
  @Example
  void h9HlcPoisonNearMaxShouldChangeNothingWhenReceived() {
    for (int below = 3; below >= 0; below--) {
      PhysicalTime wall = new PhysicalTime(1_000, unitNanos());
      LogicalClock<T> clock = clock(wall, Duration.ofDays(1), stamp(0, 0));
      T before = clock.tick();
      receiveWhatItMay(clock, stamp(lastTime(), maxCounter() - below));
      for (int event = 0; event < 4; event++) {
        T after = clock.tick();
        assertTrue(time(after) >= 0, () -> after + " is negative");
        assertTrue(compare(before, after) < 0, before + " then " + after);
        before = after;
      }
      assertEquals(1_000, time(before), "poisoned");
    }
  }

  /** Whether and how a clock refuses it does not matter here, but what it does afterwards. */
  private void receiveWhatItMay(LogicalClock<T> clock, T remote) {
    try {
      clock.receive(remote);
    } catch (RuntimeException refused) {
      assertTrue(refused.getMessage() != null, "it says why");
    }
  }

  @Example
  void h9ShouldRejectWhatIsAYearAheadWhenADayIsAllowed() {
    PhysicalTime wall = new PhysicalTime(1_000, unitNanos());
    LogicalClock<T> clock = clock(wall, Duration.ofDays(1), stamp(0, 0));
    T before = clock.tick();
    T remote = stamp(1_000 + Duration.ofDays(365).toNanos() / unitNanos(), 0);
    assertThrows(StampRejectedException.class, () -> clock.receive(remote));
    assertEquals(before, clock.latest());
  }
}
