package dev.coeval.bench.skew;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The secondary results of a skew benchmark, all of its clocks together. Errors are those of the
 * clock's point estimate, sampled at equal intervals once the clocks had time to settle.
 *
 * <p>Not thread-safe: a benchmark's one thread fills it.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class SkewCounters {

  /** The root mean square error, in nanoseconds. */
  public double rmsErrorNanos;

  /** The median of the error's magnitude, in nanoseconds. */
  public long p50ErrorNanos;

  /** What the error's magnitude stayed below in 99 of 100 samples, in nanoseconds. */
  public long p99ErrorNanos;

  /** The largest magnitude of the error, in nanoseconds. */
  public long maxErrorNanos;

  /** The mean width of the claimed interval, latest minus earliest, in nanoseconds. */
  public double meanWidthNanos;

  /** How many samples of the error there are. */
  public long samples;

  /** How many readings claimed a bound. */
  public long readings;

  /** How many of them did not hold the truth. */
  public long violations;

  /** For JMH. */
  public SkewCounters() {}

  void take(ErrorStatistics errors) {
    rmsErrorNanos = errors.rmsNanos();
    p50ErrorNanos = errors.percentileNanos(50);
    p99ErrorNanos = errors.percentileNanos(99);
    maxErrorNanos = errors.maxNanos();
    samples = errors.samples();
  }

  void take(long claims, long falseClaims, double meanClaimNanos) {
    readings = claims;
    violations = falseClaims;
    meanWidthNanos = meanClaimNanos;
  }
}
