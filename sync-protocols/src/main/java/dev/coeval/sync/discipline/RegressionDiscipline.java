package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A weighted straight line through the last samples.
 *
 * <p><b>Problem.</b> A long window averages noise away, but an oscillator that warms up or a source
 * that steps makes the old samples false. A short window follows, but believes the noise.
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>A sample that is further from the line than the errors of both explain is held back. If the
 *       next one is as far off, the offset has stepped: all before them is forgotten, except the
 *       frequency, which becomes the expectation. If not, it was an outlier and is dropped.
 *   <li>The same if the bounds exclude the line by more than its error explains: then at once.
 *   <li>A weighted least-squares fit over the window, with an expected frequency (0 at the start)
 *       that counts as much as it is sure.
 *   <li>Residuals of noise do not know of each other. If each resembles the one before (Durbin and
 *       Watson, 1950), the samples bend and the line does not: the oldest are dropped until it
 *       fits.
 * </ol>
 *
 * <p>Not thread-safe.
 */
public final class RegressionDiscipline implements Discipline {

  /** The deviations beyond which a sample is no noise any more. */
  private static final double SURPRISE = 6;

  /** Fewer samples than this do not know their own scatter. */
  private static final int MIN_TO_BE_SURPRISED = 4;

  /** With fewer samples a bend cannot be told from noise. */
  private static final int MIN_TO_BEND = 8;

  /**
   * The deviations of the autocorrelation beyond which a line does not fit: one-sided 10 %. More
   * patience is a little better for a steady oscillator, and a lot worse for one that wanders.
   */
  private static final double BENT = 1.28;

  /** By how much a frequency may have wandered for each second without a sample: 10 ppb. */
  private static final double WANDER = 1e-8;

  /** The mean square until the next sample of what the oscillator adds until then. */
  private static final double UNSTEADY_SHARE = 0.5;

  private static final double NANOS_PER_SECOND = 1e9;

  private final RegressionConfig config;
  private final SampleWindow window;
  private double asymmetry;
  private double expectedSlope;
  private double frequencyError;
  private final Unsteadiness unsteadiness = new Unsteadiness();
  private @Nullable FittedLine line;
  private @Nullable OffsetEstimate heldBack;

  /** With {@link RegressionConfig#DEFAULT}. */
  public RegressionDiscipline() {
    this(RegressionConfig.DEFAULT);
  }

  /**
   * With a configuration.
   *
   * @param config how to fit
   */
  public RegressionDiscipline(RegressionConfig config) {
    this(config, 0);
  }

  /**
   * With a frequency from an earlier run, which is believed to {@link
   * RegressionConfig#expectedFrequencyError}: a small one keeps it, a large one hardly counts.
   *
   * @param config how to fit
   * @param expectedFrequency by how much time is expected to run faster than ticks, in seconds a
   *     second; at most the configuration's largest
   * @throws IllegalArgumentException if it is more
   */
  public RegressionDiscipline(RegressionConfig config, double expectedFrequency) {
    if (!(Math.abs(expectedFrequency) <= config.maxFrequency())) {
      throw new IllegalArgumentException("frequency is out of range: " + expectedFrequency);
    }
    this.expectedSlope = expectedFrequency * NANOS_PER_SECOND;
    this.config = Objects.requireNonNull(config, "config");
    this.window = new SampleWindow(config.window(), config.minErrorNanos());
    this.frequencyError = config.expectedFrequencyError();
  }

