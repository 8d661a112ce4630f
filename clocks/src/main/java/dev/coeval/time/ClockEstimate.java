package dev.coeval.time;

import java.util.Objects;

/**
 * What a synchronizer believes about time at one tick: the point, the rate, and how wrong they can
 * be. It is absolute, so applying it late or twice does no harm.
 *
 * @param tickNanos the local tick the estimate speaks of
 * @param epochNanos the most likely time at that tick, in nanoseconds since the Unix epoch
 * @param frequency by how much time runs faster than ticks, in seconds a second: the correction
 *     that the ticks need (a local oscillator that is 50 ppm fast needs about -50e-6)
 * @param statisticalErrorNanos the likely error (one standard deviation) of {@code epochNanos}, in
 *     nanoseconds; not negative
 * @param bounds the interval that certainly holds the true time at that tick, if the local
 *     oscillator keeps its drift bound and no more sources lie than are tolerated
 * @param characterised the interval that likely holds it, by what was learned of the oscillator;
 *     {@link Characterised#NONE} if nothing was
 */
public record ClockEstimate(
    long tickNanos,
    long epochNanos,
    double frequency,
    long statisticalErrorNanos,
    BoundedInstant bounds,
    Characterised characterised) {

  /**
   * Checks the ranges that the components state.
   *
   * @param tickNanos as above
   * @param epochNanos as above
   * @param frequency as above
   * @param statisticalErrorNanos as above
   * @param bounds as above
   * @param characterised as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public ClockEstimate {
    Objects.requireNonNull(bounds, "bounds");
    Objects.requireNonNull(characterised, "characterised");
    if (!(Math.abs(frequency) <= ClockModel.MAX_FREQUENCY)) {
      throw new IllegalArgumentException("frequency is out of range: " + frequency);
    }
    if (statisticalErrorNanos < 0) {
      throw new IllegalArgumentException(
          "statisticalErrorNanos is negative: " + statisticalErrorNanos);
    }
  }

  /**
   * An estimate by somebody who has learned nothing of the oscillator.
   *
   * @param tickNanos as above
   * @param epochNanos as above
   * @param frequency as above
   * @param statisticalErrorNanos as above
   * @param bounds as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public ClockEstimate(
      long tickNanos,
      long epochNanos,
      double frequency,
      long statisticalErrorNanos,
      BoundedInstant bounds) {
    this(tickNanos, epochNanos, frequency, statisticalErrorNanos, bounds, Characterised.NONE);
  }

  /**
   * The same with another interval that likely holds the true time.
   *
   * @param other the interval, and how it ages
   * @return a copy
   */
  public ClockEstimate withCharacterised(Characterised other) {
    return new ClockEstimate(
        tickNanos, epochNanos, frequency, statisticalErrorNanos, bounds, other);
  }
}
