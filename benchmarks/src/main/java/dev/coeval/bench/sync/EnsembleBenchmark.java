package dev.coeval.bench.sync;

import dev.coeval.sync.discipline.Ensemble;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.OffsetBounds;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * From an exchange with one of several servers to the estimate: filters, lines, selection across
 * the sources, and their combination.
 *
 * <p>The lesson: what is exact over a window costs microseconds an exchange, times nothing where
 * there is an exchange a second, and a good part of a simulation's time. {@code baselineBounds} is
 * Cristian's (1989) bound of the one exchange, which needs no memory at all; {@code
 * EstimatorBenchmark} has the parts.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar EnsembleBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EnsembleBenchmark {

  /** How many servers are asked in turn. */
  @Param({"1", "3", "7"})
  public int servers;

  private Exchanges exchanges;
  private Ensemble ensemble;

  /** For JMH. */
  public EnsembleBenchmark() {}

  /** An ensemble whose windows are full. */
  @Setup
  public void fill() {
    List<PeerId> peers = IntStream.range(0, servers).mapToObj(PeerId::simulated).toList();
    exchanges = new Exchanges(peers);
    ensemble = new Ensemble(EnsembleConfig.defaults(peers));
    for (int i = 0; i < servers * EnsembleConfig.DEFAULT_SAMPLES; i++) {
      ensemble.add(exchanges.next());
    }
    if (add().estimate().isEmpty()) {
      throw new IllegalStateException("no estimate: " + ensemble.status());
    }
  }

  /** The floor: what one exchange says by itself. */
  @Benchmark
  public OffsetBounds baselineBounds() {
    return exchanges.next().bounds(0, EnsembleConfig.Local.DEFAULT.driftBoundPpb());
  }

  /** An exchange to the estimate. */
  @Benchmark
  public Ensemble.Outcome add() {
    return ensemble.add(exchanges.next());
  }
}
