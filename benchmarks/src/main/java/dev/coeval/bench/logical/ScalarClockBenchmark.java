package dev.coeval.bench.logical;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An event and a received message, for the clocks whose stamp is one number.
 *
 * <p>The lesson: a Lamport clock costs an atomic increment, a hybrid clock a read of the wall clock
 * and a compare-and-set. The baselines are just these.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar ScalarClockBenchmark}; with {@code -t
 * 2} two threads share the clocks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScalarClockBenchmark {
  private final AtomicLong counter = new AtomicLong();
  private final InstantSource wall = baselineWall();
  private final LamportClock lamport = LamportClock.of("node");
  private final LamportTimestamp lamportStamp = LamportClock.of("peer").tick();
  private final HybridLogicalClock hybrid =
      HybridLogicalClock.of(wall, HybridLogicalClock.DEFAULT_MAX_OFFSET);
  private final HybridTimestamp hybridStamp = HybridTimestamp.of(1, 0);

  /** For JMH. */
  public ScalarClockBenchmark() {}

  /** What a Lamport clock is made of. */
  @Benchmark
  public long baselineAtomicIncrement() {
    return counter.incrementAndGet();
  }

  /** What a hybrid clock reads. */
  @Benchmark
  public long baselineWallMillis() {
    return wall.millis();
  }

  /** A local event. */
  @Benchmark
  public LamportTimestamp lamportTick() {
    return lamport.tick();
  }

  /** A message whose stamp is in the past. */
  @Benchmark
  public LamportTimestamp lamportReceive() {
    return lamport.receive(lamportStamp);
  }

  /** A local event. */
  @Benchmark
  public HybridTimestamp hybridTick() {
    return hybrid.tick();
  }

  /** A message whose stamp is in the past. */
  @Benchmark
  public HybridTimestamp hybridReceive() {
    return hybrid.receive(hybridStamp);
  }

  /** What the hybrid clock has to be measured on: nothing of ours between it and the system. */
  private static InstantSource baselineWall() {
    return InstantSource.system();
  }
}
