package dev.coeval.bench.skew;

import dev.coeval.sync.scenario.file.ClockAccuracy;
import dev.coeval.sync.scenario.file.ScenarioFile;
import dev.coeval.sync.scenario.file.ScenarioSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The error of a clock in one of the shipped scenarios, as one estimator or another steers it: the
 * same on every machine.
 *
 * <p>The lesson: hold {@code clock} against {@code baselineMinimumRoundTrip}, the same clock after
 * the oldest advice there is, to believe the quickest exchange. {@code violations} have to be 0.
 * {@code SkewReport} runs all scenarios and all estimators and writes down what came of it.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar LaboratoryBenchmark -p
 * scenario=chrony-test-2/100us -p estimator=adaptive -p seeds=20}. Keep to one iteration and one
 * fork: JMH would add the results up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class LaboratoryBenchmark {
  private static final String BASELINE = "min-rtt";

  /** File and variant, as {@code coeval simulate --list} names them. */
  @Param({
    "chrony-test-1/100us",
    "chrony-test-2/10us",
    "chrony-test-2/100us",
    "chrony-test-2/1ms",
    "chrony-test-2/10ms",
    "chrony-test-3/100us"
  })
  public String scenario;

  /** By name. */
  @Param({"adaptive", "kalman", "regression", "minima", "pi"})
  public String estimator;

  /** The first seed. */
  @Param("1")
  public long seed;

  /** How many seeds are run. */
  @Param("10")
  public int seeds;

  /** How long a run is, in seconds; 0 for as long as the scenario says. */
  @Param("0")
  public int length;

  /** For JMH. */
  public LaboratoryBenchmark() {}

  /** The quickest exchange of a few. */
  @Benchmark
  public double baselineMinimumRoundTrip(LaboratoryCounters counters) {
    return run(BASELINE, counters);
  }

  /** The clock, steered by the estimator. */
  @Benchmark
  public double clock(LaboratoryCounters counters) {
    return run(estimator, counters);
  }

  private double run(String name, LaboratoryCounters counters) {
    ScenarioSpec spec = named(scenario).withEstimator(name);
    ScenarioSpec run = length > 0 ? spec.withSeconds(length) : spec;
    List<ClockAccuracy> clocks = new ArrayList<>();
    for (long each = seed; each < seed + seeds; each++) {
      clocks.addAll(run.run(each).clocks());
    }
    counters.take(clocks);
    return counters.rmsErrorNanos;
  }

  private static ScenarioSpec named(String name) {
    return ScenarioFile.shipped(name.replaceFirst("/.*", "")).stream()
        .flatMap(file -> file.variants().stream())
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name));
  }
}
