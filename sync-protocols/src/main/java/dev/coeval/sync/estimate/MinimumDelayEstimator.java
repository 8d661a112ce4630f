package dev.coeval.sync.estimate;

import dev.coeval.sync.filter.MinimumDelayFilter;
import dev.coeval.sync.measure.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * The quickest of the last exchanges, carried along the frequency that quickest ones show: the
 * simplest estimator, and the one to measure others by.
 *
 * <p><b>Problem.</b> The quickest of the last eight exchanges (Cristian 1989, RFC 5905 section 10)
 * is the one that erred least, but it is of some time ago: at 50 ppm, 8 s old, it is off by 400 µs.
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>An exchange that is the quickest of the last {@code n} is a point ({@link
 *       MinimumDelayFilter}); one that is not tells nothing new.
 *   <li>The slope: an ordinary least-squares line through the last points.
 *   <li>The offset: the last point's, carried along that slope.
 * </ol>
 *
 * <p><b>Errors.</b> A point's is the scatter of the points about their line, for the quickest of
 * {@code n} exchanges with exponential jitter about {@code J / sqrt(6 n)}; until there are five,
 * its round trip's excess and what is not learned of the least one, over {@code sqrt(12)}. The
 * slope's is that over {@code sqrt(sum (t - mean)²)}.
 *
 * <p><b>Known attack.</b> Whoever delays all exchanges but one decides which one counts.
 *
 * <p>Not thread-safe.
 */
public final class MinimumDelayEstimator extends WindowedEstimator {

  /** As RFC 5905's clock filter. */
  public static final int DEFAULT_CAPACITY = 8;

  private static final int POINTS = 32;

  /** With fewer points their scatter says nothing. */
  private static final int MIN_TO_SCATTER = 5;

  private final MinimumDelayFilter filter;

  /** The quickest of {@value #DEFAULT_CAPACITY}. */
  public MinimumDelayEstimator() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * The quickest of some.
   *
   * @param capacity among how many exchanges the quickest is sought, 1 to {@link
   *     MinimumDelayFilter#MAX_CAPACITY}
   * @throws IllegalArgumentException if it is out of its range
   */
  public MinimumDelayEstimator(int capacity) {
    super(POINTS);
    this.filter = new MinimumDelayFilter(capacity);
  }

  @Override
  @Nullable Measurement choose(Measurement measurement) {
    return filter.offer(measurement);
  }

  @Override
  void forgetExchanges() {
    filter.clear();
  }

  @Override
  void fit(ExchangeWindow points, StandingLine fitted) {
    int n = points.size();
    double meanT = 0;
    double meanY = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      meanT += points.seconds(i) / n;
      meanY += points.offset(i) / n;
      double wide = points.delayNanos(i) - points.leastDelayNanos() + points.uncertaintyNanos();
      squares += wide * wide;
    }
    double tt = 0;
    double ty = 0;
    for (int i = 0; i < n; i++) {
      double t = points.seconds(i) - meanT;
      tt += t * t;
      ty += t * (points.offset(i) - meanY);
    }
    double claimed = squares / (SPREAD_SQUARED * n);
    double prior = claimed / fitted.expectedVariance();
    fitted.set(points.offset(n - 1), (ty + prior * fitted.expectedSlope()) / (tt + prior));
    double variance = scatter(points, fitted.slope(), meanT, meanY, claimed);
    double slopeVariance = 1 / (tt / variance + 1 / fitted.expectedVariance());
    fitted.setErrors(variance, -meanT * slopeVariance, slopeVariance);
  }

  /** The variance of a point: how they scatter, or while there are few, what they claim. */
  private static double scatter(
      ExchangeWindow points, double slope, double meanT, double meanY, double claimed) {
    int n = points.size();
    if (n < MIN_TO_SCATTER) {
      return claimed;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double residual = points.offset(i) - meanY - slope * (points.seconds(i) - meanT);
      sum += residual * residual;
    }
    double resolution = points.precisionNanos() * points.precisionNanos() / SPREAD_SQUARED;
    return Math.max(sum / (n - 2), resolution);
  }
}
