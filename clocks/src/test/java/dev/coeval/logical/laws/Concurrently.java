package dev.coeval.logical.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs the same work on several threads that start together. */
public final class Concurrently {

  private static final long PATIENCE_SECONDS = 60;

  private Concurrently() {}

  /**
   * Runs the work and waits for it.
   *
   * @param <R> what it returns
   * @param threads how many threads
   * @param work given the number of the thread, from zero
   * @return what each thread returned
   * @throws Exception if one of them threw
   */
  public static <R> List<R> run(int threads, IntFunction<R> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<R>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        Callable<R> task =
            () -> {
              start.await();
              return work.apply(number);
            };
        running.add(executor.submit(task));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> result : running) {
        results.add(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