  @Override
  public ClockEstimate update(OffsetEstimate sample, OffsetBounds bounds) {
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds are empty: " + bounds);
    }
    FittedLine standing = line;
    if (standing != null && isSurprise(standing, sample, bounds)) {
      OffsetEstimate before = heldBack;
      if (before == null && !excludes(bounds, standing)) {
        heldBack = sample;
        return estimate(standing, bounds);
      }
      reset();
      if (before != null) {
        window.add(before);
      }
    }
    heldBack = null;
    if (standing != null && line != null && window.size() >= MIN_TO_BE_SURPRISED) {
      double expected = variance(sample) + square(standing.errorAt(sample.tickNanos()));
      unsteadiness.add(off(standing, sample), expected);
    }
    window.add(sample);
    return estimate(fit(), bounds);
  }

  @Override
  public double frequencyError() {
    return frequencyError;
  }

  @Override
  public void shift(long nanos) {
    window.shift(nanos);
    if (line != null) {
      line = line.shifted(nanos);
    }
    OffsetEstimate before = heldBack;
    if (before != null) {
      heldBack =
          new OffsetEstimate(before.tickNanos(), before.offsetNanos() + nanos, before.errorNanos());
    }
  }

  @Override
  public void reset() {
    if (line != null) {
      expectedSlope = line.slope();
    }
    window.clear();
    unsteadiness.clear();
    line = null;
    heldBack = null;
    frequencyError = config.expectedFrequencyError();
  }

  private FittedLine fit() {
    double expectedError = config.expectedFrequencyError() * NANOS_PER_SECOND;
    double maxSlope = config.maxFrequency() * NANOS_PER_SECOND;
    asymmetry = Asymmetry.of(window, asymmetry);
    window.setAsymmetry(asymmetry);
    FittedLine fitted = FittedLine.through(window, expectedSlope, expectedError, maxSlope);
    while (window.size() > MIN_TO_BEND && isBent(fitted)) {
      window.dropOldest();
      fitted = FittedLine.through(window, expectedSlope, expectedError, maxSlope);
    }
    line = fitted;
    frequencyError = Math.sqrt(fitted.slopeVariance()) / NANOS_PER_SECOND;
    return fitted;
  }

  private boolean isSurprise(FittedLine standing, OffsetEstimate sample, OffsetBounds bounds) {
    if (window.size() < MIN_TO_BE_SURPRISED) {
      return false;
    }
    double error = Math.sqrt(variance(sample));
    double expected = Math.hypot(error, errorAt(standing, sample.tickNanos()));
    return Math.abs(off(standing, sample)) > SURPRISE * expected || excludes(bounds, standing);
  }

  /** How far a sample, less its bias, is above the line. */
  private double off(FittedLine standing, OffsetEstimate sample) {
    double off = (double) (sample.offsetNanos() - standing.offsetAt(sample.tickNanos()));
    return off - window.bias((double) sample.errorNanos());
  }

  private double variance(OffsetEstimate sample) {
    return square((double) Math.max(sample.errorNanos(), config.minErrorNanos()));
  }

  private static double square(double value) {
    return value * value;
  }

  private boolean excludes(OffsetBounds bounds, FittedLine standing) {
    long predicted = standing.offsetAt(bounds.tickNanos());
    double off = Math.abs((double) (predicted - bounds.clamp(predicted)));
    double error = Math.max(errorAt(standing, bounds.tickNanos()), (double) config.minErrorNanos());
    return off > SURPRISE * error;
  }

  /** The error of the line, and what the frequency may have wandered since its last sample. */
  private static double errorAt(FittedLine line, long tick) {
    return line.errorAt(tick) + Math.abs((double) (tick - line.tickNanos())) * WANDER;
  }

  /** The residuals' lag-1 autocorrelation, tested against that of noise: -1/n, give or take. */
  private boolean isBent(FittedLine fitted) {
    double products = 0;
    double squares = 0;
    double before = 0;
    for (int i = 0; i < window.size(); i++) {
      double residual = fitted.residual(window, i) * Math.sqrt(window.weight(i));
      products += residual * before;
      squares += residual * residual;
      before = residual;
    }
    double n = window.size();
    return squares > 0 && (products / squares + 1 / n) * Math.sqrt(n) > BENT;
  }

  private ClockEstimate estimate(FittedLine fitted, OffsetBounds bounds) {
    long tick = bounds.tickNanos();
    double unsteady = Math.sqrt(UNSTEADY_SHARE * unsteadiness.variance());
    return new ClockEstimate(
        tick,
        Math.addExact(tick, bounds.clamp(fitted.offsetAt(tick))),
        fitted.slope() / NANOS_PER_SECOND,
        (long) Math.ceil(Math.hypot(fitted.errorAt(tick), unsteady)),
        new BoundedInstant(
            Math.addExact(tick, bounds.lowNanos()), Math.addExact(tick, bounds.highNanos())));
  }
}
