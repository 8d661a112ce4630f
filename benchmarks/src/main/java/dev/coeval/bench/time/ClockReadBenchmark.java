package dev.coeval.bench.time;

import dev.coeval.time.BoundedInstant;
import dev.coeval.time.BoundedInstantSource;
import dev.coeval.time.Characterised;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.LearnedDrift;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One read of a clock.
 *
 * <p>The lesson: a disciplined read is one read of the ticks, two volatile reads and some
 * arithmetic. Hold {@code point} and {@code interval} against {@code baselineNanoTime}, which they
 * contain, and {@code instant} against {@code baselineSystemInstant}, which it replaces.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar ClockReadBenchmark}; with {@code -t 2}
 * two threads read the same clock, and with {@code -prof gc} {@code point}, {@code earliest} and
 * {@code intervalPrimitive} allocate nothing, {@code characterisedPrimitive} one interval of 32 B.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClockReadBenchmark {
  private final ClockReader reader = ClockReader.system();
  private final DisciplinedClock clock =
      new DisciplinedClock(
          reader, ClockModel.DEFAULT_DRIFT_BOUND_PPB, SteeringPolicy.with(StepPolicy.never()));

  private final BoundedInstantSource guarded = clock.guarded();
  private final BoundedInstantSource characterised = clock.characterised();

  /** For JMH. */
  public ClockReadBenchmark() {}

  /** A synchronized clock, in the middle of a long slew: the dearest line there is. */
  @Setup
  public void synchronize() {
    ClockReading now = reader.readTightest(5);
    long time = now.wallEpochNanos() + TimeUnit.HOURS.toNanos(1);
    BoundedInstant bounds = BoundedInstant.around(time, 50_000);
    LearnedDrift drift = new LearnedDrift(20e-6, 1e-8, 1e-9, 3, 0.9973);
    clock.steer(
        new ClockEstimate(
            now.tickNanos(), time, 20e-6, 1_000, bounds, new Characterised(bounds, drift)));
  }

  /** The ticks of the operating system: in every other read. */
  @Benchmark
  public long baselineNanoTime() {
    return System.nanoTime();
  }

  /** What a program would call without us. */
  @Benchmark
  public Instant baselineSystemInstant() {
    return Clock.systemUTC().instant();
  }

  /** The time as a number. */
  @Benchmark
  public long point() {
    return clock.epochNanos();
  }

  /** The time as an object. */
  @Benchmark
  public Instant instant() {
    return clock.instant();
  }

  /** The interval that holds the true time, as an object. */
  @Benchmark
  public BoundedInstant interval() {
    return clock.now();
  }

  /** The same, taken apart at once: no allocation is left. */
  @Benchmark
  public long intervalWidth() {
    return clock.now().widthNanos();
  }

  /** Both its ends as numbers: the path that allocates nothing by its form. */
  @Benchmark
  public long intervalPrimitive() {
    return clock.read((earliest, latest) -> latest - earliest);
  }

  /** One end as a number. */
  @Benchmark
  public long earliest() {
    return clock.earliestEpochNanos();
  }

  /** The interval that likely holds the true time: a square root and an object more. */
  @Benchmark
  public long characterisedPrimitive() {
    return characterised.read((earliest, latest) -> latest - earliest);
  }

  /** The interval, after a look at whether the host slept. */
  @Benchmark
  public BoundedInstant guardedInterval() {
    return guarded.now();
  }

  /** Ticks and wall clock as a pair: what a guarded read has beside an interval. */
  @Benchmark
  public ClockReading pairedReading() {
    return reader.read();
  }
}
