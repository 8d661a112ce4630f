package dev.coeval.logical.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.laws.Concurrently;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DurableClockTest {

  private static final int THREADS = 4;
  private static final int CALLS = 10_000;

  private final TornSlots disk = new TornSlots();
  private final SlottedMark mark;

  DurableClockTest() throws IOException {
    mark = SlottedMark.open(disk, "cart", 0, new Random(7));
  }

  private DurableClock<LamportTimestamp> durable(long above, long ahead) {
    LamportClock clock = LamportClock.resumeAbove("cart", above);
    return DurableClock.of(clock, LamportTimestamp::counter, mark, ahead);
  }

  @Test
  void shouldThrowWhenTheClockStartsBelowTheMark() {
    mark.cover(10, 0);
    assertThrows(IllegalArgumentException.class, () -> durable(9, 1));
    assertThrows(IllegalArgumentException.class, () -> durable(10, 0));
    assertEquals(11, durable(10, 1).tick().counter());
  }

  @Test
  void shouldGiveNoStampWhenItCannotBeCovered() {
    DurableClock<LamportTimestamp> clock = durable(0, 2);
    assertEquals(1, clock.tick().counter());
    disk.failAfter(0, new Random(1));
    assertEquals(3, clock.receive(new LamportTimestamp(2, "a")).counter());
    assertThrows(UncheckedIOException.class, clock::tick);
    assertThrows(UncheckedIOException.class, clock::latest);
    assertEquals(3, mark.mark());
  }

  @Test
  void shouldCoverEveryStampBeforeItIsGivenWhenThreadsTick() throws Exception {
    DurableClock<LamportTimestamp> clock = durable(0, 1_000);
    List<List<Long>> given =
        Concurrently.run(
            THREADS,
            thread ->
                IntStream.range(0, CALLS)
                    .mapToObj(
                        i -> {
                          long counter = clock.tick().counter();
                          assertTrue(counter <= mark.mark());
                          return counter;
                        })
                    .toList());
    assertEquals(
        LongStream.rangeClosed(1, (long) THREADS * CALLS).boxed().toList(),
        given.stream().flatMap(List::stream).sorted().toList());
    assertTrue(mark.writes() <= 2 + THREADS * CALLS / 1_000 + 1, () -> mark.writes() + " writes");
  }

  /** Both need the mark raised, but the first one's write covers the second one's number too. */
  @Test
  void shouldWriteOnceWhenTwoThreadsNeedTheSameMark() throws Exception {
    CountDownLatch powerful = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    Slots slots =
        new Slots() {
          @Override
          public byte[] load(int slot) {
            return disk.load(slot);
          }

          @Override
          public void store(int slot, byte[] bytes) throws IOException {
            if (slow.get()) {
              awaitUninterruptibly(powerful);
            }
            disk.store(slot, bytes);
          }
        };
    SlottedMark shared = SlottedMark.open(slots, "cart", 0, new Random(7));
    slow.set(true);
    Thread[] threads = new Thread[2];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> shared.cover(1, 10));
      threads[i].start();
    }
    while (threads[0].getState() != Thread.State.BLOCKED
        && threads[1].getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    powerful.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(3, shared.writes());
    assertEquals(11, shared.mark());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoesThis) {
      throw new AssertionError(nobodyDoesThis);
    }
  }
}
