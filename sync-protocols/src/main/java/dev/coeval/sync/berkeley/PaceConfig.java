package dev.coeval.sync.berkeley;

import dev.coeval.time.ClockModel;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;

/**
 * How fast a clock of the group can go: the oscillator's own error, and what steering adds. The
 * bound on the group's mean stands on it; this package's description says how.
 *
 * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion;
 *     1 to 10,000,000
 * @param maxSteerPpb once settled, a clock is never steered to another rate than its oscillator's
 *     by more than this, in parts per billion; at least the drift bound, at most 50,000,000
 * @param slewNanos the time over which a correction is spread, in nanoseconds; 1 ms to 1 h. The
 *     node's clock must be made with {@link #steeringPolicy()}, which holds it to that
 */
public record PaceConfig(long driftBoundPpb, long maxSteerPpb, long slewNanos) {

  /** The rate of adjtime, and the most that NTP steers (RFC 5905 section 11.3): 500 ppm. */
  public static final long DEFAULT_MAX_STEER_PPB = 500_000L;

  private static final long MAX_DRIFT_PPB = 10_000_000L;
  private static final long MAX_STEER_PPB = 50_000_000L;
  private static final long STEP_THRESHOLD_MILLIS = 1;
  private static final double PPB = 1e-9;

  /**
   * Checks the ranges that the components state.
   *
   * @param driftBoundPpb as above
   * @param maxSteerPpb as above
   * @param slewNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public PaceConfig {
    if (driftBoundPpb < 1 || driftBoundPpb > MAX_DRIFT_PPB) {
      throw new IllegalArgumentException("driftBoundPpb is out of range: " + driftBoundPpb);
    }
    if (maxSteerPpb < driftBoundPpb || maxSteerPpb > MAX_STEER_PPB) {
      throw new IllegalArgumentException("maxSteerPpb is out of range: " + maxSteerPpb);
    }
    if (slewNanos < RoundConfig.MIN_INTERVAL_NANOS || slewNanos > RoundConfig.MAX_INTERVAL_NANOS) {
      throw new IllegalArgumentException("slewNanos is out of range: " + slewNanos);
    }
  }

  /**
   * A drift bound of 200 ppm, steering of at most 500 ppm, spread over half a second.
   *
   * @return the configuration
   */
  public static PaceConfig defaults() {
    return new PaceConfig(
        ClockModel.DEFAULT_DRIFT_BOUND_PPB,
        DEFAULT_MAX_STEER_PPB,
        Duration.ofMillis(500).toNanos());
  }

  /**
   * The drift bound to make the node's {@link dev.coeval.time.DisciplinedClock} with: by how much
   * the group's mean can run away from this node's oscillator. It is the oscillator's own drift
   * bound and the pace of a settled clock. With a smaller one the node claims no bound.
   *
   * @return parts per billion
   */
  public long clockDriftBoundPpb() {
    return driftBoundPpb + settledPacePpb();
  }

  /**
   * The steering policy to make the node's {@link dev.coeval.time.DisciplinedClock} with: a step at
   * the first correction only, if it is off by more than a millisecond; slews of at most a twelfth,
   * spread over {@code slewNanos}.
   *
   * @return the policy
   */
  public SteeringPolicy steeringPolicy() {
    return new SteeringPolicy(
        SteeringPolicy.DEFAULT_MAX_SLEW_PPB,
        slewNanos,
        StepPolicy.atStart(Duration.ofMillis(STEP_THRESHOLD_MILLIS)));
  }

  /**
   * By how much the rate of a settled clock can differ from true time's.
   *
   * @return parts per billion
   */
  public long settledPacePpb() {
    return pacePpb(maxSteerPpb);
  }

  /** The same for a clock that is still being set, or was found faulty. */
  long freePacePpb() {
    return pacePpb(SteeringPolicy.DEFAULT_MAX_SLEW_PPB + maxSteerPpb);
  }

  /** Leaves a part of the steering for slews. Two oscillators are at most twice the bound apart. */
  double maxFrequency() {
    return Math.min(2.0 * driftBoundPpb, 0.8 * maxSteerPpb) * PPB;
  }

  /** Both factors together: (1 + drift)(1 + steer) - 1. */
  private long pacePpb(long steerPpb) {
    return driftBoundPpb + steerPpb + (long) Math.ceil(driftBoundPpb * PPB * steerPpb);
  }
}
