package dev.coeval.logical.treeclock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TreeClockTest {

  private static final int MANY = 200;

  private static TreeClock[] owned(int threads) {
    TreeClock[] clocks = new TreeClock[threads];
    for (int thread = 0; thread < threads; thread++) {
      clocks[thread] = TreeClock.of(thread, threads);
    }
    return clocks;
  }

  private static void acquireAndRelease(TreeClock thread, TreeClock lock) {
    thread.join(lock);
    lock.set(thread);
    thread.increment();
  }

  @Test
  void shouldThrowWhenStateWasGivenAwayAndNothingHappenedSince() {
    TreeClock[] clocks = owned(3);
    clocks[2].increment();
    clocks[1].join(clocks[2]);
    TreeClock message = TreeClock.blank(3);
    message.set(clocks[0]);
    assertThrows(IllegalStateException.class, () -> clocks[0].join(clocks[1]));
    assertEquals(0, clocks[0].get(2), "unchanged");
    clocks[0].increment();
    clocks[0].join(clocks[1]);
    assertEquals(1, clocks[0].get(2));
    assertThrows(IllegalStateException.class, () -> clocks[1].join(clocks[0]));
  }

  @Test
  void shouldThrowWhenRolesAreConfused() {
    TreeClock thread = TreeClock.of(0, 3);
    TreeClock lock = TreeClock.blank(3);
    assertThrows(IllegalStateException.class, lock::increment);
    assertThrows(IllegalStateException.class, () -> lock.join(thread));
    assertThrows(IllegalStateException.class, () -> thread.set(lock));
    assertThrows(IllegalArgumentException.class, () -> thread.join(TreeClock.of(1, 4)));
    assertThrows(IllegalArgumentException.class, () -> lock.set(TreeClock.of(1, 4)));
    assertThrows(IllegalArgumentException.class, () -> lock.relationTo(TreeClock.of(1, 4)));
    TreeClock twin = TreeClock.of(0, 3);
    twin.increment();
    TreeClock other = TreeClock.of(1, 3);
    other.join(twin);
    assertThrows(IllegalArgumentException.class, () -> thread.join(other));
    assertThrows(IllegalArgumentException.class, () -> thread.join(twin));
  }

  @Test
  void shouldThrowWhenSizesAreOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> TreeClock.of(-1, 3));
    assertThrows(IllegalArgumentException.class, () -> TreeClock.of(3, 3));
    assertThrows(IllegalArgumentException.class, () -> TreeClock.blank(0));
    assertThrows(IllegalArgumentException.class, () -> TreeClock.blank(TreeClock.MAX_THREADS + 1));
    assertThrows(IndexOutOfBoundsException.class, () -> TreeClock.blank(3).get(3));
  }

  @Test
  void shouldStayTreeWhenThreadsMeetInPairs() {
    TreeClock[] clocks = owned(MANY);
    TreeClock[] locks = new TreeClock[MANY / 2];
    for (int lock = 0; lock < locks.length; lock++) {
      locks[lock] = TreeClock.blank(MANY);
    }
    for (int i = 0; i < 20_000; i++) {
      int thread = i * 7 % MANY;
      acquireAndRelease(clocks[thread], locks[thread / 2]);
    }
    for (TreeClock clock : clocks) {
      assertFalse(clock.isFlat());
    }
  }

  @Test
  void shouldBecomeVectorWhenThreadsMixAtRandom() {
    Random random = new Random(1);
    TreeClock[] clocks = owned(MANY);
    TreeClock[] locks = new TreeClock[MANY];
    for (int lock = 0; lock < locks.length; lock++) {
      locks[lock] = TreeClock.blank(MANY);
    }
    for (int i = 0; i < 20_000; i++) {
      acquireAndRelease(clocks[random.nextInt(MANY)], locks[random.nextInt(MANY)]);
    }
    int flat = 0;
    for (TreeClock clock : clocks) {
      flat += clock.isFlat() ? 1 : 0;
    }
    assertTrue(flat > MANY * 9 / 10, flat + " flat");
  }

  @Test
  void shouldBeTheStampWhenNamesAreGiven() {
    TreeClock[] clocks = owned(3);
    clocks[0].increment();
    clocks[0].increment();
    clocks[2].increment();
    clocks[2].join(clocks[0]);
    VectorTimestamp stamp = clocks[2].toVectorTimestamp(List.of("a", "b", "c"));
    assertEquals(VectorTimestamp.of(Map.of("a", 2L, "c", 1L)), stamp);
    assertArrayEquals(new long[] {2, 0, 1}, clocks[2].toArray());
    assertEquals("[2, 0, 1]", clocks[2].toString());
    assertEquals(3, clocks[2].threads());
    assertThrows(
        IllegalArgumentException.class, () -> clocks[2].toVectorTimestamp(List.of("a", "b")));
  }

  @Test
  void shouldCompareByCountsWhenThreadsHadNoEvents() {
    TreeClock[] clocks = owned(3);
    assertEquals(CausalOrder.EQUAL, clocks[0].relationTo(clocks[1]));
    assertEquals(CausalOrder.EQUAL, TreeClock.blank(3).relationTo(clocks[1]));
    clocks[0].increment();
    clocks[1].join(clocks[0]);
    assertEquals(CausalOrder.EQUAL, clocks[0].relationTo(clocks[1]));
    assertEquals(CausalOrder.AFTER, clocks[1].relationTo(clocks[2]));
    clocks[0].increment();
    assertEquals(CausalOrder.AFTER, clocks[0].relationTo(clocks[1]));
    clocks[1].increment();
    assertEquals(CausalOrder.CONCURRENT, clocks[0].relationTo(clocks[1]));
  }

  @Test
  void shouldEmptyACopyWhenAnEmptyClockIsCopied() {
    for (int threads : new int[] {3, 90}) {
      TreeClock thread = TreeClock.of(1, threads);
      thread.increment();
      TreeClock message = TreeClock.blank(threads);
      message.set(thread);
      message.set(TreeClock.blank(threads));
      assertEquals(0, message.get(1));
      TreeClock other = TreeClock.of(0, threads);
      other.join(message);
      assertEquals(0, other.get(1));
    }
  }
}
