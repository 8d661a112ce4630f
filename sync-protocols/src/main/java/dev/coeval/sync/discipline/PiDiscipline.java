package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;

/**
 * A proportional-integral loop: the simple alternative to a regression, with three numbers of
 * state.
 *
 * <p>Each sample differs from the prediction by {@code e}. The offset moves by {@code proportional
 * * e}, the frequency by {@code integral * e / dt}: a tracker of order two, stable for {@code 0 <
 * integral}, {@code 0 < proportional < 1} and {@code 2 * proportional + integral < 4}. It forgets
 * exponentially, knows nothing of the samples' errors, and needs no test for steps: it simply
 * follows.
 *
 * <p>Not thread-safe.
 */
public final class PiDiscipline implements Discipline {

  /** Settles within some ten samples. */
  public static final double DEFAULT_PROPORTIONAL = 0.3;

  /** Close to critical damping for the default proportional gain. */
  public static final double DEFAULT_INTEGRAL = 0.05;

  private static final double MIN_DT_NANOS = 1e6;

  private final double proportional;
  private final double integral;
  private final double maxFrequency;
  private boolean started;
  private long tick;
  private long offset;
  private double frequency;
  private double meanSquare;
  private double frequencyError;

  /** With the default gains, and {@link RegressionConfig#DEFAULT_MAX_FREQUENCY}. */
  public PiDiscipline() {
    this(DEFAULT_PROPORTIONAL, DEFAULT_INTEGRAL, RegressionConfig.DEFAULT_MAX_FREQUENCY);
  }

  /**
   * With other gains.
   *
   * @param proportional which part of a sample's difference the offset takes over; above 0, below 1
   * @param integral which part of it the frequency takes over; above 0, below 1
   * @param maxFrequency the largest frequency believed, in seconds a second; above 0, at most
   *     {@link ClockModel#MAX_FREQUENCY}
   * @throws IllegalArgumentException if one is out of its range
   */
  public PiDiscipline(double proportional, double integral, double maxFrequency) {
    if (!(proportional > 0 && proportional < 1) || !(integral > 0 && integral < 1)) {
      throw new IllegalArgumentException(
          "a gain is out of range: " + proportional + ", " + integral);
    }
    if (!(maxFrequency > 0 && maxFrequency <= ClockModel.MAX_FREQUENCY)) {
      throw new IllegalArgumentException("maxFrequency is out of range: " + maxFrequency);
    }
    this.proportional = proportional;
    this.integral = integral;
    this.maxFrequency = maxFrequency;
    this.frequencyError = maxFrequency;
  }

  @Override
  public ClockEstimate update(OffsetEstimate sample, OffsetBounds bounds) {
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds are empty: " + bounds);
    }
    if (started) {
      follow(sample);
    } else {
      started = true;
      tick = sample.tickNanos();
      offset = sample.offsetNanos();
      meanSquare = (double) sample.errorNanos() * sample.errorNanos();
    }
    long now = bounds.tickNanos();
    offset = bounds.clamp(predict(now));
    tick = now;
    return new ClockEstimate(
        now,
        Math.addExact(now, offset),
        frequency,
        (long) Math.ceil(Math.sqrt(meanSquare)),
        new BoundedInstant(
            Math.addExact(now, bounds.lowNanos()), Math.addExact(now, bounds.highNanos())));
  }

  @Override
  public double frequencyError() {
    return frequencyError;
  }

  @Override
  public void shift(long nanos) {
    offset += nanos;
  }

  @Override
  public void reset() {
    started = false;
    meanSquare = 0;
    frequencyError = maxFrequency;
  }

  private void follow(OffsetEstimate sample) {
    double dt = Math.max(MIN_DT_NANOS, (double) (sample.tickNanos() - tick));
    double error = sample.offsetNanos() - predict(sample.tickNanos());
    double wanted = frequency + integral * error / dt;
    offset = predict(sample.tickNanos()) + Math.round(proportional * error);
    tick = sample.tickNanos();
    frequency = Math.max(-maxFrequency, Math.min(maxFrequency, wanted));
    meanSquare += proportional * (error * error - meanSquare);
    frequencyError = Math.min(maxFrequency, Math.sqrt(integral * meanSquare) / dt);
  }

  private long predict(long atTick) {
    return offset + Math.round(frequency * (atTick - tick));
  }
}
