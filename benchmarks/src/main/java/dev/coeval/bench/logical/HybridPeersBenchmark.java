package dev.coeval.bench.logical;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.internal.hlc.HybridClockImpl;
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
 * Hybrid clocks side by side: ours and Ignite's, on the system's wall clock.
 *
 * <p>The lesson: both cost a read of the wall clock, which is the baseline, and a compare-and-set;
 * what comes on top is the stamp's object, if the compiler cannot do without, and other threads, in
 * {@link HybridPeersTwoThreadsBenchmark}.
 *
 * <p>A receipt is of a stamp in the past. Ignite's then looks at no wall clock at all, which is why
 * its stamps can fall behind it; ours always does.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar HybridPeers -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HybridPeersBenchmark {
  private static final long LONG_AGO = 1L << 16;

  private final InstantSource wall = baselineWall();
  private final HybridLogicalClock clock =
      HybridLogicalClock.of(wall, HybridLogicalClock.DEFAULT_MAX_OFFSET);
  private final HybridTimestamp past = HybridTimestamp.ofPacked(LONG_AGO);
  private final HybridClockImpl ignite = new HybridClockImpl();
  private final org.apache.ignite.internal.hlc.HybridTimestamp ignitePast =
      org.apache.ignite.internal.hlc.HybridTimestamp.hybridTimestamp(LONG_AGO);

  /** For JMH. */
  public HybridPeersBenchmark() {}

  /** What both clocks read. */
  @Benchmark
  public long baselineWallMillis() {
    return wall.millis();
  }

  /** A local event of ours. */
  @Benchmark
  public HybridTimestamp nowCoeval() {
    return clock.tick();
  }

  /** A local event of Ignite's. */
  @Benchmark
  public org.apache.ignite.internal.hlc.HybridTimestamp nowIgnite() {
    return ignite.now();
  }

  /** A receipt of ours. */
  @Benchmark
  public HybridTimestamp receiveCoeval() {
    return clock.receive(past);
  }

  /** A receipt of Ignite's. */
  @Benchmark
  public org.apache.ignite.internal.hlc.HybridTimestamp receiveIgnite() {
    return ignite.update(ignitePast);
  }

  /** What the clock has to be measured on: nothing of ours between it and the system. */
  private static InstantSource baselineWall() {
    return InstantSource.system();
  }
}
