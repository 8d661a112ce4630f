package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fast path takes what is well formed, so that it is one, and nothing else. */
final class NumberedEntriesTest {

  private static final int[] IDS = {0, 1, 127, 128, 300, 65_535};
  private static final long[] COUNTS = {1, 127, 128, 16_384, 1L << 56, Long.MAX_VALUE};

  private static ByteBuffer entries() {
    ByteBuffer buffer = ByteBuffer.allocate(100).position(7).slice();
    NumberedEntries.write(IDS, Counts.of(COUNTS), buffer);
    return buffer.flip();
  }

  private static boolean isTaken(String hex, int id) {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    boolean taken = NumberedEntries.read(new int[] {id}, new long[1], buffer);
    assertEquals(taken ? hex.length() / 2 : 0, buffer.position());
    return taken;
  }

  @Test
  void shouldTakeEntriesWhenTheyAreWellFormed() {
    ByteBuffer buffer = entries();
    int length = buffer.limit();
    long[] counts = new long[IDS.length];
    assertTrue(NumberedEntries.read(IDS, counts, buffer));
    assertArrayEquals(COUNTS, counts);
    assertEquals(length, buffer.position());
    assertTrue(isTaken("0101", 1));
    assertTrue(isTaken("01ffffffffffffffff7f", 1));
    assertTrue(isTaken("0001", 0));
  }

  @Test
  void shouldTakeNothingWhenAnythingIsWrong() {
    for (int limit = 0; limit < entries().limit(); limit++) {
      ByteBuffer cut = entries().limit(limit);
      assertFalse(NumberedEntries.read(IDS, new long[IDS.length], cut));
      assertEquals(0, cut.position());
    }
    assertFalse(NumberedEntries.read(IDS, new long[1], entries()));
    byte[] bytes = new byte[entries().limit()];
    entries().get(bytes);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    assertFalse(NumberedEntries.read(IDS, new long[IDS.length], direct));
    assertFalse(isTaken("0101", 2));
    assertFalse(isTaken("0100", 1));
    assertFalse(isTaken("018100", 1));
    assertFalse(isTaken("810001", 1));
    assertFalse(isTaken("01ffffffffffffffffff01", 1));
    assertFalse(isTaken("01808080808080808080", 1));
  }

  @Test
  void shouldHaveRoomWhenTheLongestEntriesFit() {
    VectorTimestamp stamp = VectorTimestamp.of(Map.of("a", 1L, "b", 1L));
    assertTrue(NumberedEntries.hasRoom(stamp, ByteBuffer.allocate(28)));
    assertFalse(NumberedEntries.hasRoom(stamp, ByteBuffer.allocate(27)));
    assertFalse(NumberedEntries.hasRoom(stamp, ByteBuffer.allocateDirect(28)));
    assertFalse(NumberedEntries.hasRoom(stamp.prune("a"), ByteBuffer.allocate(100)));
  }

  @Test
  void shouldKnowWhichActorsTwoSetsShareWhenAsked() {
    String[] names = {"a", "b", "c", "d"};
    ActorSet set = ActorSet.of(names);
    assertTrue(set.containsAll(ActorSet.of(new String[] {"b", "d"})));
    assertTrue(set.containsAll(ActorSet.EMPTY));
    assertFalse(set.containsAll(ActorSet.of(new String[] {"b", "e"})));
    assertFalse(set.containsAll(ActorSet.of(new String[] {"0", "b"})));
    assertTrue(set == ActorSet.of(names.clone()), "large sets are one object");
    assertEquals(set, set.plus("b"));
    assertEquals(set, set.minus("e"));
    assertArrayEquals(new String[] {"a", "b", "c"}, set.minus("d").names);
  }

  @Test
  void shouldRaiseAndCompareWhenCountsHaveAnyForm() {
    for (int size : new int[] {1, 2, 64, 256, 257, 320, 321, 1000}) {
      long[] ones = new long[size];
      Arrays.fill(ones, 1);
      for (int place : new int[] {0, size / 3, size / 2, size - 1}) {
        long[] higher = ones.clone();
        higher[place] = 5;
        Counts counts = Counts.of(higher);
        assertEquals("BEFORE", counts.relationOf(ones).name());
        assertEquals("AFTER", Counts.of(ones).relationOf(higher).name());
        assertEquals("EQUAL", counts.relationOf(higher).name());
        long[] raised = ones.clone();
        counts.raise(raised);
        assertArrayEquals(higher, raised);
        Counts.of(ones).raise(raised);
        assertArrayEquals(higher, raised);
        long[] other = ones.clone();
        other[(place + size / 2) % size] = 7;
        String expected = size == 1 ? "AFTER" : "CONCURRENT";
        assertEquals(expected, counts.relationOf(other).name());
      }
    }
  }
}
