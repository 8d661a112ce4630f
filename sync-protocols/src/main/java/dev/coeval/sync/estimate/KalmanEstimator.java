package dev.coeval.sync.estimate;

/**
 * A Kalman filter of offset and frequency that weighs every exchange by its delay, and learns by
 * itself how much the oscillator wanders.
 *
 * <p><b>Problem.</b> How far back to look: a steady oscillator rewards a long memory, one that
 * wanders punishes it. And slow exchanges are worth less than quick ones, but not nothing.
 *
 * <p><b>Idea.</b> The offset is the integral of a frequency that walks at random, which is what
 * quartz does from minutes to days (random-walk frequency modulation). For two exponential queues,
 * an exchange whose round trip is {@code s} above the least one is off by anything within {@code
 * s/2} either way, equally likely; hence its variance is {@code s² / 12}, or {@code (s + u)² / 12}
 * if the least is known to {@code u}. The Kalman filter for that is the best linear one, if the
 * walk's step is known. It is not: so one filter runs for each power of ten, and each counts as
 * much as it foretold the samples (Magill 1965).
 *
 * <p><b>Steps.</b> As in {@link ModelBank}: innovations beyond six deviations are held back until a
 * second one tells a step from an outlier.
 *
 * <p><b>Known weakness.</b> A normal distribution takes the middle of a slow exchange to be the
 * likeliest, and the mean of many to be better still. If one direction alone is congested, both are
 * wrong, always to the same side. {@link AdaptiveEstimator} does not share that.
 *
 * <p>Not thread-safe.
 */
public final class KalmanEstimator extends ModelBank {
  private static final double UNIFORM = Math.sqrt(12);

  /** An estimator that knows nothing yet. */
  public KalmanEstimator() {
    super(AdaptiveEstimator.WANDERS.clone(), new ErrorModel.Peaked(UNIFORM));
  }
}
