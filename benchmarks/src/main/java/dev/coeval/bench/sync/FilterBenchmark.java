package dev.coeval.bench.sync;

import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What stands before an estimator, one source: what it costs at an exchange.
 *
 * <p>The lesson: hold each against {@code baselineOffset}, the arithmetic of RFC 5905 section 8 on
 * the four stamps, which is in all of them. Every window is full.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar FilterBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
  private static final long PRECISION_NANOS = 20;

  private final Exchanges exchanges = new Exchanges(List.of(PeerId.simulated(1)));
  private final DirectionalMinima minima =
      new DirectionalMinima(EnsembleConfig.DEFAULT_SAMPLES, 0, ClockModel.DEFAULT_DRIFT_BOUND_PPB);
  private final ClockFilter clockFilter = new ClockFilter(PRECISION_NANOS);

  /** For JMH. */
  public FilterBenchmark() {}

  /** Fills the windows. */
  @Setup
  public void fill() {
    for (int i = 0; i < EnsembleConfig.DEFAULT_SAMPLES; i++) {
      directionalMinima();
      clockFilter();
    }
  }

  /** Four stamps and the offset they mean. */
  @Benchmark
  public long baselineOffset() {
    return exchanges.next().offsetNanos();
  }

  /** The certain bounds: each direction's minimum over the window. */
  @Benchmark
  public OffsetBounds directionalMinima() {
    Measurement exchange = exchanges.next();
    minima.add(exchange);
    return minima.boundsAt(exchange.receivedTickNanos());
  }

  /** The eight stages of RFC 5905 section 10. */
  @Benchmark
  public Optional<ClockFilter.Filtered> clockFilter() {
    return clockFilter.add(exchanges.next(), 0);
  }
}
