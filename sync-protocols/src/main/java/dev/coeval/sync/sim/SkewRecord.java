package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import java.util.function.LongSupplier;

/**
 * What a {@link SkewProbe} found out about one node's clock.
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class SkewRecord {
  private final Simulation simulation;
  private final SimulatedNode node;
  private final SkewSeries series;
  private DisciplinedClock clock;
  private LongSupplier claimed;
  private ClockModel seen;
  private long readings;
  private long violations;
  private double sumOfSquares;
  private double sumOfWidths;
  private long characterisedViolations;
  private double sumOfCharacterisedWidths;
  private long maxErrorNanos;

  SkewRecord(
      Simulation simulation, SimulatedNode node, DisciplinedClock clock, LongSupplier claimed) {
    this.simulation = simulation;
    this.node = node;
    this.clock = clock;
    this.claimed = claimed;
    this.seen = clock.get();
    this.series = new SkewSeries();
  }

  /**
   * The node.
   *
   * @return its address
   */
  public PeerId id() {
    return node.id();
  }

  /**
   * How many readings claimed a bound.
   *
   * @return at least 0
   */
  public long readings() {
    return readings;
  }

  /**
   * How many of them did not hold the truth.
   *
   * @return at least 0
   */
  public long violations() {
    return violations;
  }

  /**
   * The largest error of a reading that claimed a bound.
   *
   * @return nanoseconds, at least 0
   */
  public long maxErrorNanos() {
    return maxErrorNanos;
  }

  /**
   * The root of the mean square error of the readings that claimed a bound.
   *
   * @return nanoseconds; 0 if there is none
   */
  public double rmsErrorNanos() {
    return readings == 0 ? 0 : Math.sqrt(sumOfSquares / readings);
  }

  /**
   * The mean width of the claimed intervals, latest minus earliest.
   *
   * @return nanoseconds; 0 if there is none
   */
  public double meanWidthNanos() {
    return readings == 0 ? 0 : sumOfWidths / readings;
  }

  /**
   * How many readings' characterised intervals did not hold the truth: those that rest on what was
   * learned of the oscillator, and are only as likely as they say.
   *
   * @return at least 0
   */
  public long characterisedViolations() {
    return characterisedViolations;
  }

  /**
   * The mean width of the characterised intervals.
   *
   * @return nanoseconds; 0 if there is none
   */
  public double meanCharacterisedWidthNanos() {
    return readings == 0 ? 0 : sumOfCharacterisedWidths / readings;
  }

  /**
   * The samples at whole true seconds.
   *
   * @return a view that grows with the simulation
   */
  public SkewSeries series() {
    return series;
  }

  SimulatedNode node() {
    return node;
  }

  ClockModel model() {
    seen = clock.get();
    return seen;
  }

  boolean hasChanged() {
    return clock.get() != seen;
  }

  boolean isReadable() {
    return node.isRunning() && !node.isSuspended();
  }

  void replace(DisciplinedClock other, LongSupplier otherClaimed) {
    clock = other;
    claimed = otherClaimed;
    seen = other.get();
  }

  /**
   * What the clock's interval should hold; that is the probe's truth, already asked, or another.
   */
  long inClaim(LongSupplier probesTruth, long truthNanos) {
    return claimed == probesTruth ? truthNanos : claimed.getAsLong();
  }

  long timeNanos() {
    return clock.get().epochNanosAt(node.tickNanos());
  }

  /** By how much the disciplined clock runs fast now, its oscillator and all steering included. */
  double rateError() {
    ClockModel model = clock.get();
    double steered = model.frequency() + model.slewAt(node.tickNanos());
    return node.frequency() + steered + node.frequency() * steered;
  }

  void add(long errorNanos, long widthNanos, boolean holds) {
    readings++;
    violations += holds ? 0 : 1;
    sumOfSquares += (double) errorNanos * errorNanos;
    sumOfWidths += widthNanos;
    maxErrorNanos = Math.max(maxErrorNanos, Math.abs(errorNanos));
  }

  void addCharacterised(long widthNanos, boolean holds) {
    characterisedViolations += holds ? 0 : 1;
    sumOfCharacterisedWidths += widthNanos;
  }

  void sample(LongSupplier probesTruth, long truthNanos, double truthRate) {
    series.beginAt(simulation.elapsed().toSeconds());
    if (!isReadable()) {
      series.addGap();
      return;
    }
    ClockModel model = clock.get();
    long tick = node.tickNanos();
    BoundedInstant bounds = model.boundsAt(tick);
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (bounds.isBounded()) {
      long inClaim = inClaim(probesTruth, truthNanos);
      low = (double) (bounds.earliestEpochNanos() - inClaim);
      high = (double) (bounds.latestEpochNanos() - inClaim);
    }
    double error = (double) (model.epochNanosAt(tick) - truthNanos);
    series.add(error, rateError() - truthRate, low, high);
  }
}
