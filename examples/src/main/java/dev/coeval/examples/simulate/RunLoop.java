package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.sync.scenario.SeedRuns;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs jobs over seeds on all processors, and hands over what came of each job in order. On Ctrl-C
 * no other run begins, and what is done is handed over.
 */
final class RunLoop {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final OutputOptions output;
  private final SeedRange seeds;

  RunLoop(OutputOptions output, SeedRange seeds) {
    this.output = output;
    this.seeds = seeds;
  }

  /** Runs them. */
  <R> void run(List<LongFunction<R>> jobs, Consumer<List<R>> job) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (CtrlC ctrlC = new CtrlC();
        SeedRuns<R> runs = new SeedRuns<>(jobs, seeds.first(), seeds.last(), threads)) {
      if (!isFinished(ctrlC, runs, job)) {
        report(runs);
      }
    } catch (InterruptedException e) {
      throw CommandFailedException.failure("interrupted while it ended");
    }
  }

  private <R> boolean isFinished(CtrlC ctrlC, SeedRuns<R> runs, Consumer<List<R>> job)
      throws InterruptedException {
    boolean isAsked = false;
    try (Progress progress = Progress.of(output, runs.size())) {
      while (runs.hasNext()) {
        isAsked = isAsked || isAskedBeforeReady(ctrlC, runs, progress);
        if (isAsked) {
          runs.stop();
        }
        List<R> results = runs.next();
        progress.clear();
        if (!results.isEmpty()) {
          job.accept(results);
        }
      }
    }
    return !isAsked;
  }

  /** Waits for the next results; an interrupt is as good as Ctrl-C. */
  private static boolean isAskedBeforeReady(CtrlC ctrlC, SeedRuns<?> runs, Progress progress) {
    while (!runs.isReady()) {
      progress.stepTo(runs.done());
      try {
        if (ctrlC.await(LOOK_NANOS)) {
          return true;
        }
      } catch (InterruptedException e) {
        return true;
      }
    }
    return false;
  }

  private void report(SeedRuns<?> runs) {
    output.print(
        "stopped: " + runs.done() + " of " + runs.size() + " runs are done",
        "stopped",
        "runs",
        runs.done(),
        "of",
        runs.size());
  }
}
