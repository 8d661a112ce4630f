package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.laws.CausalHistory;
import dev.coeval.logical.laws.CausalLaws;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Clocks of one system, forked at its start, order events as causality does. */
final class IntervalTreeClockProperties extends CausalLaws {

  private static List<IntervalTreeClock> clocks(int processes) {
    List<IntervalTreeClock> clocks = new ArrayList<>(List.of(IntervalTreeClock.seed()));
    while (clocks.size() < processes) {
      clocks.add(IntervalTreeClock.of(clocks.get(clocks.size() / 2).fork()));
    }
    return clocks;
  }

  @Property(tries = TRIES)
  void shouldBeOrderedExactlyAsCausalityWhenCompared(@ForAll("traces") Trace trace) {
    List<IntervalTreeMessage> stamps = Execution.run(trace, clocks(trace.processes()), event -> {});
    CausalHistory history = CausalHistory.of(trace);
    forAllPairs(
        trace,
        (e, f) -> assertEquals(history.relation(e, f), stamps.get(e).relationTo(stamps.get(f))));
  }

  @Example
  void shouldRefuseEverythingWhenRetired() {
    IntervalTreeClock a = IntervalTreeClock.seed();
    IntervalTreeClock b = IntervalTreeClock.of(a.fork());
    IntervalTreeMessage last = b.tick();
    IntervalTreeStamp retired = b.retire();
    assertEquals(last, retired.peek());
    assertEquals("IntervalTreeClock[retired]", b.toString());
    List<Runnable> calls =
        List.of(
            b::tick,
            b::latest,
            b::stamp,
            b::fork,
            b::retire,
            () -> b.receive(last),
            () -> b.join(retired));
    calls.forEach(call -> assertThrows(IllegalStateException.class, call::run));
    a.join(retired);
    assertEquals(last, a.latest());
    assertEquals("IntervalTreeClock[(1, (0,0,1))]", a.toString());
  }

  @Example
  void shouldBeUnchangedWhenStampIsRejected() {
    IntervalTreeClock a = IntervalTreeClock.seed();
    IntervalTreeClock copy = IntervalTreeClock.of(a.stamp());
    IntervalTreeMessage unknown = copy.tick();
    IntervalTreeStamp before = a.stamp();
    assertThrows(StampRejectedException.class, () -> a.receive(unknown));
    assertThrows(StampRejectedException.class, () -> a.join(copy.stamp()));
    assertEquals(before, a.stamp());
  }

  @Example
  void shouldCountEveryEventOnceWhenThreadsShareAClock() throws InterruptedException {
    IntervalTreeClock clock = IntervalTreeClock.seed();
    CountDownLatch start = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException stopped) {
                  return;
                }
                for (int i = 0; i < 500; i++) {
                  clock.tick();
                  clock.join(IntervalTreeClock.of(clock.fork()).retire());
                  done.incrementAndGet();
                }
              });
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1_500, done.get());
    assertEquals(Id.ALL, clock.stamp().id());
    assertTrue(clock.latest().events().max >= 1, clock::toString);
  }
}
