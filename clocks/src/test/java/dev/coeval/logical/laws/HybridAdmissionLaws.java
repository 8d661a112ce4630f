package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
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
 * @param <T> the stamp: a time in milliseconds and a counter of 16 bits, packed into 64
 */
public abstract class HybridAdmissionLaws<T> extends CausalLaws {

  private static final int MAX_COUNTER = 65_535;

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
   * @param epochMillis its time
   * @param counter its counter
   * @return the stamp
   */
  protected abstract T stamp(long epochMillis, int counter);

  /**
   * The physical part of a stamp.
   *
   * @param stamp a stamp
   * @return its time in milliseconds since the Unix epoch
   */
  protected abstract long epochMillis(T stamp);

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
   * @return time in the upper 48 bits, counter in the lower 16
   */
  protected abstract long packed(T stamp);

  /**
   * The stamp of a number.
   *
   * @param packed what {@code packed} gave
   * @return the stamp
   */
  protected abstract T unpacked(long packed);

  /**
   * The total order.
   *
   * @param first a stamp
   * @param second a stamp
   * @return negative, zero or positive
   */
  protected abstract int compare(T first, T second);

  /**
   * What an adversary does in one move.
   *
   * @param physicalMillis what the wall clock shows
   * @param epochMillis the time of the stamp that is sent
   * @param counter its counter
   * @param receives whether the clock receives it; otherwise it ticks
   */
  protected record Move(long physicalMillis, long epochMillis, int counter, boolean receives) {}

