package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.link.LinkFrame.Receipt;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SendWindowTest {

  private static SendWindow filled(int capacity, int messages) {
    SendWindow window = new SendWindow(capacity);
    for (int i = 1; i <= messages; i++) {
      assertFalse(window.isFull());
      assertEquals(i, window.add(ByteBuffer.allocate(1).put((byte) i).flip()).number);
    }
    return window;
  }

  private static List<Long> take(SendWindow window, long upTo, long beyond) {
    return window.take(new Receipt(upTo, beyond)).stream().map(each -> each.number).toList();
  }

  @Test
  void shouldBeFullWhenAsManyWaitAsAllowed() {
    SendWindow window = filled(3, 3);
    assertTrue(window.isFull());
    assertEquals(3, window.size());
    assertEquals(List.of(1L), take(window, 1, 0));
    assertFalse(window.isFull());
  }

  /** The receiver could not take what is further from the first that it lacks. */
  @Test
  void shouldBeFullWhenFirstIsMissingAndAllAfterItHaveArrived() {
    SendWindow window = filled(4, 4);
    assertEquals(List.of(2L, 3L, 4L), take(window, 0, 0b111));
    assertEquals(1, window.size());
    assertTrue(window.isFull());
    assertEquals(List.of(1L), take(window, 4, 0));
    assertFalse(window.isFull());
    assertEquals(5, window.add(ByteBuffer.allocate(0)).number);
  }

  @Test
  void shouldTakeEachReceiptOnceWhenReceiptsAreRepeatedAndLate() {
    SendWindow window = filled(8, 6);
    assertEquals(List.of(1L, 2L, 4L, 6L), take(window, 2, 0b101));
    assertEquals(List.of(), take(window, 2, 0b101));
    assertEquals(List.of(), take(window, 1, 0));
    assertEquals(List.of(3L), take(window, 4, 0));
    assertEquals(List.of(5L), take(window, 6, 0));
    assertEquals(0, window.size());
  }

  @Test
  void shouldTellImpossibleReceiptsWhenTheyNameWhatWasNeverSent() {
    SendWindow window = filled(8, 6);
    assertTrue(window.isPossible(new Receipt(0, 0)));
    assertTrue(window.isPossible(new Receipt(6, 0)));
    assertFalse(window.isPossible(new Receipt(7, 0)));
    assertTrue(window.isPossible(new Receipt(0, 0b10000)), "2 + 4 is the last");
    assertFalse(window.isPossible(new Receipt(0, 0b100000)));
    assertFalse(window.isPossible(new Receipt(5, 1)));
    assertTrue(window.isPossible(new Receipt(4, 1)));
    assertFalse(window.isPossible(new Receipt(0, Long.MIN_VALUE)));
    assertFalse(window.isPossible(new Receipt(Long.MAX_VALUE, 0)));
    assertFalse(window.isPossible(new Receipt(Long.MAX_VALUE, -1)));
    assertFalse(window.isPossible(new Receipt(Long.MAX_VALUE - 2, 1)));
  }

  @Test
  void shouldGiveBackTheRestInOrderWhenSomeAreAcknowledged() {
    SendWindow window = filled(8, 4);
    take(window, 0, 0b1);
    List<ByteBuffer> rest = window.messages();
    assertEquals(List.of(1, 3, 4), rest.stream().map(each -> (int) each.get(0)).toList());
    rest.get(0).get();
    assertEquals(1, window.messages().get(0).remaining(), "a copy's position is its own");
  }

  /** Bits of a receipt, one by one and at both ends of the numbers. */
  @Test
  void shouldSayWhatHasArrivedWhenAskedAtTheEnds() {
    Receipt receipt = new Receipt(5, 0b101 | Long.MIN_VALUE);
    assertTrue(receipt.has(1) && receipt.has(5) && receipt.has(7) && receipt.has(9));
    assertFalse(receipt.has(6) || receipt.has(8) || receipt.has(10));
    assertTrue(receipt.has(5 + 2 + 63));
    assertFalse(receipt.has(5 + 2 + 64), "the bits do not come round");
    assertFalse(receipt.has(5 + 2 + 128));
    assertFalse(receipt.has(Long.MAX_VALUE));
    assertFalse(new Receipt(0, -1).has(1));
    assertTrue(new Receipt(Long.MAX_VALUE, 0).has(Long.MAX_VALUE));
    assertTrue(new Receipt(Long.MAX_VALUE - 2, 1).has(Long.MAX_VALUE));
    assertFalse(new Receipt(Long.MAX_VALUE - 2, -2).has(Long.MAX_VALUE));
  }
}
