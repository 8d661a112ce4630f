package dev.coeval.sync.estimate;

import dev.coeval.sync.measure.OffsetBounds;

/**
 * A line of offsets with its errors, and what is expected of its slope while there is none.
 *
 * <p>The whole nanoseconds of the offset are kept apart from its fraction, for a {@code double}
 * does not hold an offset since the Unix epoch.
 */
final class StandingLine {

  /** The largest frequency that is believed, in seconds a second: ordinary oscillators keep it. */
  static final double MAX_FREQUENCY = 500e-6;

  /** How sure the frequency 0 is of an oscillator of which nothing is known. */
  static final double UNKNOWN_FREQUENCY = 100e-6;

  /** What a frequency may have changed by while the offsets were lost. */
  static final double FORGOTTEN_FREQUENCY = 10e-6;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double SECOND = 1e-9;

  private boolean isKnown;
  private long tick;
  private long offset;
  private double fraction;
  private double slope;
  private double offsetVariance;
  private double covariance;
  private double slopeVariance = square(UNKNOWN_FREQUENCY * NANOS_PER_SECOND);
  private double wanderSquare;
  private double expectedSlope;
  private double expectedVariance = slopeVariance;

  /** Where the next line is anchored. */
  void anchor(long tickNanos, long offsetNanos) {
    tick = tickNanos;
    offset = offsetNanos;
    isKnown = true;
  }

  /** The line's values at the anchor: nanoseconds above its offset, nanoseconds a second. */
  void set(double above, double newSlope) {
    double fastest = MAX_FREQUENCY * NANOS_PER_SECOND;
    fraction = above;
    slope = Math.max(-fastest, Math.min(fastest, newSlope));
  }

  /** The line's errors at the anchor, of the offset there and of the slope. */
  void setErrors(double newOffsetVariance, double newCovariance, double newSlopeVariance) {
    offsetVariance = newOffsetVariance;
    covariance = newCovariance;
    slopeVariance = newSlopeVariance;
  }

  /** How fast the slope walks, squared, and what that has already made of this line. */
  void setWander(LearnedWander wander, double span) {
    wanderSquare = wander.square();
    offsetVariance += wander.offsetVariance(span);
    covariance += wander.covariance(span);
    slopeVariance += wander.slopeVariance(span);
  }

  /** From now on the slope is expected to be as it stands, give or take what it may change by. */
  void expectAsItStands() {
    expectedSlope = slope;
    expectedVariance = slopeVariance + square(FORGOTTEN_FREQUENCY * NANOS_PER_SECOND);
  }

  /** Forgets the line but not its slope. */
  void forget() {
    if (isKnown) {
      expectAsItStands();
      slopeVariance = expectedVariance;
    }
    isKnown = false;
  }

  /** Moves the line so that it keeps the bounds at their tick. */
  void hold(OffsetBounds bounds) {
    long there = offsetAt(bounds.tickNanos());
    offset += bounds.clamp(there) - there;
  }

  void shift(long nanos) {
    offset += nanos;
  }

  boolean isKnown() {
    return isKnown;
  }

  long offsetAt(long atTick) {
    requireKnown();
    return offset + Math.round(fraction + slope * ((atTick - tick) * SECOND));
  }

  double errorAt(long atTick) {
    requireKnown();
    double age = (atTick - tick) * SECOND;
    double later = Math.max(age, 0);
    double variance =
        offsetVariance
            + 2 * age * covariance
            + age * age * slopeVariance
            + wanderSquare * later * later * later / 3;
    return Math.sqrt(Math.max(variance, 0));
  }

  /** In nanoseconds a second. */
  double slope() {
    return slope;
  }

  /** In nanoseconds a second. */
  double slopeError() {
    return Math.sqrt(Math.max(slopeVariance, 0));
  }

  /** The variance of the offset at the anchor. */
  double offsetVariance() {
    return offsetVariance;
  }

  double wander() {
    return Math.sqrt(wanderSquare) * SECOND;
  }

  /** In nanoseconds a second. */
  double expectedSlope() {
    return expectedSlope;
  }

  double expectedVariance() {
    return expectedVariance;
  }

  double frequency() {
    return slope * SECOND;
  }

  double frequencyError() {
    return slopeError() * SECOND;
  }

  private void requireKnown() {
    if (!isKnown) {
      throw new IllegalStateException("nothing is known of this peer yet");
    }
  }

  private static double square(double value) {
    return value * value;
  }
}
