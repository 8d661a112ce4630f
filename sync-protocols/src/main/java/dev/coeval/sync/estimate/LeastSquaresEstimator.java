package dev.coeval.sync.estimate;

/**
 * A least-squares line through the offsets of the last exchanges: ordinary, or each weighted by its
 * round trip.
 *
 * <p><b>Problem.</b> The middle of an exchange is off by half the difference of its two ways.
 *
 * <p><b>Idea.</b> Of two ways with exponential jitter {@code J} that error has the variance {@code
 * J² / 2}. If the round trip's excess {@code s} over the least one is known as well, the error is
 * uniform within {@code ± s / 2}, so that its variance is {@code s² / 12}: quick exchanges are
 * worth more. The least round trip is itself uncertain by {@code u}, so the weight is {@code 12 /
 * (s + u)²}. The ordinary line weighs all alike, by the mean of those variances.
 *
 * <p><b>Errors</b>: those of Gauss and Markov, {@code (X' W X)⁻¹}, and as much wider as the
 * residuals scatter wider than their weights say. The expectation of the slope counts as one more
 * observation: none at first but ± 100 ppm, and where the window was cut, the slope until then.
 *
 * <p><b>Steps, routes, bends</b>: as all that keep a window; bounded, allocation-free, linear in
 * the window.
 *
 * <p><b>Known attack.</b> Slow exchanges of one direction move the ordinary line by half their mean
 * delay; the weighted one hardly, while some are quick.
 *
 * <p>Not thread-safe.
 */
public final class LeastSquaresEstimator extends WindowedEstimator {

  /** With fewer residuals than lines have parameters, and two more, their scatter says nothing. */
  private static final int MIN_TO_SCATTER = 5;

  private final boolean isWeighted;
  private double sumW;
  private double sumT;
  private double sumY;
  private double sumTt;
  private double sumTy;

  private LeastSquaresEstimator(boolean isWeighted, int window) {
    super(window);
    this.isWeighted = isWeighted;
  }

  /**
   * All exchanges of the last 64 count alike.
   *
   * @return an estimator that knows nothing yet
   */
  public static LeastSquaresEstimator ordinary() {
    return ordinary(DEFAULT_WINDOW);
  }

  /**
   * All exchanges count alike.
   *
   * @param window how many exchanges at most, 1 to 1024
   * @return an estimator that knows nothing yet
   * @throws IllegalArgumentException if it is out of its range
   */
  public static LeastSquaresEstimator ordinary(int window) {
    return new LeastSquaresEstimator(false, window);
  }

  /**
   * Of the last 64 exchanges quick ones count more.
   *
   * @return an estimator that knows nothing yet
   */
  public static LeastSquaresEstimator weighted() {
    return weighted(DEFAULT_WINDOW);
  }

  /**
   * Quick exchanges count more.
   *
   * @param window how many exchanges at most, 1 to 1024
   * @return an estimator that knows nothing yet
   * @throws IllegalArgumentException if it is out of its range
   */
  public static LeastSquaresEstimator weighted(int window) {
    return new LeastSquaresEstimator(true, window);
  }

  @Override
  void fit(ExchangeWindow exchanges, StandingLine fitted) {
    double alike = isWeighted ? 0 : 1 / meanVariance(exchanges);
    sum(exchanges, alike);
    double prior = 1 / fitted.expectedVariance();
    double tt = sumTt + prior;
    double ty = sumTy + prior * fitted.expectedSlope();
    // At least this by Cauchy and Schwarz; rounding can fall below it, down to no line at all.
    double determinant = Math.max(sumW * prior, sumW * tt - sumT * sumT);
    fitted.set(0, (sumW * ty - sumT * sumY) / determinant);
    double slope = fitted.slope(); // within its limits
    double above = (sumY - slope * sumT) / sumW;
    fitted.set(above, slope);
    double scale = scatter(exchanges, alike, above, slope) / determinant;
    fitted.setErrors(tt * scale, -sumT * scale, sumW * scale);
  }

  private void sum(ExchangeWindow exchanges, double alike) {
    sumW = 0;
    sumT = 0;
    sumY = 0;
    sumTt = 0;
    sumTy = 0;
    for (int i = 0; i < exchanges.size(); i++) {
      double w = alike > 0 ? alike : 1 / variance(exchanges, i);
      double t = exchanges.seconds(i);
      double y = exchanges.offset(i);
      sumW += w;
      sumT += w * t;
      sumY += w * y;
      sumTt += w * t * t;
      sumTy += w * t * y;
    }
  }

  /** How much wider the residuals scatter than their weights say, as a factor of the variance. */
  private static double scatter(
      ExchangeWindow exchanges, double alike, double above, double slope) {
    int n = exchanges.size();
    if (n < MIN_TO_SCATTER) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double residual = exchanges.offset(i) - above - slope * exchanges.seconds(i);
      sum += residual * residual * (alike > 0 ? alike : 1 / variance(exchanges, i));
    }
    return Math.max(1, sum / (n - 2));
  }

  /** {@code (s + u)² / 12}. */
  private static double variance(ExchangeWindow exchanges, int i) {
    double excess = exchanges.delayNanos(i) - exchanges.leastDelayNanos();
    double wide = excess + exchanges.uncertaintyNanos();
    return wide * wide / SPREAD_SQUARED;
  }

  private static double meanVariance(ExchangeWindow exchanges) {
    double sum = 0;
    for (int i = 0; i < exchanges.size(); i++) {
      sum += variance(exchanges, i);
    }
    return sum / exchanges.size();
  }
}
