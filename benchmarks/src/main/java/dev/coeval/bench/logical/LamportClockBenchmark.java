package dev.coeval.bench.logical;

import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
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
 * An event and a received message on a Lamport clock.
 *
 * <p>The lesson: it costs an atomic increment, which is the baseline, and the stamp.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar LamportClockBenchmark}; with {@code -t
 * 2} two threads share the clock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LamportClockBenchmark {
  private final AtomicLong counter = new AtomicLong();
  private final LamportClock clock = LamportClock.of("node");
  private final LamportTimestamp past = LamportClock.of("peer").tick();

  /** For JMH. */
  public LamportClockBenchmark() {}

  /** What the clock is made of. */
  @Benchmark
  public long baselineAtomicIncrement() {
    return counter.incrementAndGet();
  }

  /** A local event. */
  @Benchmark
  public LamportTimestamp tick() {
    return clock.tick();
  }

  /** A message whose stamp is in the past. */
  @Benchmark
  public LamportTimestamp receive() {
    return clock.receive(past);
  }
}
