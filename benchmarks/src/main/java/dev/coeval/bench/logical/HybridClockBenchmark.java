package dev.coeval.bench.logical;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
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
 * An event and a received message on a hybrid logical clock.
 *
 * <p>The lesson: it costs a read of the wall clock, which is the baseline, and a compare-and-set.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar HybridClockBenchmark}; with {@code -t
 * 2} two threads share the clock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HybridClockBenchmark {
  private final InstantSource wall = baselineWall();
  private final HybridLogicalClock clock =
      HybridLogicalClock.of(wall, HybridLogicalClock.DEFAULT_MAX_OFFSET);
  private final HybridTimestamp past = HybridTimestamp.of(1, 0);

  /** For JMH. */
  public HybridClockBenchmark() {}

  /** What the clock reads. */
  @Benchmark
  public long baselineWallMillis() {
    return wall.millis();
  }

  /** A local event. */
  @Benchmark
  public HybridTimestamp tick() {
    return clock.tick();
  }

  /** A message whose stamp is in the past. */
  @Benchmark
  public HybridTimestamp receive() {
    return clock.receive(past);
  }

  /** What the clock has to be measured on: nothing of ours between it and the system. */
  private static InstantSource baselineWall() {
    return InstantSource.system();
  }
}
