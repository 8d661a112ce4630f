package dev.coeval.logical.treeclock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a tree costs, when it is given up and when it is tried again. */
final class TreeWorthTest {

  /** How many joins without a tree go by until it is time for one. */
  private static int joinsUntilRetry(TreeWorth worth) {
    int joins = 1;
    while (!worth.isTimeToRetry()) {
      joins++;
    }
    return joins;
  }

  private static TreeClock tree(int thread, int threads) {
    return new TreeClock(thread, threads, TreeWorth.always(), true);
  }

  private static TreeClock poor(int threads, int credit) {
    return new TreeClock(0, threads, new TreeWorth(0, credit, 3), true);
  }

  /** A clock that has joined those of some threads, one after the other. */
  private static TreeClock knowing(TreeClock clock, int first, int last) {
    for (int thread = first; thread <= last; thread++) {
      TreeClock other = tree(thread, clock.threads());
      other.increment();
      clock.increment();
      clock.join(other);
    }
    return clock;
  }

  @Test
  void shouldGiveUpWhenTheCreditIsSpent() {
    TreeWorth worth = new TreeWorth(1, 10, 3);
    assertTrue(worth.pays(11, 3), "11 of 10 and 1");
    assertFalse(worth.pays(2, 0));
    assertTrue(new TreeWorth(1, 10, 3).pays(7, 16), "four looks cost a move");
    assertFalse(new TreeWorth(1, 10, 3).pays(7, 20));
    TreeWorth idle = new TreeWorth(1, 10, 3);
    assertTrue(idle.pays(0, 0));
    assertFalse(idle.pays(12, 0), "credit does not grow without end");
  }

  @Test
  void shouldWaitTwiceAsLongWhenItGivesUpAgain() {
    TreeWorth worth = new TreeWorth(1, 10, 3);
    assertFalse(worth.pays(12, 0));
    assertEquals(6, joinsUntilRetry(worth));
    assertTrue(worth.pays(2, 0), "with full credit, less one");
    assertFalse(worth.pays(12, 0));
    assertEquals(12, joinsUntilRetry(worth));
    assertTrue(worth.pays(1, 0), "it paid for itself: patience is the least again");
    assertFalse(worth.pays(12, 0));
    assertEquals(6, joinsUntilRetry(worth));
  }

  @Test
  void shouldAllowATreeWhenThreadsAreMany() {
    assertFalse(TreeWorth.isPossible(64));
    assertTrue(TreeWorth.isPossible(65));
    TreeWorth worth = TreeWorth.of(128);
    assertTrue(worth.pays(66, 0), "two for the join, and half the threads");
    assertTrue(worth.pays(2, 0));
    assertFalse(worth.pays(3, 0));
    assertEquals(1024, joinsUntilRetry(worth));
  }

  @Test
  void shouldCostWhatIsMovedWhenATreeIsJoined() {
    TreeClock clock = poor(9, 4);
    clock.join(knowing(tree(1, 9), 2, 4));
    assertFalse(clock.isFlat(), "four moved");
    clock.increment();
    clock.join(knowing(tree(5, 9), 6, 6));
    assertTrue(clock.isFlat());
  }

  @Test
  void shouldCostWhatIsMovedWhenAVectorIsJoined() {
    TreeClock vector = new TreeClock(1, 12, TreeWorth.always(), false);
    knowing(vector, 2, 4);
    TreeClock clock = poor(12, 4);
    clock.join(vector);
    assertEquals(3, clock.looked(), "a quarter of a scan");
    assertFalse(clock.isFlat(), "four moved");
    vector.increment();
    clock.increment();
    clock.join(vector);
    assertTrue(clock.isFlat());
    assertArrayEquals(new long[] {1, 4, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, clock.toArray());
  }

  @Test
  void shouldGrowATreeAgainWhenItWasPatient() {
    TreeClock clock = poor(20, 2);
    clock.join(knowing(tree(1, 20), 2, 9));
    for (int thread = 10; thread < 15; thread++) {
      assertTrue(clock.isFlat());
      knowing(clock, thread, thread);
    }
    assertTrue(clock.isFlat());
    knowing(clock, 15, 15);
    assertFalse(clock.isFlat());
    for (int thread = 1; thread <= 14; thread++) {
      assertEquals(0, clock.links().parent(thread));
    }
    TreeClock few = TreeClock.of(0, 3);
    TreeClock other = TreeClock.of(1, 3);
    for (int i = 0; i < 2_000; i++) {
      few.increment();
      other.increment();
      few.join(other);
    }
    assertTrue(few.isFlat(), "there is no room for a tree");
    assertEquals(2_000, few.get(1));
  }

  @Test
  void shouldLookNoFurtherWhenTheRestIsKnown() {
    TreeClock source = knowing(tree(1, 9), 2, 4);
    TreeClock clock = tree(0, 9);
    clock.join(source);
    assertEquals(3, clock.looked());
    source.increment();
    clock.increment();
    clock.join(source);
    assertEquals(1, clock.looked(), "the first child is known, and so are those before it");
    assertEquals(4, clock.get(1));
  }

  @Test
  void shouldCopyAsAWholeWhenMuchIsNew() {
    TreeClock thread = tree(0, 200);
    TreeClock copy = new TreeClock(Links.NOBODY, 200, TreeWorth.always(), true);
    copy.set(knowing(thread, 1, 1));
    for (int last : new int[] {2, 33, 64, 66, 199}) {
      thread.increment();
      copy.set(knowing(thread, last - last / 2, last));
      assertArrayEquals(thread.toArray(), copy.toArray());
      TreeClock reader = tree(150, 200);
      if (last < 150) {
        reader.join(copy);
        assertEquals(1, reader.get(last));
      }
    }
  }

  @Test
  void shouldTakeAsManyThreadsAsItSaysWhenCreated() {
    assertEquals(1, TreeClock.of(0, 1).threads());
    assertEquals(TreeClock.MAX_THREADS, TreeClock.blank(TreeClock.MAX_THREADS).threads());
  }
}
