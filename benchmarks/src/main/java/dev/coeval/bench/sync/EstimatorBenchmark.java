package dev.coeval.bench.sync;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An exchange more: what each estimator makes of it costs.
 *
 * <p>The lesson: hold {@code update} against {@code baselineOffset}, which takes the same exchange
 * and computes the offset and the round trip that every estimator begins with. With {@code -prof
 * gc} an update allocates nothing. All of it is nothing beside the microseconds of a system call;
 * it counts in simulations, and on servers that follow many.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar EstimatorBenchmark -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class EstimatorBenchmark {
  private static final int MADE = 1 << 14;

  /** Which one. */
  @Param({
    "adaptive",
    "kalman",
    "regression",
    "weighted",
    "ols",
    "minima",
    "min-rtt",
    "max-margin",
    "pi"
  })
  public String estimator;

  private final Measurement[] exchanges = new Measurement[MADE];
  private final OffsetBounds[] bounds = new OffsetBounds[MADE];
  private Estimator updated;
  private int next;

  /** For JMH. */
  public EstimatorBenchmark() {}

  /** Makes the exchanges beforehand, so that what is measured makes none. */
  @Setup
  public void make() {
    Exchanges made = new Exchanges(List.of(PeerId.simulated(1)));
    DirectionalMinima minima =
        new DirectionalMinima(
            EnsembleConfig.DEFAULT_SAMPLES, 0, ClockModel.DEFAULT_DRIFT_BOUND_PPB);
    for (int i = 0; i < MADE; i++) {
      exchanges[i] = made.next();
      minima.add(exchanges[i]);
      bounds[i] = minima.boundsAt(exchanges[i].receivedTickNanos());
    }
    updated =
        Disciplines.named(estimator)
            .orElseThrow(() -> new IllegalArgumentException(estimator))
            .ofSource()
            .get();
  }

  /** The same exchange, and what everybody needs of it. */
  @Benchmark
  public long baselineOffset() {
    int i = advance();
    return exchanges[i].offsetNanos() + exchanges[i].delayNanos() + bounds[i].lowNanos();
  }

  /** An exchange, and the offset at its end. */
  @Benchmark
  public long update() {
    int i = advance();
    updated.add(exchanges[i], bounds[i]);
    return updated.isKnown() ? updated.offsetNanosAt(exchanges[i].receivedTickNanos()) : 0;
  }

  /** Time cannot begin anew but for an estimator that does, once in 16,384 exchanges. */
  private int advance() {
    next = next + 1 & MADE - 1;
    if (next == 0) {
      updated.reset();
    }
    return next;
  }
}