  /**
   * Any moves.
   *
   * @return lists of moves
   */
  @Provide
  protected Arbitrary<List<Move>> attacks() {
    return Combinators.combine(
            TimedTrace.wildMillis(), times(), counters(), Arbitraries.of(true, true, false))
        .as(Move::new)
        .list()
        .ofMaxSize(30)
        .withoutEdgeCases();
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.longs().between(0, 20)),
        Tuple.of(1, Arbitraries.longs().between(0, TimedTrace.LAST_MILLIS)),
        Tuple.of(
            1, Arbitraries.longs().between(TimedTrace.LAST_MILLIS - 3, TimedTrace.LAST_MILLIS)));
  }

  private static Arbitrary<Integer> counters() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Arbitraries.integers().between(0, 3)),
        Tuple.of(2, Arbitraries.integers().between(MAX_COUNTER - 2, MAX_COUNTER)),
        Tuple.of(1, Arbitraries.integers().between(0, MAX_COUNTER)));
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

  /** Makes one move and returns the stamp given, or null if there was none to give. */
  private T make(Move move, PhysicalTime wall, LogicalClock<T> clock) {
    wall.set(move.physicalMillis());
    try {
      return move.receives()
          ? clock.receive(stamp(move.epochMillis(), move.counter()))
          : clock.tick();
    } catch (StampRejectedException | ArithmeticException refused) {
      return null;
    }
  }

  @Property(tries = 1_000)
  void h8ShouldNeverGoBackWhenAttacked(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0);
    LogicalClock<T> clock = clock(wall, Duration.ofMillis(offset), stamp(0, 0));
    for (Move move : moves) {
      T before = clock.latest();
      T given = make(move, wall, clock);
      if (given != null) {
        assertTrue(compare(before, given) < 0, () -> before + " then " + given);
        assertTrue(epochMillis(given) >= TimedTrace.clamp(move.physicalMillis()));
        assertEquals(given, clock.latest());
      }
    }
  }

  @Property(tries = 1_000)
  void h9ShouldAdmitExactlyWhatLeadsNoFurtherThanTheOffsetWhenReceiving(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0);
    LogicalClock<T> clock = clock(wall, Duration.ofMillis(offset), stamp(0, 0));
    for (Move move : moves) {
      wall.set(move.physicalMillis());
      long limit = TimedTrace.clamp(TimedTrace.clamp(move.physicalMillis()) + offset);
      boolean admissible =
          move.epochMillis() < limit
              || (move.epochMillis() == limit && move.counter() < MAX_COUNTER);
      T remote = stamp(move.epochMillis(), move.counter());
      T before = clock.latest();
      if (!admissible) {
        assertThrows(StampRejectedException.class, () -> clock.receive(remote));
        assertEquals(packed(before), packed(clock.latest()));
      } else if (packed(before) != Long.MAX_VALUE) {
        T after = clock.receive(remote);
        assertTrue(compare(remote, after) < 0);
        long furthest = Math.max(packed(before) + 1, packed(stamp(limit, MAX_COUNTER)));
        assertTrue(packed(after) <= furthest, () -> after + " is too far");
      }
    }
  }

  @Property(tries = 1_000)
  void h9ShouldGoOnAsIfNeverAskedWhenStampsAreRejected(
      @ForAll("attacks") List<Move> moves, @ForAll @LongRange(min = 0, max = 8) long offset) {
    PhysicalTime wall = new PhysicalTime(0);
    LogicalClock<T> attacked = clock(wall, Duration.ofMillis(offset), stamp(0, 0));
    LogicalClock<T> twin = clock(wall, Duration.ofMillis(offset), stamp(0, 0));
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
    Comparator<T> byTime = Comparator.comparingLong(this::epochMillis);
    int pairs = Integer.signum(byTime.thenComparingInt(this::counter).compare(a, b));
    assertEquals(pairs, Long.compare(packed(a), packed(b)), "signed");
    assertEquals(pairs, Integer.signum(Long.compareUnsigned(packed(a), packed(b))), "unsigned");
    assertEquals(pairs, Integer.signum(compare(a, b)));
    assertEquals(pairs, Integer.signum(a.toString().compareTo(b.toString())), "text");
    assertEquals(pairs == 0, a.equals(b));
    assertTrue(pairs != 0 || a.hashCode() == b.hashCode());
  }

  @Property(tries = 1_000)
  void h10ShouldKeepBothPartsWhenPacked(@ForAll("stamps") T stamp) {
    assertEquals(epochMillis(stamp) * 65_536 + counter(stamp), packed(stamp));
    assertEquals(stamp, unpacked(packed(stamp)));
  }

  @Property(tries = 500)
  void h10ShouldSpillIntoTheNextMillisecondWhenTheCounterIsFull(
      @ForAll @LongRange(min = 0, max = TimedTrace.LAST_MILLIS - 1) long time,
      @ForAll @LongRange(min = -3, max = 1) long behind) {
    T full = stamp(time, MAX_COUNTER);
    PhysicalTime wall = new PhysicalTime(time + behind);
    assertEquals(stamp(time + 1, 0), clock(wall, Duration.ZERO, full).tick());
    Duration offset = Duration.ofMillis(4);
    assertEquals(stamp(time + 1, 0), clock(wall, offset, stamp(0, 0)).receive(full));
  }

  /** The number by which overflow degrades H4: one millisecond for every 65,536 events. */
  @Example
  void h10ShouldRunAheadOneMillisecondForEach65536EventsWhenTimeStandsStill() {
    LogicalClock<T> clock = clock(new PhysicalTime(1_000), Duration.ZERO, stamp(0, 0));
    for (int event = 0; event < 200_000; event++) {
      T stamp = clock.tick();
      assertEquals(1_000 + event / 65_536, epochMillis(stamp));
      assertEquals(event % 65_536, counter(stamp));
    }
  }

  @Property(tries = 100)
  void h10ShouldThrowAndStayWhenAtTheLastStamp(@ForAll("attacks") List<Move> moves) {
    T last = stamp(TimedTrace.LAST_MILLIS, MAX_COUNTER);
    PhysicalTime wall = new PhysicalTime(0);
    LogicalClock<T> clock = clock(wall, Duration.ofSeconds(Long.MAX_VALUE), last);
    for (Move move : moves) {
      assertEquals(null, make(move, wall, clock));
      assertThrows(ArithmeticException.class, clock::tick);
      assertEquals(last, clock.latest());
    }
  }

  /**
   * The fault HlcPoisonNearMax: one stamp from near the end of time makes a clock give negative
   * stamps, or run backwards.
   */
  @Example
  void h9HlcPoisonNearMaxShouldChangeNothingWhenReceived() {
    for (int below = 3; below >= 0; below--) {
      LogicalClock<T> clock = clock(new PhysicalTime(1_000), Duration.ofDays(1), stamp(0, 0));
      T before = clock.tick();
      receiveWhatItMay(clock, stamp(TimedTrace.LAST_MILLIS, MAX_COUNTER - below));
      for (int event = 0; event < 4; event++) {
        T after = clock.tick();
        assertTrue(epochMillis(after) >= 0, () -> after + " is negative");
        assertTrue(compare(before, after) < 0, before + " then " + after);
        before = after;
      }
      assertEquals(1_000, epochMillis(before), "poisoned");
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
    LogicalClock<T> clock = clock(new PhysicalTime(1_000), Duration.ofDays(1), stamp(0, 0));
    T before = clock.tick();
    T remote = stamp(1_000 + Duration.ofDays(365).toMillis(), 0);
    assertThrows(StampRejectedException.class, () -> clock.receive(remote));
    assertEquals(before, clock.latest());
  }
}
