package dev.coeval.bench.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does many independent things on several threads and gives what came of them in the order in which
 * they were asked, so that nothing depends on who was first. Says on a stream how far it is.
 */
final class Workers implements AutoCloseable {
  private static final int STEPS = 20;

  private final ExecutorService threads;
  private final PrintStream progress;

  Workers(int count, PrintStream progress) {
    this.progress = progress;
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "laboratory");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does all of it.
   *
   * @throws IOException if something failed
   */
  <T> List<T> all(String what, List<Callable<T>> tasks) throws IOException {
    AtomicInteger done = new AtomicInteger();
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    for (Callable<T> task : tasks) {
      futures.add(
          threads.submit(
              () -> {
                T result = task.call();
                say(what, done.incrementAndGet(), tasks.size());
                return result;
              }));
    }
    List<T> results = new ArrayList<>(tasks.size());
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException(what + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void say(String what, int done, int of) {
    if (done == of || done * STEPS / of > (done - 1) * STEPS / of) {
      progress.printf("%s: %d of %d%n", what, done, of);
    }
  }
}
