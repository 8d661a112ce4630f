package dev.coeval.bench.skew;

import dev.coeval.sync.scenario.NodeResult;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.ScenarioResult;
import dev.coeval.sync.scenario.ScenarioRun;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.SkewSeries;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * The error of the three protocols' clocks under one kind of trouble each, over many seeds: the
 * same on every machine.
 *
 * <p>The lesson: read {@code violations} first. It has to be 0, or the other numbers are the boast
 * of a liar. Then hold {@code rmsErrorNanos} against {@code baselineWall}, the same clocks left
 * alone, and {@code meanWidthNanos} against {@code maxErrorNanos}: the price of being certain. In
 * {@code asymmetric} nobody can be better than half the difference of the two ways. The scenarios
 * named {@code standard} are the default of chrony's published simulations. Errors are sampled at
 * whole seconds after the scenario's time to settle; readings are taken at every event. A Berkeley
 * group is held against its own mean.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar SimulatedSkewBenchmark}; with {@code -p
 * scenario=ntp-chaos -p seeds=1000} another one. Keep to one iteration and one fork: JMH would add
 * the results up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class SimulatedSkewBenchmark {

  /** The scenarios, by name. */
  @Param({
    "cristian-standard",
    "ntp-standard",
    "cristian-lan",
    "ntp-lan",
    "berkeley-lan",
    "cristian-wan",
    "ntp-wan",
    "berkeley-wan",
    "cristian-asymmetric",
    "ntp-asymmetric",
    "berkeley-asymmetric",
    "cristian-heavy-tails",
    "ntp-heavy-tails",
    "berkeley-heavy-tails",
    "cristian-lossy",
    "ntp-lossy",
    "berkeley-lossy",
    "cristian-wander",
    "ntp-wander",
    "berkeley-wander",
    "cristian-temperature",
    "ntp-temperature",
    "berkeley-temperature",
    "cristian-liar",
    "ntp-liar",
    "berkeley-liar",
    "cristian-partition",
    "ntp-partition",
    "berkeley-partition"
  })
  public String scenario;

  /** How many runs, of the seeds from 1 on, are pooled. */
  @Param("100")
  public int seeds;

  /** For JMH. */
  public SimulatedSkewBenchmark() {}

  /** What is said of the runs one by one. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Runs {

    /** The standard deviation, over the seeds, of a run's root mean square error. */
    public double rmsDeviationNanos;

    /** The mean time after which all clocks kept the scenario's limits, in seconds. */
    public double meanSyncSeconds;

    /** The longest such time, in seconds. */
    public double maxSyncSeconds;

    /** For JMH. */
    public Runs() {}
  }

  /** The same oscillators' wall clocks, which nobody steers; they claim nothing. */
  @Benchmark
  public double baselineWall(SkewCounters counters) {
    ErrorStatistics errors = new ErrorStatistics();
    for (int seed = 1; seed <= seeds; seed++) {
      ScenarioRun run = named(scenario).start(seed);
      long settled = run.simulation().elapsed().plusSeconds(settleSeconds()).toSeconds();
      run.simulation().every(Duration.ofSeconds(1), () -> addWalls(run, settled, errors));
      run.toEnd();
    }
    counters.take(errors);
    return errors.rmsNanos();
  }

  /** The clocks as the protocol steers them. */
  @Benchmark
  public double synchronizedClocks(SkewCounters counters, Runs runs) {
    ErrorStatistics errors = new ErrorStatistics();
    SummaryStatistics rms = new SummaryStatistics();
    SummaryStatistics seconds = new SummaryStatistics();
    long readings = 0;
    long violations = 0;
    double widths = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      ScenarioResult result = named(scenario).run(seed);
      result.nodes().forEach(node -> addSettled(node, errors));
      rms.addValue(result.rmsErrorNanos());
      seconds.addValue((double) result.syncSeconds());
      readings += result.readings();
      violations += result.violations();
      widths += result.meanWidthNanos() * result.readings();
    }
    counters.take(errors);
    counters.take(readings, violations, widths / Math.max(1, readings));
    runs.rmsDeviationNanos = rms.getN() > 1 ? rms.getStandardDeviation() : 0;
    runs.meanSyncSeconds = seconds.getMean();
    runs.maxSyncSeconds = seconds.getMax();
    return errors.rmsNanos();
  }

  private long settleSeconds() {
    return named(scenario).situation().settleSeconds();
  }

  private void addSettled(NodeResult node, ErrorStatistics errors) {
    SkewSeries series = node.series();
    for (int i = 0; i < series.size(); i++) {
      double error = series.errorNanos(i);
      if (series.second(i) > settleSeconds() && !Double.isNaN(error)) {
        errors.add(error);
      }
    }
  }

  private static void addWalls(ScenarioRun run, long settledSeconds, ErrorStatistics errors) {
    if (run.simulation().elapsed().toSeconds() > settledSeconds) {
      long truth = run.simulation().trueNanos();
      for (SimulatedNode node : run.followers()) {
        errors.add((double) (node.wallEpochNanos() - truth));
      }
    }
  }

  private static Scenario named(String name) {
    return Scenario.named(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name));
  }
}
