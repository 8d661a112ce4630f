package dev.coeval.sync.ntp;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.time.ClockEstimate;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges of one source are used, as {@link Gates} asks.
 *
 * <p>What the round trips are held against are those of the last {@link #HELD} exchanges, used or
 * not: a network that has become slower is the usual one after so many.
 */
final class SampleGates {

  /** Of this many round trips a share of a tenth is known well enough. */
  static final int HELD = 128;

  /** Before so many samples have passed, their scatter is not known. */
  private static final int MIN_SCATTER = 4;

  private static final double SCATTER_WEIGHT = 0.125;

  private final Gates gates;
  private final long[] delays = new long[HELD];
  private int held;
  private int next;
  private int passed;
  private double variance;

  SampleGates(Gates gates) {
    this.gates = gates;
  }

  /** Forgets all round trips. */
  void clear() {
    held = 0;
    next = 0;
    passed = 0;
    variance = 0;
  }

  /** Why a server of this stratum is not used; null if it is. */
  @Nullable Rejection judgeStratum(int stratum) {
    return stratum < gates.minStratum() || stratum > gates.maxStratum() ? Rejection.STRATUM : null;
  }

  /**
   * Why an exchange is not used; null if it is.
   *
   * @param standing what is believed so far
   */
  @Nullable Rejection judge(Measurement measurement, @Nullable ClockEstimate standing) {
    long delay = Math.max(0, measurement.delayNanos());
    hold(delay);
    Gates.DelayGate gate = gates.delay();
    if (delay > gate.maxNanos()) {
      return Rejection.ROUND_TRIP_TOO_LONG;
    }
    long shortest = shortest();
    if (delay > gate.maxRatio() * Math.max(1, shortest)) {
      return Rejection.DELAY_RATIO;
    }
    if (rank(delay) >= Math.ceil(gate.quantile() * held)) {
      return Rejection.DELAY_QUANTILE;
    }
    double residual = standing == null ? 0 : residual(measurement, standing);
    if (passed >= MIN_SCATTER && isDeviant((delay - shortest) / 2.0, residual)) {
      return Rejection.DELAY_DEVIATION;
    }
    if (standing != null) {
      passed++;
      double weight = Math.max(SCATTER_WEIGHT, 1.0 / passed);
      variance += weight * (residual * residual - variance);
    }
    return null;
  }

  /**
   * The exchange as it would have been, had the way that is known to take all of what is beyond the
   * shortest round trip not taken it.
   */
  Measurement straighten(Measurement measurement) {
    Gates.KnownPath path = gates.path();
    long beyond = measurement.delayNanos() - path.minRoundTripNanos();
    long known = Math.round(2 * Math.abs(path.asymmetry()) * Math.max(0, beyond));
    if (known == 0) {
      return measurement;
    }
    boolean isBack = path.asymmetry() > 0;
    return new Measurement(
        measurement.peer(),
        measurement.sentTickNanos(),
        measurement.peerReceivedEpochNanos() - (isBack ? 0 : known),
        measurement.peerSentEpochNanos() + (isBack ? known : 0),
        measurement.receivedTickNanos(),
        measurement.root());
  }

  /** A longer round trip, whose offset is not so far off that something else must have changed. */
  private boolean isDeviant(double beyond, double residual) {
    double allowed = gates.delay().maxDeviations() * Math.sqrt(variance);
    return beyond > allowed && Math.abs(residual) <= beyond + allowed;
  }

  private static double residual(Measurement measurement, ClockEstimate standing) {
    long age = measurement.receivedTickNanos() - standing.tickNanos();
    double expected =
        (double) (standing.epochNanos() - standing.tickNanos()) + age * standing.frequency();
    return measurement.offsetNanos() - expected;
  }

  private void hold(long delay) {
    delays[next] = delay;
    next = (next + 1) % HELD;
    held = Math.min(HELD, held + 1);
  }

  private long shortest() {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < held; i++) {
      shortest = Math.min(shortest, delays[i]);
    }
    return shortest;
  }

  private int rank(long delay) {
    int shorter = 0;
    for (int i = 0; i < held; i++) {
      shorter += delays[i] < delay ? 1 : 0;
    }
    return shorter;
  }
}
