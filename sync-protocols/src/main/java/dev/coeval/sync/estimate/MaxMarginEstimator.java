package dev.coeval.sync.estimate;

/**
 * The line with the most room between the requests above it and the replies below it.
 *
 * <p><b>Problem.</b> Minima of each direction are the sharpest that can be had of exponential
 * jitter, but only along the right frequency, and the frequency is as unknown as the offset.
 *
 * <p><b>Idea.</b> Find both at once. In the plane of ticks and offsets requests are points above
 * the truth, replies points below it, and the line that separates them with the largest margin is
 * the truth's likeliest place if both ways have the same least delay and exponential jitter: the
 * hard-margin support vector machine of Huygens (Geng et al., NSDI 2018), or the two-sided linear
 * program after Moon, Skelly and Towsley (INFOCOM 1999).
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>The room for every slope, by the convex hulls of both clouds, exactly and in linear time
 *       (ticks come in order).
 *   <li>Its peak is the max-margin line. The likelihood {@code exp(n room / J)} about it is
 *       lopsided and, with few exchanges, flat; its mean errs less than its peak (Pitman 1939), so
 *       the mean is what comes out. With many exchanges the two are as good as one.
 *   <li>What is expected of the slope is one more observation: ± 100 ppm at first, and where the
 *       window was cut, the slope until then.
 * </ol>
 *
 * <p><b>Errors.</b> The variance of that likelihood, of slope and middle together, and of the
 * middle along a given slope {@code J² / (2 n²)}, which is that of half the difference of two
 * minima. {@code J} is half the mean excess of the round trips over the room.
 *
 * <p><b>Steps, routes, bends</b>: as all that keep a window; bounded, allocation-free.
 *
 * <p><b>Known attack.</b> One false early stamp supports the line as long as it is in the window,
 * or until it is seen that the line bends.
 *
 * <p>Not thread-safe.
 */
public final class MaxMarginEstimator extends WindowedEstimator {
  private static final double STEEPEST = StandingLine.MAX_FREQUENCY * 1e9;

  private final MarginLine margin;

  /** Through the last 64 exchanges. */
  public MaxMarginEstimator() {
    this(DEFAULT_WINDOW);
  }

  /**
   * Through some of the last exchanges.
   *
   * @param window how many exchanges at most, 1 to 1024
   * @throws IllegalArgumentException if it is out of its range
   */
  public MaxMarginEstimator(int window) {
    super(window);
    this.margin = new MarginLine(window);
  }

  @Override
  void fit(ExchangeWindow exchanges, StandingLine fitted) {
    int n = exchanges.size();
    margin.solve(exchanges, STEEPEST);
    double degrees = Math.max(1, n - 1.5); // of two each exchange, three are spent on the line
    double mean = (exchanges.meanDelayNanos() - margin.room()) / 2 * n / degrees;
    double unlearned = exchanges.unlearnedNanos();
    double jitter = Math.max(mean, exchanges.precisionNanos());
    margin.weigh(n / (jitter + unlearned));
    // One more observation of the slope, as in a Kalman filter.
    double gain = 1 / (margin.slopeVariance() + fitted.expectedVariance());
    double off = fitted.expectedSlope() - margin.slopeMean();
    double slope = margin.slopeMean() + gain * margin.slopeVariance() * off;
    double middle = margin.middleMean() + gain * margin.covariance() * off;
    double along = jitter * jitter / (2.0 * n * n) + unlearned * unlearned / SPREAD_SQUARED;
    fitted.set(middle, slope);
    fitted.setErrors(
        along + margin.middleVariance() - gain * square(margin.covariance()),
        margin.covariance() * gain * fitted.expectedVariance(),
        margin.slopeVariance() * gain * fitted.expectedVariance());
  }

  private static double square(double value) {
    return value * value;
  }
}
