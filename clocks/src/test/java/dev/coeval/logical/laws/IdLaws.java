package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.laws.Step.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Laws U1 to U3 of ids that grow with causality, and that they are ordered alike as values, as
 * bytes and as text. What makes them must admit ids up to {@link #ADMITTED_MILLIS} ahead of its
 * clock.
 *
 * @param <I> the id
 */
public abstract class IdLaws<I> extends CausalLaws {

  /** How far ahead of the wall clock an id may be that is observed. */
  protected static final long ADMITTED_MILLIS = 10_000;

  /** A time at which every form of id can be made. */
  protected static final long START_MILLIS = 1_795_345_663_120L;

  private static final int NODES = 8;
  private static final int THREADS = 4;
  private static final int IDS = 2_000;
  private static final int BURST = 150_000;

  /** For subclasses. */
  protected IdLaws() {}

  /**
   * What makes ids on one node.
   *
   * @param <I> the id
   */
  protected interface Minter<I> {

    /**
     * Makes an id.
     *
     * @return the id
     */
    I next();

    /**
     * Takes note of an id from elsewhere.
     *
     * @param id the id
     */
    void observe(I id);
  }

  /**
   * Makes ids on a node.
   *
   * @param time its wall clock
   * @param node which node, zero or more and less than a hundred
   * @param seed for its random bits, if it needs any
   * @return what makes its ids
   */
  protected abstract Minter<I> minter(InstantSource time, int node, long seed);

  /**
   * An id that somebody else made.
   *
   * @param epochMillis its time
   * @param bits where all that is not its time comes from
   * @return the id
   */
  protected abstract I foreign(long epochMillis, long bits);

  /**
   * The time in an id.
   *
   * @param id an id
   * @return milliseconds since the Unix epoch
   */
  protected abstract long epochMillis(I id);

  /**
   * The order of ids.
   *
   * @param first an id
   * @param second an id
   * @return negative, zero or positive
   */
  protected abstract int compare(I first, I second);

  /**
   * The id as bytes.
   *
   * @param id an id
   * @return its binary form
   */
  protected abstract byte[] bytes(I id);

  /**
   * The id as text.
   *
   * @param id an id
   * @return its text, as long as that of every other
   */
  protected abstract String text(I id);

  private void assertBefore(I first, I second) {
    assertTrue(compare(first, second) < 0, () -> text(first) + " not before " + text(second));
    assertTrue(compare(second, first) > 0, () -> text(first) + " not before " + text(second));
    assertTrue(Arrays.compareUnsigned(bytes(first), bytes(second)) < 0, "as bytes");
    assertTrue(text(first).compareTo(text(second)) < 0, "as text");
  }

  private void assertIncreasing(List<I> ids) {
    for (int i = 1; i < ids.size(); i++) {
      assertBefore(ids.get(i - 1), ids.get(i));
    }
  }

  @Property(tries = TRIES)
  void u1ShouldIncreaseStrictlyWhenTheClockDoesWhatItWants(
      @ForAll List<@IntRange(min = -100_000, max = 100_000) Integer> steps, @ForAll long seed) {
    PhysicalTime time = new PhysicalTime(START_MILLIS);
    Minter<I> minter = minter(time, 3, seed);
    List<I> ids = new ArrayList<>(List.of(minter.next()));
    for (int step : steps) {
      time.set(Math.max(START_MILLIS - ADMITTED_MILLIS, time.millis() + step));
      ids.add(minter.next());
      assertTrue(epochMillis(ids.get(ids.size() - 1)) >= time.millis());
    }
    assertIncreasing(ids);
  }

  /** Ids not monotone after a step back of 1 ms, or of more than 10 s. */
  @Example
  void idBackstepShouldNotShowWhenTheWallClockStepsBack() {
    for (long back : new long[] {1, 9_999, 10_001, 3_600_000}) {
      PhysicalTime time = new PhysicalTime(START_MILLIS);
      Minter<I> minter = minter(time, 3, back);
      List<I> ids = new ArrayList<>(List.of(minter.next(), minter.next()));
      time.set(START_MILLIS - back);
      ids.addAll(List.of(minter.next(), minter.next()));
      time.set(START_MILLIS + 1);
      ids.add(minter.next());
      assertIncreasing(ids);
    }
  }

  @Example
  void u1ShouldRunAheadAndNotWrapWhenAMillisecondIsUsedUp() {
    Minter<I> minter = minter(new PhysicalTime(START_MILLIS), 3, 1);
    I last = minter.next();
    for (int i = 0; i < BURST; i++) {
      I next = minter.next();
      assertTrue(compare(last, next) < 0, () -> text(next));
      last = next;
    }
    assertTrue(epochMillis(last) > START_MILLIS, "the burst is longer than a millisecond lasts");
  }

  /** Every trace: an id made after another could be known is greater, on whatever node. */
  @Property(tries = TRIES)
  void u2ShouldFollowCausalityWhenIdsTravelInMessages(
      @ForAll("traces") Trace trace, @ForAll long seed) {
    Random random = new Random(seed);
    PhysicalTime time = new PhysicalTime(START_MILLIS);
    List<Minter<I>> minters = new ArrayList<>();
    for (int process = 0; process < trace.processes(); process++) {
      minters.add(minter(time, NODES - process, random.nextLong()));
    }
    List<I> ids = new ArrayList<>();
    for (Step step : trace.steps()) {
      time.set(START_MILLIS + random.nextInt(3));
      if (step.kind() == Kind.RECEIVE) {
        minters.get(step.process()).observe(ids.get(step.cause()));
      }
      ids.add(minters.get(step.process()).next());
    }
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> {
          if (history.happenedBefore(e, f)) {
            assertBefore(ids.get(e), ids.get(f));
          }
          assertEquals(e == f, compare(ids.get(e), ids.get(f)) == 0, "U3: none is made twice");
        });
  }

  @Property(tries = TRIES)
  void u2ShouldBeGreaterWhenAnyIdWasObserved(
      @ForAll @LongRange(min = -ADMITTED_MILLIS, max = ADMITTED_MILLIS - 1) long ahead,
      @ForAll long bits) {
    for (int node : new int[] {0, 50, 99}) {
      Minter<I> minter = minter(new PhysicalTime(START_MILLIS), node, bits);
      I before = minter.next();
      I seen = foreign(START_MILLIS + ahead, bits);
      minter.observe(seen);
      I after = minter.next();
      assertBefore(seen, after);
      assertBefore(before, after);
    }
  }

  @Property(tries = TRIES)
  void u2ShouldRejectAndStayWhenAnIdIsTooFarAhead(
      @ForAll @LongRange(min = ADMITTED_MILLIS + 2, max = 100_000_000) long ahead,
      @ForAll long bits) {
    Minter<I> minter = minter(new PhysicalTime(START_MILLIS), 3, bits);
    I before = minter.next();
    I poison = foreign(START_MILLIS + ahead, bits);
    assertThrows(StampRejectedException.class, () -> minter.observe(poison));
    I after = minter.next();
    assertBefore(before, after);
    assertEquals(START_MILLIS, epochMillis(after));
  }

  @Example
  void u3ShouldBeUniqueWhenNodesShareOneTime() {
    PhysicalTime time = new PhysicalTime(START_MILLIS);
    Set<String> seen = new HashSet<>();
    for (int node = 0; node < NODES; node++) {
      Minter<I> minter = minter(time, node, node);
      for (int i = 0; i < IDS; i++) {
        assertTrue(seen.add(text(minter.next())), "an id was made twice");
      }
    }
  }

  @Example
  void u3ShouldBeUniqueAndIncreasingWhenThreadsShareOneMinter() throws Exception {
    Minter<I> minter = minter(new PhysicalTime(START_MILLIS), 3, 1);
    List<List<I>> made =
        Concurrently.run(
            THREADS, thread -> IntStream.range(0, IDS).mapToObj(i -> minter.next()).toList());
    made.forEach(this::assertIncreasing);
    Set<String> texts = new HashSet<>();
    made.forEach(ids -> ids.forEach(id -> texts.add(text(id))));
    assertEquals(THREADS * IDS, texts.size());
  }

  @Example
  void u3ShouldBeTheSameWhenSeedAndTimeAre() {
    PhysicalTime time = new PhysicalTime(START_MILLIS);
    assertArrayEquals(bytes(minter(time, 3, 9).next()), bytes(minter(time, 3, 9).next()));
  }
}
