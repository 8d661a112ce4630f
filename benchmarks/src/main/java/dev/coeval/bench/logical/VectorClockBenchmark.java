package dev.coeval.bench.logical;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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
 * An event, a merge and a comparison of vector timestamps over {@code n} actors, each ahead in half
 * of them.
 *
 * <p>The lesson: with the actors in sorted arrays, a merge is one walk over both. The baselines are
 * the bare {@code long[]} without names, which is as good as it gets, and the sorted map that one
 * would write first.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar VectorClockBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VectorClockBenchmark {

  /** The number of actors. */
  @Param({"3", "16", "128", "1024"})
  public int n;

  private VectorTimestamp left = VectorTimestamp.empty();
  private VectorTimestamp right = VectorTimestamp.empty();
  private VectorTimestamp later = VectorTimestamp.empty();
  private long[] bareLeft = {};
  private long[] bareRight = {};
  private TreeMap<String, Long> mapLeft = new TreeMap<>();
  private TreeMap<String, Long> mapRight = new TreeMap<>();

  /** For JMH. */
  public VectorClockBenchmark() {}

  /** Two concurrent stamps, and one after the left. */
  @Setup
  public void fill() {
    Map<String, Long> one = new HashMap<>();
    Map<String, Long> two = new HashMap<>();
    bareLeft = new long[n];
    bareRight = new long[n];
    for (int i = 0; i < n; i++) {
      bareLeft[i] = 10L + i % 2;
      bareRight[i] = 11L - i % 2;
      one.put("actor-" + i, bareLeft[i]);
      two.put("actor-" + i, bareRight[i]);
    }
    left = VectorTimestamp.of(one);
    right = VectorTimestamp.of(two);
    later = left.increment("actor-0");
    mapLeft = new TreeMap<>(one);
    mapRight = new TreeMap<>(two);
  }

  /** The floor: no names, no object around. */
  @Benchmark
  public long[] baselineBareMerge() {
    long[] merged = new long[n];
    for (int i = 0; i < n; i++) {
      merged[i] = Math.max(bareLeft[i], bareRight[i]);
    }
    return merged;
  }

  /** What one would write first. */
  @Benchmark
  public Map<String, Long> baselineMapMerge() {
    Map<String, Long> merged = new TreeMap<>(mapLeft);
    mapRight.forEach((actor, count) -> merged.merge(actor, count, Math::max));
    return merged;
  }

  /** A local event. */
  @Benchmark
  public VectorTimestamp increment() {
    return left.increment("actor-0");
  }

  /** The least upper bound of two concurrent stamps. */
  @Benchmark
  public VectorTimestamp merge() {
    return left.merge(right);
  }

  /** Concurrent stamps: decided early. */
  @Benchmark
  public CausalOrder compareConcurrent() {
    return left.relationTo(right);
  }

  /** Ordered stamps: every entry has to be looked at. */
  @Benchmark
  public CausalOrder compareOrdered() {
    return left.relationTo(later);
  }
}
