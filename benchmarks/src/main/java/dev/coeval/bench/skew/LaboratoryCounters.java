package dev.coeval.bench.skew;

import dev.coeval.sync.scenario.file.ClockAccuracy;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The secondary results of the laboratory's scenarios: means over seeds and clocks, unless it is
 * said otherwise.
 *
 * <p>Not thread-safe: a benchmark's one thread fills it.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class LaboratoryCounters {
  private static final double NANOS = 1e9;

  /** The root mean square error, in nanoseconds. */
  public double rmsErrorNanos;

  /** The median of the error's magnitude, in nanoseconds. */
  public double p50ErrorNanos;

  /** What the error's magnitude stayed below in 99 of 100 samples, in nanoseconds. */
  public double p99ErrorNanos;

  /** The largest magnitude of the error in any run, in nanoseconds. */
  public double maxErrorNanos;

  /** The mean width of the guaranteed interval, in nanoseconds. */
  public double meanWidthNanos;

  /** The mean width of the characterised interval, in nanoseconds. */
  public double meanCharacterisedWidthNanos;

  /** How many intervals were claimed, in all. */
  public long readings;

  /** How many guaranteed ones did not hold the truth, in all. */
  public long violations;

  /** The share of characterised ones that held the truth, in percent. */
  public double characterisedPercent;

  /** Datagrams sent. */
  public double messagesAnHour;

  /** When all clocks kept the scenario's limits, in seconds. */
  public double meanSyncSeconds;

  /** For JMH. */
  public LaboratoryCounters() {}

  void take(List<ClockAccuracy> clocks) {
    rmsErrorNanos = NANOS * mean(clocks, clock -> clock.errors().rms());
    p50ErrorNanos = NANOS * mean(clocks, clock -> clock.errors().median());
    p99ErrorNanos = NANOS * mean(clocks, clock -> clock.errors().p99());
    maxErrorNanos =
        NANOS * clocks.stream().mapToDouble(clock -> clock.errors().max()).max().orElse(0);
    meanWidthNanos = NANOS * mean(clocks, clock -> clock.bounds().guaranteed().meanWidth());
    meanCharacterisedWidthNanos =
        NANOS * mean(clocks, clock -> clock.bounds().characterised().meanWidth());
    readings = clocks.stream().mapToLong(clock -> clock.bounds().guaranteed().readings()).sum();
    violations = clocks.stream().mapToLong(clock -> clock.bounds().guaranteed().violations()).sum();
    characterisedPercent = 100 * mean(clocks, clock -> clock.bounds().characterised().coverage());
    messagesAnHour = mean(clocks, ClockAccuracy::messagesPerHour);
    meanSyncSeconds = mean(clocks, clock -> (double) clock.syncSeconds());
  }

  private static double mean(List<ClockAccuracy> clocks, ToDoubleFunction<ClockAccuracy> figure) {
    return clocks.stream().mapToDouble(figure).average().orElse(0);
  }
}
