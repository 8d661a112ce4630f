package dev.coeval.logical.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.identity.LostPastException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SlottedMarkTest {

  private final TornSlots disk = new TornSlots();
  private final Random random = new Random(7);

  private SlottedMark open() throws IOException {
    return SlottedMark.open(disk, "cart", 0, random);
  }

  private void assertLost(Reason reason) {
    assertEquals(reason, assertThrows(LostPastException.class, this::open).reason());
  }

  @Test
  void shouldBeTheNextIncarnationWhenOpenedAgain() throws IOException {
    SlottedMark first = open();
    assertEquals(1, first.actor().incarnation());
    assertEquals(0, first.mark());
    first.cover(17, 3);
    SlottedMark second = open();
    assertEquals(first.actor().lineage(), second.actor().lineage());
    assertEquals(2, second.actor().incarnation());
    assertEquals(20, second.mark());
  }

  @Test
  void shouldWriteOnlyWhenTheMarkIsPassed() throws IOException {
    SlottedMark mark = open();
    assertEquals(2, mark.writes());
    for (int number = 1; number <= 1_000; number++) {
      mark.cover(number, 99);
      assertTrue(mark.mark() >= number);
    }
    assertEquals(2 + 10, mark.writes());
    mark.cover(Long.MAX_VALUE - 5, 99);
    assertEquals(Long.MAX_VALUE, mark.mark());
    assertThrows(IllegalArgumentException.class, () -> mark.cover(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> mark.cover(0, -1));
  }

  /** At every byte: what was whole before holds, and only a whole write replaces it. */
  @Test
  void shouldHoldTheOldMarkWhenAWriteIsTornAtAnyByte() throws IOException {
    SlottedMark mark = open();
    mark.cover(10, 0);
    byte[][] old = {disk.load(0), disk.load(1)};
    mark.cover(20, 0);
    int changed = Arrays.equals(old[0], disk.load(0)) ? 1 : 0;
    byte[] whole = disk.load(changed);
    for (int torn = 0; torn <= whole.length; torn++) {
      restore(old);
      System.arraycopy(whole, 0, disk.slot(changed), 0, torn);
      SlottedMark reopened = open();
      assertEquals(torn == whole.length ? 20 : 10, reopened.mark());
      assertEquals(2, reopened.actor().incarnation());
    }
  }

  private void restore(byte[][] slots) {
    for (int slot = 0; slot < 2; slot++) {
      System.arraycopy(slots[slot], 0, disk.slot(slot), 0, slots[slot].length);
    }
  }

  @Test
  void shouldBeginAtTheFirstIncarnationWhenCreationWasInterrupted() throws IOException {
    for (int torn = 0; torn < MarkRecord.LENGTH; torn++) {
      TornSlots other = new TornSlots();
      byte[] record = new MarkRecord(0, new ActorId("cart", 5, 1), 0, 0, false).toBytes();
      System.arraycopy(record, 0, other.slot(0), 0, torn);
      assertEquals(1, SlottedMark.open(other, "cart", 0, random).actor().incarnation());
    }
  }

  @Test
  void shouldSayThatThePastIsLostWhenNoSlotIsWhole() throws IOException {
    open().cover(10, 0);
    disk.slot(0)[20] ^= 1;
    disk.slot(1)[20] ^= 1;
    assertLost(Reason.DAMAGED);
    SlottedMark fresh = SlottedMark.startLineage(disk, "cart", 0, random);
    assertEquals(1, fresh.actor().incarnation());
    assertEquals(2, open().actor().incarnation());
  }

  @Test
  void shouldSayThatThePastIsLostWhenTheSecondSlotIsGone() throws IOException {
    open().cover(10, 0);
    Arrays.fill(disk.slot(1), (byte) 0);
    assertLost(Reason.DAMAGED);
  }

  @Test
  void shouldSayThatThePastIsLostWhenTheSlotsAreNotConsecutive() throws IOException {
    SlottedMark mark = open();
    byte[] early = disk.load(0);
    mark.cover(10, 0);
    mark.cover(20, 0);
    mark.cover(30, 0);
    System.arraycopy(early, 0, disk.slot(0), 0, early.length);
    assertLost(Reason.DAMAGED);
  }

  @Test
  void shouldNoticeWhenItIsAnotherFile() throws IOException {
    SlottedMark mark = SlottedMark.open(disk, "cart", 77, random);
    mark.cover(10, 0);
    LostPastException lost =
        assertThrows(LostPastException.class, () -> SlottedMark.open(disk, "cart", 78, random));
    assertEquals(Reason.COPIED, lost.reason());
    assertEquals(2, open().actor().incarnation(), "no numbers here: nothing to compare");
    SlottedMark fresh = SlottedMark.startLineage(disk, "cart", 78, random);
    assertNotEquals(mark.actor().lineage(), fresh.actor().lineage());
    assertEquals(10, fresh.mark(), "what can be read is kept as a floor");
    assertEquals(2, SlottedMark.open(disk, "cart", 78, random).actor().incarnation());
  }

  /** A backup put back byte by byte says nothing; only the peers know. */
  @Test
  void shouldRefuseServiceWhenPeersKnowMoreOfItThanItDoes() throws IOException {
    open().cover(10, 0);
    byte[][] backup = {disk.load(0), disk.load(1)};
    ActorId later = open().actor();
    restore(backup);
    SlottedMark restored = open();
    assertEquals(later, restored.actor(), "which is the harm");
    restored.observe(new ActorId("other", later.lineage(), 9), 99);
    restored.observe(new ActorId("cart", later.lineage() ^ 1, 9), 99);
    restored.observe(new ActorId("cart", later.lineage(), 1), 10);
    restored.observe(later, 10);
    LostPastException lost =
        assertThrows(LostPastException.class, () -> restored.observe(later, 11));
    assertEquals(Reason.OVERTAKEN, lost.reason());
    assertThrows(LostPastException.class, () -> restored.cover(1, 0));
    assertLost(Reason.OVERTAKEN);
    for (int slot = 0; slot < 2; slot++) {
      disk.slot(slot)[30] ^= 1;
      assertLost(Reason.OVERTAKEN);
      disk.slot(slot)[30] ^= 1;
    }
    SlottedMark fresh = SlottedMark.startLineage(disk, "cart", 0, random);
    fresh.cover(11, 0);
    assertEquals(2, open().actor().incarnation());
  }

  @Test
  void shouldRefuseServiceWhenALaterIncarnationIsSeen() throws IOException {
    SlottedMark mark = open();
    ActorId next = mark.actor().next();
    assertThrows(LostPastException.class, () -> mark.observe(next, 0));
    assertThrows(LostPastException.class, () -> mark.observe(next, 0));
    assertThrows(LostPastException.class, () -> mark.cover(5, 0));
  }

  @Test
  void shouldRefuseServiceWhenAWriteHasFailed() throws IOException {
    SlottedMark mark = open();
    mark.cover(10, 5);
    disk.failAfter(0, random);
    assertThrows(UncheckedIOException.class, () -> mark.cover(16, 5));
    disk.repair();
    assertThrows(UncheckedIOException.class, () -> mark.cover(16, 5));
    mark.cover(15, 5);
    assertEquals(15, mark.mark());
    assertEquals(2, open().actor().incarnation());
  }

  @Test
  void shouldThrowWhenItIsClosedOrOfAnotherName() throws IOException {
    SlottedMark mark = open();
    mark.close();
    assertThrows(IllegalStateException.class, () -> mark.cover(1, 1));
    assertThrows(IllegalArgumentException.class, () -> SlottedMark.open(disk, "basket", 0, random));
  }

  @Test
  void shouldReadWhatItWroteWhenNumbersAreExtreme() {
    MarkRecord record =
        new MarkRecord(
            Long.MAX_VALUE,
            new ActorId("\u00e9".repeat(100), ActorId.MAX_LINEAGE, Long.MAX_VALUE),
            Long.MAX_VALUE,
            -1,
            true);
    assertEquals(record, MarkRecord.of(record.toBytes()).orElseThrow());
    byte[] bytes = record.toBytes();
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] ^= 0x10;
      assertTrue(MarkRecord.of(bytes).isEmpty(), "at " + at);
      bytes[at] ^= 0x10;
    }
    assertArrayEquals(record.toBytes(), bytes);
  }
}
