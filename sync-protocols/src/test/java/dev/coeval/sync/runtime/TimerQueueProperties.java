package dev.coeval.sync.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.coeval.sync.machine.TimerId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a plain list that is searched from end to end. */
final class TimerQueueProperties {

  /** What is done to both. */
  record Step(String what, int index, long tickNanos) {}

  private record Pending(TimerId id, long tickNanos) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> ticks =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-20, 20),
            Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1));
    return Combinators.combine(
            Arbitraries.of("set", "set", "set", "cancel", "poll", "poll", "wait"),
            Arbitraries.integers().between(0, 5),
            ticks)
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void shouldFireAsPlainListWhenSetReplacedAndCancelled(@ForAll("steps") List<Step> steps) {
    TimerQueue queue = new TimerQueue();
    List<Pending> list = new ArrayList<>();
    for (Step step : steps) {
      TimerId id = RecordingMachine.timer(step.index);
      switch (step.what) {
        case "set" -> {
          queue.set(id, step.tickNanos);
          list.removeIf(pending -> pending.id.equals(id));
          list.add(new Pending(id, step.tickNanos));
        }
        case "cancel" -> {
          queue.cancel(id);
          list.removeIf(pending -> pending.id.equals(id));
        }
        case "poll" -> {
          Pending first = first(list);
          TimerId due = queue.pollDue(step.tickNanos);
          if (first == null || first.tickNanos > step.tickNanos) {
            assertNull(due);
          } else {
            assertEquals(first.id, due);
            list.remove(first);
          }
        }
        default -> assertEquals(wait(list, step.tickNanos), queue.nanosUntilNext(step.tickNanos));
      }
    }
  }

  private static Pending first(List<Pending> list) {
    Pending first = null;
    for (Pending pending : list) {
      if (first == null || pending.tickNanos < first.tickNanos) {
        first = pending;
      }
    }
    return first;
  }

  private static long wait(List<Pending> list, long nowTickNanos) {
    Pending first = first(list);
    if (first == null) {
      return Long.MAX_VALUE;
    }
    if (first.tickNanos <= nowTickNanos) {
      return 0;
    }
    try {
      return Math.subtractExact(first.tickNanos, nowTickNanos);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
