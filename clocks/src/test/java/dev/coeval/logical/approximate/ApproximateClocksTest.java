package dev.coeval.logical.approximate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ApproximateClocksTest {

  @Test
  void shouldCountInItsEntryWhenPlausible() {
    PlausibleClock a = PlausibleClock.ofEntry(0, 3);
    PlausibleClock b = PlausibleClock.ofEntry(2, 3);
    assertEquals(PlausibleTimestamp.of(0, 0, 0, 0), a.latest());
    assertEquals(PlausibleTimestamp.of(0, 1, 0, 0), a.tick());
    assertEquals(PlausibleTimestamp.of(2, 1, 0, 1), b.receive(a.latest()));
    assertEquals("PlausibleClock[2:1.0.1]", b.toString());
    PlausibleClock again = PlausibleClock.resumeFrom(b.latest());
    assertEquals(PlausibleTimestamp.of(2, 1, 0, 2), again.tick());
  }

  /**
   * Concurrent events in one entry, which is what sharing costs; and what its number still tells.
   */
  @Test
  void shouldErrOnlyTowardsOrderWhenTwoProcessesShareAnEntry() {
    PlausibleClock a = PlausibleClock.ofEntry(0, 2);
    PlausibleClock b = PlausibleClock.ofEntry(0, 2);
    PlausibleTimestamp first = a.tick();
    assertEquals(PlausibleOrder.PLAUSIBLY_EQUAL, first.relationTo(b.tick()));
    assertEquals(PlausibleOrder.PLAUSIBLY_BEFORE, first.relationTo(b.tick()));
    assertEquals(PlausibleOrder.PLAUSIBLY_AFTER, b.latest().relationTo(first));
    PlausibleTimestamp elsewhere = PlausibleTimestamp.of(1, 5, 1);
    PlausibleTimestamp sameThere = PlausibleTimestamp.of(0, 4, 1);
    assertEquals(PlausibleOrder.CONCURRENT, sameThere.relationTo(elsewhere));
  }

  @Test
  void shouldHitAsManyCellsAsHashesWhenBloom() {
    BloomClock clock = BloomClock.of("a", 64, 3);
    assertEquals(0, Arrays.stream(clock.latest().toArray()).sum());
    for (int event = 1; event <= 10; event++) {
      assertEquals(3L * event, Arrays.stream(clock.tick().toArray()).sum());
    }
    BloomTimestamp last = clock.latest();
    BloomClock again = BloomClock.resumeFrom("a again", last, 3);
    assertEquals(PlausibleOrder.PLAUSIBLY_BEFORE, last.relationTo(again.tick()));
    assertEquals(33, Arrays.stream(again.latest().toArray()).sum());
    assertTrue(again.toString().startsWith("BloomClock[a again, "), again::toString);
  }

  /** The cells of an event are part of what stamps mean: they must not change. */
  @Test
  void shouldHitTheseCellsForEver() {
    BloomClock clock = BloomClock.of("a", 8, 2);
    clock.tick();
    assertEquals("0.1.0.2.0.0.1.0", clock.tick().toString());
    assertEquals(10, PlausibleClock.of("a", 1_000).tick().entry());
  }

  @Test
  void shouldRejectAndSayWhyWhenSizesDiffer() {
    BloomClock bloom = BloomClock.of("a", 8, 2);
    PlausibleClock plausible = PlausibleClock.of("a", 8);
    BloomTimestamp small = BloomTimestamp.of(1);
    StampRejectedException rejected =
        assertThrows(StampRejectedException.class, () -> bloom.receive(small));
    assertEquals(Reason.OTHER_SIZE, rejected.reason());
    assertThrows(
        StampRejectedException.class, () -> plausible.receive(PlausibleTimestamp.of(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> bloom.latest().relationTo(small));
    assertThrows(IllegalArgumentException.class, () -> bloom.latest().falseOrderProbability(small));
    assertThrows(
        IllegalArgumentException.class,
        () -> plausible.latest().relationTo(PlausibleTimestamp.of(0, 1)));
    assertEquals(8, bloom.latest().size());
    assertEquals(8, plausible.latest().size());
  }

  @Test
  void shouldThrowAndStayWhenACountIsAtItsEnd() {
    PlausibleTimestamp last = PlausibleTimestamp.of(0, Long.MAX_VALUE, 1);
    PlausibleClock plausible = PlausibleClock.resumeFrom(last);
    assertThrows(ArithmeticException.class, plausible::tick);
    assertEquals(last, plausible.latest());
    BloomTimestamp full = BloomTimestamp.of(Long.MAX_VALUE);
    BloomClock bloom = BloomClock.resumeFrom("a", full, 1);
    assertThrows(ArithmeticException.class, bloom::tick);
    assertEquals(full, bloom.latest());
  }

  @Test
  void shouldNotChangeWhenArraysDo() {
    long[] counts = {1, 2};
    BloomTimestamp bloom = BloomTimestamp.of(counts);
    PlausibleTimestamp plausible = PlausibleTimestamp.of(1, counts);
    counts[0] = 9;
    bloom.toArray()[1] = 9;
    plausible.toArray()[1] = 9;
    assertArrayEquals(new long[] {1, 2}, bloom.toArray());
    assertArrayEquals(new long[] {1, 2}, plausible.toArray());
    assertNotEquals(plausible, PlausibleTimestamp.of(0, 1, 2));
  }

  @Test
  void shouldThrowWhenArgumentsAreWrong() {
    assertThrows(IllegalArgumentException.class, () -> BloomClock.of("a", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> BloomClock.of("a", 65_537, 1));
    assertThrows(IllegalArgumentException.class, () -> BloomClock.of("a", 8, 0));
    assertThrows(IllegalArgumentException.class, () -> BloomClock.of("a", 8, 17));
    assertThrows(IllegalArgumentException.class, () -> BloomClock.of("", 8, 1));
    assertThrows(IllegalArgumentException.class, () -> BloomTimestamp.of());
    assertThrows(IllegalArgumentException.class, () -> BloomTimestamp.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> PlausibleClock.of("a", 0));
    assertThrows(IllegalArgumentException.class, () -> PlausibleClock.of("", 1));
    assertThrows(IndexOutOfBoundsException.class, () -> PlausibleClock.ofEntry(3, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> PlausibleTimestamp.of(-1, 3));
  }

  @Test
  void shouldCombineAndInvertWhenAnswersDiffer() {
    for (PlausibleOrder one : PlausibleOrder.values()) {
      assertEquals(one, one.inverse().inverse());
      for (PlausibleOrder two : PlausibleOrder.values()) {
        PlausibleOrder expected = one == two ? one : PlausibleOrder.CONCURRENT;
        assertEquals(expected, one.and(two));
        assertEquals(expected.inverse(), one.inverse().and(two.inverse()));
      }
    }
    assertEquals(PlausibleOrder.PLAUSIBLY_AFTER, PlausibleOrder.PLAUSIBLY_BEFORE.inverse());
  }
}
