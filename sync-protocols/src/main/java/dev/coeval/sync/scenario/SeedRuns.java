package dev.coeval.sync.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Several jobs over the same seeds, on several threads. Results come job by job, each in the order
 * of its seeds, and are the same however many threads there are: runs share nothing.
 *
 * <pre>{@code
 * try (SeedRuns<SeedResult> runs = new SeedRuns<>(List.of(spec::run), 1, 100, 2)) {
 *   List<SeedResult> results = runs.next();
 * }
 * }</pre>
 *
 * <p>Its threads are daemons and begin at once. One thread takes the results; any may stop it.
 *
 * @param <R> what a run gives
 */
public final class SeedRuns<R> implements AutoCloseable {

  /** More runs than this are a mistake. */
  public static final long MAX_RUNS = 10_000_000;

  private final List<LongFunction<R>> jobs;
  private final long firstSeed;
  private final int seeds;
  private final List<@Nullable Row> rows = new ArrayList<>();
  private final AtomicLong claimed = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final long size;
  private volatile boolean isStopped;
  private int running;
  private int taken;
  private @Nullable Throwable failure;

  /**
   * Begins.
   *
   * @param jobs what to do with each seed; must be safe to call from several threads
   * @param firstSeed the first seed
   * @param lastSeed the last, not before the first
   * @param threads how many, positive
   * @throws IllegalArgumentException if there are no seeds, no threads, or too many runs
   */
  public SeedRuns(List<LongFunction<R>> jobs, long firstSeed, long lastSeed, int threads) {
    long each = Math.addExact(Math.subtractExact(lastSeed, firstSeed), 1);
    if (each < 1 || threads < 1 || each > MAX_RUNS || each * jobs.size() > MAX_RUNS) {
      throw new IllegalArgumentException(
          "seeds %d to %d on %d threads".formatted(firstSeed, lastSeed, threads));
    }
    this.jobs = List.copyOf(jobs);
    this.firstSeed = firstSeed;
    this.seeds = (int) each;
    this.size = each * jobs.size();
    this.jobs.forEach(job -> rows.add(new Row(seeds)));
    this.running = (int) Math.min(threads, size);
    for (int i = 0; i < Math.min(threads, size); i++) {
      Thread thread = new Thread(this::work, "coeval-seeds-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What came of one job so far. */
  private final class Row {
    private final List<@Nullable R> results;
    private int missing;

    Row(int size) {
      results = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        results.add(null);
      }
      missing = size;
    }

    List<R> present() {
      List<R> present = new ArrayList<>();
      for (R result : results) {
        if (result != null) {
          present.add(result);
        }
      }
      return present;
    }
  }

  /**
   * How many runs there are in all.
   *
   * @return jobs times seeds
   */
  public long size() {
    return size;
  }

  /**
   * How many runs are over.
   *
   * @return at most {@link #size}
   */
  public long done() {
    return done.get();
  }

  /**
   * Whether a job is left that {@link #next} has not given.
   *
   * @return false after the last
   */
  public boolean hasNext() {
    return taken < jobs.size();
  }

  /**
   * Whether {@link #next} gives its results without waiting.
   *
   * @return true if so
   */
  public synchronized boolean isReady() {
    Row row = taken < jobs.size() ? rows.get(taken) : null;
    return row != null && (row.missing == 0 || running == 0);
  }

  /**
   * Waits for the results of the next job.
   *
   * @return one for each seed, in their order; after {@link #stop}, of those whose run is over
   * @throws NoSuchElementException if there is no job left
   * @throws IllegalStateException if a run failed
   * @throws InterruptedException if the thread is interrupted
   */
  public synchronized List<R> next() throws InterruptedException {
    Row row = taken < jobs.size() ? rows.get(taken) : null;
    if (row == null) {
      throw new NoSuchElementException("all " + jobs.size() + " jobs have been taken");
    }
    while (row.missing > 0 && running > 0) {
      wait();
    }
    if (failure != null) {
      throw new IllegalStateException("a run failed", failure);
    }
    rows.set(taken++, null);
    return row.present();
  }

  /** Lets no other run begin; those that have begun go on to their end. */
  public void stop() {
    isStopped = true;
  }

  @Override
  public void close() {
    stop();
  }

  private void work() {
    long run = claimed.getAndIncrement();
    while (run < size && !isStopped) {
      int job = (int) (run / seeds);
      int index = (int) (run % seeds);
      try {
        finish(job, index, jobs.get(job).apply(firstSeed + index));
      } catch (RuntimeException | Error e) {
        fail(e);
      }
      run = claimed.getAndIncrement();
    }
    leave();
  }

  private synchronized void finish(int job, int index, R result) {
    Row row = rows.get(job);
    if (row != null) {
      row.results.set(index, result);
      row.missing--;
      done.incrementAndGet();
      notifyAll();
    }
  }

  private synchronized void fail(Throwable reason) {
    failure = reason;
    isStopped = true;
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }
}
