package dev.coeval.sync.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a node's clocks go wrong: a value, composed by its {@code with} methods.
 *
 * <p>The oscillator runs at {@code 1 + f} of true time, {@code f} being the sum of a constant, a
 * random walk, aging and a temperature sine. {@code f} changes at whole true seconds since the
 * start of the simulation, and is constant in between: at second 0 and at each after it the walk
 * makes a step of {@code wander * N(0, 1)}, so that after {@code n} seconds its deviation is {@code
 * wander * sqrt(n)}, and over {@code T} seconds a free-running clock is off by an RMS of {@code
 * wander * T^1.5 / sqrt(12)} (random-walk frequency modulation). {@code |f|} is held below {@value
 * #MAX_FREQUENCY}.
 *
 * <p>Ticks count from an origin of the node's own; the wall clock stands off by {@code offsetNanos}
 * at the start, and both run from the one oscillator.
 *
 * @param offsetNanos by how much the wall clock is ahead of true time at the start
 * @param rate how the rate goes
 * @param changes what happens to the clocks later, at known times
 */
public record OscillatorModel(long offsetNanos, Rate rate, List<Change> changes) {

  /** The oscillator's rate is never further off than this, in seconds a second. */
  public static final double MAX_FREQUENCY = 0.2;

  private static final double PPM = 1e-6;

  /**
   * Copies the list.
   *
   * @param offsetNanos as above
   * @param rate as above
   * @param changes as above
   */
  public OscillatorModel {
    Objects.requireNonNull(rate, "rate");
    changes = List.copyOf(changes);
  }

  /**
   * The rate of an oscillator over time.
   *
   * @param frequency its constant part, in seconds a second; below 0.2 either way
   * @param wander the deviation of the random walk's step at each whole second, in seconds a
   *     second; not negative
   * @param agingPerSecond by how much the frequency grows each second
   * @param temperatureAmplitude the amplitude of the sine by which temperature moves the frequency
   * @param temperaturePeriodNanos the period of that sine in nanoseconds; positive
   */
  public record Rate(
      double frequency,
      double wander,
      double agingPerSecond,
      double temperatureAmplitude,
      long temperaturePeriodNanos) {

    /** One day, the period of a room's temperature. */
    public static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    /**
     * Checks the ranges that the components state.
     *
     * @param frequency as above
     * @param wander as above
     * @param agingPerSecond as above
     * @param temperatureAmplitude as above
     * @param temperaturePeriodNanos as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Rate {
      if (!(Math.abs(frequency) < MAX_FREQUENCY)) {
        throw new IllegalArgumentException("frequency is out of range: " + frequency);
      }
      if (!(wander >= 0) || !Double.isFinite(wander)) {
        throw new IllegalArgumentException("wander is out of range: " + wander);
      }
      if (!Double.isFinite(agingPerSecond) || !Double.isFinite(temperatureAmplitude)) {
        throw new IllegalArgumentException("aging and temperature must be finite");
      }
      if (temperaturePeriodNanos <= 0) {
        throw new IllegalArgumentException("period must be positive: " + temperaturePeriodNanos);
      }
    }

    boolean isConstant() {
      return wander == 0 && agingPerSecond == 0 && temperatureAmplitude == 0;
    }
  }

  /**
   * What happens to a node's clocks at a known time.
   *
   * @param afterNanos when, in true nanoseconds since the start of the simulation; not negative
   * @param frequencyDelta by how much the frequency changes, in seconds a second
   * @param wallDeltaNanos by how much the wall clock is stepped; ticks do not notice
   */
  public record Change(long afterNanos, double frequencyDelta, long wallDeltaNanos) {

    /**
     * Checks the ranges that the components state.
     *
     * @param afterNanos as above
     * @param frequencyDelta as above
     * @param wallDeltaNanos as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Change {
      if (afterNanos < 0 || !(Math.abs(frequencyDelta) < 2 * MAX_FREQUENCY)) {
        throw new IllegalArgumentException(
            "change is out of range: " + frequencyDelta + " after " + afterNanos + " ns");
      }
    }
  }

  /**
   * A clock that tells the true time.
   *
   * @return the model
   */
  public static OscillatorModel perfect() {
    return new OscillatorModel(0, new Rate(0, 0, 0, 0, Rate.DAY_NANOS), List.of());
  }

  /**
   * A clock that starts off by an offset, and runs fast or slow.
   *
   * @param offset by how much the wall clock is ahead at the start
   * @param ppm by how much the oscillator runs fast, in parts per million
   * @return the model
   * @throws IllegalArgumentException if the frequency is out of range
   */
  public static OscillatorModel offBy(Duration offset, double ppm) {
    return perfect().withOffset(offset).withFrequency(ppm * PPM);
  }

  /**
   * With another offset at the start.
   *
   * @param offset by how much the wall clock is ahead at the start
   * @return a copy
   */
  public OscillatorModel withOffset(Duration offset) {
    return new OscillatorModel(offset.toNanos(), rate, changes);
  }

  /**
   * With another constant frequency.
   *
   * @param frequency in seconds a second
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public OscillatorModel withFrequency(double frequency) {
    return withRate(
        new Rate(
            frequency,
            rate.wander,
            rate.agingPerSecond,
            rate.temperatureAmplitude,
            rate.temperaturePeriodNanos));
  }

  /**
   * With another random walk.
   *
   * @param wander the deviation of its step at each whole second, in seconds a second
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public OscillatorModel withWander(double wander) {
    return withRate(
        new Rate(
            rate.frequency,
            wander,
            rate.agingPerSecond,
            rate.temperatureAmplitude,
            rate.temperaturePeriodNanos));
  }

  /**
   * With another aging.
   *
   * @param perSecond by how much the frequency grows each second
   * @return a copy
   * @throws IllegalArgumentException if it is not finite
   */
  public OscillatorModel withAging(double perSecond) {
    return withRate(
        new Rate(
            rate.frequency,
            rate.wander,
            perSecond,
            rate.temperatureAmplitude,
            rate.temperaturePeriodNanos));
  }

  /**
   * With a temperature that goes up and down.
   *
   * @param amplitude by how much it moves the frequency either way, in seconds a second
   * @param period how long one turn takes
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public OscillatorModel withTemperature(double amplitude, Duration period) {
    return withRate(
        new Rate(rate.frequency, rate.wander, rate.agingPerSecond, amplitude, period.toNanos()));
  }

  /**
   * With a frequency that jumps.
   *
   * @param after when, since the start of the simulation
   * @param delta by how much, in seconds a second
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public OscillatorModel withFrequencyStep(Duration after, double delta) {
    return withChange(new Change(after.toNanos(), delta, 0));
  }

  /**
   * With a wall clock that is set by somebody else.
   *
   * @param after when, since the start of the simulation
   * @param delta by how much
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public OscillatorModel withWallStep(Duration after, Duration delta) {
    return withChange(new Change(after.toNanos(), 0, delta.toNanos()));
  }

  private OscillatorModel withRate(Rate other) {
    return new OscillatorModel(offsetNanos, other, changes);
  }

  private OscillatorModel withChange(Change change) {
    List<Change> more = new ArrayList<>(changes);
    more.add(change);
    return new OscillatorModel(offsetNanos, rate, more);
  }
}
