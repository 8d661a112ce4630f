package dev.coeval.bench.logical;

import dev.coeval.logical.treeclock.TreeClock;
import dev.coeval.logical.vector.MutableVector;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A critical section in a trace of {@code n} threads: a thread acquires a lock and releases it.
 *
 * <p>The lesson: a tree clock pays where threads mostly meet whom they met before. The traces:
 *
 * <ul>
 *   <li>{@code pairs}: threads 2k and 2k + 1 share a lock, and meet nobody else;
 *   <li>{@code ring}: a thread shares one lock with each of two neighbours, so all news goes round;
 *   <li>{@code groups}: eight threads share four locks; one in a thousand goes to a lock of all;
 *   <li>{@code random}: any thread takes any of n locks: the worst case, in which most counts
 *       change every time.
 * </ul>
 *
 * The baseline is a bare {@code long[]} for each thread and lock, written in place: the fastest
 * vector clock there can be.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar TreeClockBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreeClockBenchmark {

  private static final int STEPS = 1 << 16;
  private static final int GROUP = 8;
  private static final int LOCKS_OF_GROUP = 4;
  private static final int STEPS_PER_MIX = 1_000;

  /** The number of threads. */
  @Param({"16", "128", "1024"})
  public int n;

  /** Who takes which lock. */
  @Param({"pairs", "ring", "groups", "random"})
  public String trace;

  private final int[] threads = new int[STEPS];
  private final int[] locks = new int[STEPS];
  private TreeClock[] trees = {};
  private TreeClock[] lockTrees = {};
  private long[][] vectors = {};
  private long[][] lockVectors = {};
  private VectorTimestamp[] stamps = {};
  private VectorTimestamp[] lockStamps = {};
  private MutableVector[] mutables = {};
  private VectorTimestamp[] mutableLocks = {};
  private String[] names = {};
  private int step;

  /** For JMH. */
  public TreeClockBenchmark() {}

  /** Makes the trace and the clocks. */
  @Setup
  public void begin() {
    trees = new TreeClock[n];
    lockTrees = new TreeClock[n + 1];
    vectors = new long[n][n];
    lockVectors = new long[n + 1][n];
    stamps = new VectorTimestamp[n];
    lockStamps = new VectorTimestamp[n + 1];
    mutables = new MutableVector[n];
    mutableLocks = new VectorTimestamp[n + 1];
    names = new String[n];
    for (int i = 0; i <= n; i++) {
      lockTrees[i] = TreeClock.blank(n);
      lockStamps[i] = VectorTimestamp.empty();
      mutableLocks[i] = VectorTimestamp.empty();
    }
    for (int i = 0; i < n; i++) {
      trees[i] = TreeClock.of(i, n);
      stamps[i] = VectorTimestamp.empty();
      names[i] = "thread-" + i;
      mutables[i] = MutableVector.of(names[i]);
    }
    Random random = new Random(n);
    for (int i = 0; i < STEPS; i++) {
      threads[i] = random.nextInt(n);
      locks[i] = lockOf(threads[i], random);
    }
  }

  private int lockOf(int thread, Random random) {
    return switch (trace) {
      case "pairs" -> thread / 2;
      case "ring" -> (thread + random.nextInt(2)) % n;
      case "groups" ->
          random.nextInt(STEPS_PER_MIX) == 0
              ? n
              : Math.min(n, thread / GROUP * GROUP + random.nextInt(LOCKS_OF_GROUP));
      case "random" -> random.nextInt(n);
      default -> throw new IllegalArgumentException(trace);
    };
  }

  private int next() {
    step = (step + 1) % STEPS;
    return step;
  }

  /** A vector clock in place, without names, and without branches. */
  @Benchmark
  public long baselineBareVector() {
    int at = next();
    int thread = threads[at];
    long[] clock = vectors[thread];
    long[] lock = lockVectors[locks[at]];
    for (int i = 0; i < clock.length; i++) {
      long lead = clock[i] - lock[i];
      clock[i] -= lead & lead >> (Long.SIZE - 1);
    }
    System.arraycopy(clock, 0, lock, 0, clock.length);
    return clock[thread]++;
  }

  /** Our vector clock, whose stamps are immutable: the lock just takes the thread's. */
  @Benchmark
  public VectorTimestamp vectorTimestamp() {
    int at = next();
    int thread = threads[at];
    VectorTimestamp clock = stamps[thread].merge(lockStamps[locks[at]]);
    lockStamps[locks[at]] = clock;
    stamps[thread] = clock.increment(names[thread]);
    return clock;
  }

  /** The mutable twin of our vector clock; a lock needs a snapshot of it. */
  @Benchmark
  public VectorTimestamp mutableVector() {
    int at = next();
    MutableVector clock = mutables[threads[at]];
    clock.receive(mutableLocks[locks[at]]);
    VectorTimestamp released = clock.snapshot();
    mutableLocks[locks[at]] = released;
    return released;
  }

  /** The tree clock. */
  @Benchmark
  public TreeClock treeClock() {
    int at = next();
    TreeClock clock = trees[threads[at]];
    TreeClock lock = lockTrees[locks[at]];
    clock.join(lock);
    lock.set(clock);
    clock.increment();
    return clock;
  }
}
