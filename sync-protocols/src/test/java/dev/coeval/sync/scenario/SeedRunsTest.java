package dev.coeval.sync.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.scenario.file.RowResult;
import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import dev.coeval.sync.scenario.file.SeedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedRunsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void shouldGiveResultsInOrderWhenThreadsAreMany(int threads) throws InterruptedException {
    List<LongFunction<String>> jobs = List.of(s -> "a" + s, s -> "b" + s, s -> "c" + s);
    List<List<String>> results = new ArrayList<>();
    try (SeedRuns<String> runs = new SeedRuns<>(jobs, -1, 2, threads)) {
      assertEquals(12, runs.size());
      while (runs.hasNext()) {
        results.add(runs.next());
      }
      assertEquals(12, runs.done());
      assertThrows(NoSuchElementException.class, runs::next);
      assertFalse(runs.isReady());
    }
    assertEquals(List.of("a-1", "a0", "a1", "a2"), results.get(0));
    assertEquals(List.of("c-1", "c0", "c1", "c2"), results.get(2));
  }

  @Test
  void shouldGiveTheSameAsOneThreadWhenScenariosRun() throws InterruptedException {
    ScenarioSpec spec = ScenarioFile.shipped("s01").orElseThrow().variants().get(0);
    ScenarioSpec brief = spec.withSeconds(600);
    try (SeedRuns<SeedResult> runs = new SeedRuns<>(List.of(brief::run), 1, 6, 3)) {
      assertEquals(RowResult.of(brief, 1, 6).seeds(), runs.next());
    }
  }

  @Test
  void shouldKeepWhatIsDoneWhenStopped() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    LongFunction<Long> job =
        seed -> {
          if (seed == 3) {
            reached.countDown();
            await(stopped);
          }
          return seed;
        };
    SeedRuns<Long> runs = new SeedRuns<>(List.of(job, job), 1, 5, 1);
    await(reached);
    assertFalse(runs.isReady());
    runs.stop();
    stopped.countDown();
    assertEquals(List.of(1L, 2L, 3L), runs.next());
    assertTrue(runs.isReady());
    assertEquals(List.of(), runs.next());
    assertEquals(3, runs.done());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldTellTheReasonWhenARunFails() {
    IllegalArgumentException reason = new IllegalArgumentException("seed 2");
    LongFunction<Long> job =
        seed -> {
          if (seed == 2) {
            throw reason;
          }
          return seed;
        };
    SeedRuns<Long> runs = new SeedRuns<>(List.of(job), 1, 3, 1);
    assertSame(reason, assertThrows(IllegalStateException.class, runs::next).getCause());
  }

  @Test
  void shouldRefuseWhenThereIsNothingToDoOrTooMuch() {
    List<LongFunction<Long>> jobs = List.of(seed -> seed);
    assertThrows(IllegalArgumentException.class, () -> new SeedRuns<>(jobs, 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SeedRuns<>(jobs, 1, 1, 0));
    long many = SeedRuns.MAX_RUNS + 1;
    assertThrows(IllegalArgumentException.class, () -> new SeedRuns<>(jobs, 1, many, 1));
  }
}
