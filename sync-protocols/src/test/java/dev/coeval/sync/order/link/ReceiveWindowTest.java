package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.link.LinkConfig.Order;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.order.link.ReceiveWindow.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the window hands on and acknowledges; where it is random, against a set of numbers. */
final class ReceiveWindowTest {
  private final List<ByteBuffer> handedOn = new ArrayList<>();

  private static ByteBuffer message(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
  }

  private Outcome take(ReceiveWindow window, long number) {
    return window.take(number, message(number), handedOn);
  }

  private List<Long> numbers() {
    return handedOn.stream().map(each -> each.getLong(each.position())).toList();
  }

  @Test
  void shouldHandOnAtOnceWhenMessagesComeInOrder() {
    ReceiveWindow window = new ReceiveWindow(Order.FIFO);
    for (long number = 1; number <= 200; number++) {
      assertEquals(Outcome.NEW, take(window, number));
      assertEquals(number, handedOn.size());
      assertEquals(new Receipt(number, 0), window.receipt());
    }
    assertEquals(LongStream.rangeClosed(1, 200).boxed().toList(), numbers());
  }

  @Test
  void shouldHoldBackWhenOneBeforeIsMissing() {
    ReceiveWindow window = new ReceiveWindow(Order.FIFO);
    take(window, 1);
    take(window, 3);
    take(window, 4);
    take(window, 6);
    assertEquals(List.of(1L), numbers());
    assertEquals(3, window.waiting());
    assertEquals(new Receipt(1, 0b1011), window.receipt());
    take(window, 2);
    assertEquals(List.of(1L, 2L, 3L, 4L), numbers());
    assertEquals(new Receipt(4, 0b1), window.receipt());
    take(window, 5);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), numbers());
    assertEquals(new Receipt(6, 0), window.receipt());
    assertEquals(0, window.waiting());
  }

  @Test
  void shouldHandOnAsTheyComeWhenOrderIsNotAskedFor() {
    ReceiveWindow window = new ReceiveWindow(Order.ANY);
    for (long number : new long[] {3, 1, 4, 2}) {
      assertEquals(Outcome.NEW, take(window, number));
      assertEquals(Outcome.REPEATED, take(window, number));
    }
    assertEquals(List.of(3L, 1L, 4L, 2L), numbers());
    assertEquals(0, window.waiting());
    assertEquals(new Receipt(4, 0), window.receipt());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTheLastPlaceAndRefuseTheNextWhenWindowIsFull(Order order) {
    ReceiveWindow window = new ReceiveWindow(order);
    assertEquals(Outcome.TOO_FAR, take(window, LinkConfig.MAX_WINDOW_MESSAGES + 1));
    assertEquals(Outcome.TOO_FAR, take(window, Long.MAX_VALUE));
    for (long number = LinkConfig.MAX_WINDOW_MESSAGES; number > 1; number--) {
      assertEquals(Outcome.NEW, take(window, number));
    }
    assertEquals(new Receipt(0, -1L >>> 1), window.receipt());
    assertEquals(Outcome.TOO_FAR, take(window, LinkConfig.MAX_WINDOW_MESSAGES + 1));
    assertEquals(Outcome.NEW, take(window, 1));
    assertEquals(new Receipt(LinkConfig.MAX_WINDOW_MESSAGES, 0), window.receipt());
    assertEquals(LinkConfig.MAX_WINDOW_MESSAGES, handedOn.size());
    assertEquals(Outcome.REPEATED, take(window, 1));
    assertEquals(Outcome.REPEATED, take(window, LinkConfig.MAX_WINDOW_MESSAGES));
  }

  @Test
  void shouldKeepItsOwnCopyWhenCallerUsesTheBufferAgain() {
    ReceiveWindow window = new ReceiveWindow(Order.FIFO);
    ByteBuffer shared = message(2);
    window.take(2, shared, handedOn);
    assertEquals(0, shared.position());
    shared.putLong(0, 99);
    window.take(1, message(1), handedOn);
    assertEquals(List.of(1L, 2L), numbers());
    assertTrue(handedOn.stream().allMatch(ByteBuffer::isReadOnly));
  }

  /** The oracle is the set of the numbers that have come. */
  @ParameterizedTest
  @EnumSource
  void shouldAgreeWithSetOfNumbersWhenMessagesComeInAnyOrder(Order order) {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReceiveWindow window = new ReceiveWindow(order);
      TreeSet<Long> come = new TreeSet<>();
      long upTo = 0;
      handedOn.clear();
      for (int i = 0; i < 400; i++) {
        long number = Math.max(1, upTo + random.nextInt(-5, 70));
        boolean fits = number <= upTo + LinkConfig.MAX_WINDOW_MESSAGES;
        Outcome due = !fits ? Outcome.TOO_FAR : come.add(number) ? Outcome.NEW : Outcome.REPEATED;
        assertEquals(due, take(window, number), "seed " + seed);
        while (come.contains(upTo + 1)) {
          upTo++;
        }
        assertEquals(upTo, window.receipt().upTo(), "seed " + seed);
        for (long each = Math.max(1, upTo - 3); each < upTo + 80; each++) {
          assertEquals(come.contains(each), window.receipt().has(each), "seed " + seed);
        }
        boolean fifo = order == Order.FIFO;
        assertEquals(fifo ? upTo : come.size(), handedOn.size(), "seed " + seed);
        assertEquals(fifo ? come.size() - upTo : 0, window.waiting(), "seed " + seed);
      }
    }
  }
}
