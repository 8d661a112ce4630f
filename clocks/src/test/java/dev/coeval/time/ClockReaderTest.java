package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockReaderTest {
  private final Queue<Long> ticks = new ArrayDeque<>();
  private final AtomicLong wall = new AtomicLong(1_000);
  private final ClockReader reader =
      ClockReader.of(ticks::remove, wall::incrementAndGet, nanos -> wall.addAndGet(nanos));

  @Test
  void shouldBracketTheWallClockWhenRead() {
    ticks.addAll(List.of(10L, 17L));
    assertEquals(new ClockReading(10, 1_001, 7), reader.read());
  }

  @Test
  void shouldKeepTheTightestPairWhenReadSeveralTimes() {
    ticks.addAll(List.of(0L, 50L, 100L, 103L, 200L, 230L));
    assertEquals(new ClockReading(100, 1_002, 3), reader.readTightest(3));
    assertThrows(IllegalArgumentException.class, () -> reader.readTightest(0));
  }

  @Test
  void shouldPauseOnlyWhenThereIsTimeToPass() {
    reader.pause(0);
    reader.pause(-5);
    assertEquals(1_000, wall.get());
    reader.pause(5);
    assertEquals(1_005, wall.get());
  }

  @Test
  void shouldCountForwardsWhenReadingTheSystem() {
    ClockReader system = ClockReader.system();
    ClockReading first = system.readTightest(5);
    ClockReading second = system.read();
    assertTrue(second.tickNanos() >= first.tickNanos() + first.spanNanos());
    assertTrue(first.wallEpochNanos() > 1_700_000_000L * 1_000_000_000L);
  }
}
