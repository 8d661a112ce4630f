package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The queue against a sorted list. */
final class EventQueueProperties {

  private record Added(long timeNanos, int number) {}

  @Property
  void shouldGiveEventsByTimeThenByOrderWhenAddedAndTakenInAnyOrder(
      @ForAll @Size(max = 300) List<@LongRange(min = -1, max = 40) Long> script) {
    EventQueue queue = new EventQueue();
    List<Added> oracle = new ArrayList<>();
    int number = 0;
    for (long entry : script) {
      if (entry < 0 && !oracle.isEmpty()) {
        takeFirst(queue, oracle);
      } else {
        Event event = queue.obtain(Event.Kind.TIMER);
        event.atTickNanos = number;
        queue.add(entry, event);
        oracle.add(new Added(entry, number++));
      }
    }
    while (!oracle.isEmpty()) {
      takeFirst(queue, oracle);
    }
    assertEquals(true, queue.isEmpty());
  }

  private static void takeFirst(EventQueue queue, List<Added> oracle) {
    oracle.sort(Comparator.comparingLong(Added::timeNanos).thenComparingInt(Added::number));
    Added first = oracle.remove(0);
    assertEquals(first.timeNanos, queue.nextTimeNanos());
    Event event = queue.poll();
    assertEquals(first.number, event.atTickNanos);
    queue.release(event);
  }
}
