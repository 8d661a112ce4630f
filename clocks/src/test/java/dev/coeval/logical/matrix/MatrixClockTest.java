package dev.coeval.logical.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MatrixClockTest {

  private static VectorTimestamp vector(Map<String, Long> counts) {
    return VectorTimestamp.of(counts);
  }

  private static void refusesUnmoved(Reason reason, MatrixClock clock, MatrixTimestamp remote) {
    MatrixTimestamp before = clock.latest();
    StampRejectedException refused =
        assertThrows(StampRejectedException.class, () -> clock.receive(remote));
    assertEquals(reason, refused.reason());
    assertEquals(before, clock.latest());
  }

  @Test
  void shouldShowThePictureWhenThreeProcessesTalk() {
    MatrixClock a = MatrixClock.of("a");
    MatrixClock b = MatrixClock.of("b");
    MatrixTimestamp sent = a.tick();
    MatrixTimestamp received = b.receive(sent);
    MatrixTimestamp back = a.receive(b.tick());

    assertEquals(vector(Map.of("a", 1L, "b", 1L)), received.own());
    assertEquals(vector(Map.of("a", 1L)), received.row("a"));
    assertEquals(vector(Map.of("a", 1L, "b", 2L)), back.row("b"));
    assertEquals(vector(Map.of("a", 1L, "b", 2L)), a.knownByAll(List.of("a", "b")));
    assertEquals(vector(Map.of()), a.knownByAll(List.of("a", "b", "c")), "c was never heard");
    assertEquals(vector(Map.of()), a.knownByAll(List.of()));
    assertEquals(CausalOrder.BEFORE, sent.relationTo(received));
  }

  @Test
  void shouldRefuseWhenStampCountsMoreOfOurEventsThanThereWere() {
    MatrixClock a = MatrixClock.of("a");
    a.tick();

    refusesUnmoved(
        Reason.OWN_ENTRY_AHEAD,
        a,
        MatrixTimestamp.of("b", Map.of("b", vector(Map.of("a", 2L, "b", 1L)))));
  }

  @Test
  void shouldKnowBetterWhenStampSaysWeKnowWhatWeDoNot() {
    MatrixClock a = MatrixClock.of("a");
    a.tick();
    a.receive(
        MatrixTimestamp.of(
            "b", Map.of("a", vector(Map.of("a", 1L, "c", 5L)), "b", vector(Map.of("b", 1L)))));

    assertEquals(vector(Map.of("a", 2L, "b", 1L)), a.latest().own());
  }

  @Test
  void shouldRefuseWhenStampNamesTooManyProcesses() {
    Map<String, VectorTimestamp> rows = new HashMap<>();
    for (int row = 0; row < MatrixTimestamp.MAX_ROWS; row++) {
      rows.put("p" + row, vector(Map.of("p" + row, 1L)));
    }

    refusesUnmoved(Reason.TOO_MANY_ACTORS, MatrixClock.of("a"), MatrixTimestamp.of("p1", rows));
    rows.put("one more", vector(Map.of("one more", 1L)));
    assertThrows(IllegalArgumentException.class, () -> MatrixTimestamp.of("p1", rows));
  }

  /** What a clock takes in it must be able to send on. */
  @Test
  void shouldRefuseWhenColumnsNameTooManyProcesses() {
    MatrixClock a = MatrixClock.of("a");
    a.tick();
    for (int stamp = 0; stamp < 2; stamp++) {
      Map<String, Long> counts = new HashMap<>();
      for (int i = 0; i < MatrixTimestamp.MAX_ROWS - 3; i++) {
        counts.put("p" + stamp + "." + i, 1L);
      }
      String row = stamp == 0 ? "b" : "c"; // once in the sender's own row, once in another's
      MatrixTimestamp remote = MatrixTimestamp.of("b", Map.of(row, vector(counts)));
      if (stamp == 0) {
        a.receive(remote);
      } else {
        refusesUnmoved(Reason.TOO_MANY_ACTORS, a, remote);
      }
      assertTrue(MatrixTimestampCodec.encodedLength(a.latest()) > 1_000_000);
    }
  }

  @Test
  void shouldThrowAndStayWhenTheCountIsAtItsEnd() {
    MatrixTimestamp last =
        MatrixTimestamp.of("a", Map.of("a", vector(Map.of("a", Long.MAX_VALUE))));
    MatrixClock a = MatrixClock.resumeFrom(last);

    assertThrows(ArithmeticException.class, a::tick);
    assertThrows(ArithmeticException.class, () -> a.receive(MatrixClock.of("b").tick()));
    assertEquals(last, a.latest());
  }

  @Test
  void shouldGoOnAfterTheLastStampWhenResumed() {
    MatrixClock a = MatrixClock.of("a");
    MatrixTimestamp last = a.tick();
    MatrixClock again = MatrixClock.resumeFrom(last);

    assertEquals("a", again.actor());
    assertEquals(CausalOrder.AFTER, again.tick().relationTo(last));
  }

  @Test
  void shouldRetireOnlyWhenAllWhoRemainKnowTheLastEvent() {
    MatrixClock a = MatrixClock.of("a");
    MatrixClock b = MatrixClock.of("b");
    MatrixTimestamp farewell = MatrixClock.of("c").tick();
    Map<String, Long> left = Map.of("c", 1L);

    a.receive(farewell);
    assertEquals(Set.of(), a.retire(left, List.of("a", "b")), "b has not heard of it");
    b.receive(a.tick());
    a.receive(b.tick());
    assertEquals(Set.of(), a.retire(left, List.of("a", "b", "c")), "it is still a member");
    assertEquals(Set.of(), a.retire(Map.of("c", 2L), List.of("a", "b")), "one is missing");
    assertEquals(1, a.latest().own().count("c"));
    assertEquals(Set.of("c"), a.retire(left, List.of("a", "b")));
    assertEquals(Set.of("a", "b"), a.latest().rows().keySet());
    assertEquals(Set.of("a", "b"), a.latest().own().toMap().keySet());
    a.receive(b.tick());
    assertEquals(1, a.latest().own().count("c"), "b has not retired it yet");
    assertEquals(Set.of("c"), a.retire(left, List.of("a", "b")));
    assertThrows(IllegalArgumentException.class, () -> a.latest().retire("a"));
  }

  @Test
  void shouldRefuseWhenRowHasPrunedCounts() {
    VectorTimestamp pruned = vector(Map.of("a", 1L, "b", 1L)).prune("b");

    assertThrows(
        IllegalArgumentException.class, () -> MatrixTimestamp.of("a", Map.of("a", pruned)));
  }

  @Test
  void shouldBeEqualWhenActorAndRowsAre() {
    MatrixTimestamp stamp = MatrixTimestamp.of("a", Map.of("b", vector(Map.of("b", 1L))));
    MatrixTimestamp same =
        MatrixTimestamp.of("a", Map.of("a", vector(Map.of()), "b", vector(Map.of("b", 1L))));

    assertEquals(stamp, same);
    assertEquals(stamp.hashCode(), same.hashCode());
    assertTrue(!stamp.equals(MatrixTimestamp.of("b", stamp.rows())));
    assertThrows(IllegalArgumentException.class, () -> MatrixTimestamp.of("", Map.of()));
  }

  @Test
  void shouldTellStampsApartWhenTheyDiffer() {
    MatrixClock a = MatrixClock.of("a");
    MatrixTimestamp first = a.tick();
    assertEquals("a{a={a=1}}", first.toString());
    assertEquals("MatrixClock[a{a={a=1}}]", a.toString());
    assertNotEquals(first.hashCode(), a.tick().hashCode());
    assertNotEquals(first, a.latest());
  }

  @Test
  void shouldTakeInAsManyProcessesAsCanBeWritten() {
    Map<String, Long> counts = new HashMap<>();
    for (int process = 2; process < MatrixTimestamp.MAX_ROWS; process++) {
      counts.put("p" + process, 1L);
    }
    counts.put("b", 1L);
    MatrixClock a = MatrixClock.of("a");
    MatrixTimestamp full = a.receive(MatrixTimestamp.of("b", Map.of("b", vector(counts))));
    ByteBuffer buffer = ByteBuffer.allocate(MatrixTimestampCodec.encodedLength(full));
    MatrixTimestampCodec.encode(full, buffer);
    assertEquals(full, MatrixTimestampCodec.decode(buffer.flip()));
    counts.put("one more", 1L);
    counts.put("b", 2L);
    assertThrows(
        StampRejectedException.class,
        () -> a.receive(MatrixTimestamp.of("b", Map.of("b", vector(counts)))));
    assertEquals(full, a.latest());
  }

  @Test
  void shouldRefuseBytesWhenAProcessIsNamedTwice() {
    MatrixClock a = MatrixClock.of("a");
    MatrixTimestamp stamp = a.receive(MatrixClock.of("b").tick());
    ByteBuffer buffer = ByteBuffer.allocate(MatrixTimestampCodec.encodedLength(stamp));
    MatrixTimestampCodec.encode(stamp, buffer);
    byte[] bytes = buffer.array();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 'b' ? (byte) 'a' : bytes[i];
    }
    assertThrows(
        StampFormatException.class, () -> MatrixTimestampCodec.decode(ByteBuffer.wrap(bytes)));
  }
}
