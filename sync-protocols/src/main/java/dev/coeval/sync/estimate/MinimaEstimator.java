package dev.coeval.sync.estimate;

/**
 * Half the difference of the two directions' minima, every stamp moved along a frequency that the
 * minima themselves show.
 *
 * <p><b>Problem.</b> The best request and the best reply need not belong to one exchange. Half the
 * difference of their minima errs by {@code J / (sqrt(2) n)}, the quickest exchange by {@code J /
 * sqrt(6 n)}. But the two are of different ticks, and a wrong frequency {@code f} moves the one
 * against the other.
 *
 * <p><b>Idea.</b> The 4.4BSD {@code timed} took such minima, without a frequency; Paxson (1998) and
 * RADclock learn one from two windows far apart. Here the window is cut in two halves, and the
 * frequency is the one with which both halves have the same point.
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>Along the slope known so far, each half's two minima; their difference halved is its point.
 *   <li>The points' difference over the ticks between them is what the slope was wrong by. A point
 *       moves with the slope as its minima's ticks do, so this is Newton's method on a line with
 *       kinks: four steps.
 *   <li>Along that slope, the two minima of the whole window; their difference halved is the
 *       offset.
 * </ol>
 *
 * <p><b>Errors</b>, for exponential jitter {@code J} in {@code n} exchanges: of the point {@code J
 * / (sqrt(2) n)}; of each half's twice that; so of the slope {@code 2 J / (n D)} with {@code D} the
 * seconds between the halves' minima; and of the offset at other ticks what the slope adds. {@code
 * J} is half the mean excess of the round trips.
 *
 * <p><b>Steps, routes, bends</b>: as all that keep a window; bounded, allocation-free, linear in
 * the window.
 *
 * <p><b>Known attack.</b> One false early stamp is a minimum as long as it is in the window.
 *
 * <p>Not thread-safe.
 */
public final class MinimaEstimator extends WindowedEstimator {
  private static final int NEWTON_STEPS = 4;

  /** With fewer exchanges a half has no minimum to speak of. */
  private static final int MIN_TO_LEARN = 4;

  private final Minima older = new Minima();
  private final Minima newer = new Minima();
  private final Minima all = new Minima();

  /** Over the last 64 exchanges. */
  public MinimaEstimator() {
    this(DEFAULT_WINDOW);
  }

  /**
   * Over some of the last exchanges.
   *
   * @param window how many exchanges at most, 1 to 1024
   * @throws IllegalArgumentException if it is out of its range
   */
  public MinimaEstimator(int window) {
    super(window);
  }

  @Override
  void fit(ExchangeWindow exchanges, StandingLine fitted) {
    int n = exchanges.size();
    double between = learn(exchanges, fitted);
    all.find(exchanges, fitted.slope(), 0, n);
    double room = all.forward + all.backward;
    double degrees = Math.max(1, n - 1.5);
    double mean = (exchanges.meanDelayNanos() - room) / 2 * n / degrees;
    double jitter = Math.max(mean, exchanges.precisionNanos());
    double slopeVariance = fitted.expectedVariance();
    if (between > 0) {
      double learned = 2 * jitter / (n * between);
      slopeVariance = 1 / (1 / slopeVariance + 1 / (learned * learned));
    }
    double age = -all.seconds();
    double unlearned = exchanges.unlearnedNanos();
    double offsetVariance =
        jitter * jitter / (2.0 * n * n) + unlearned * unlearned / SPREAD_SQUARED;
    fitted.set(all.point(), fitted.slope());
    fitted.setErrors(
        offsetVariance + age * age * slopeVariance, age * slopeVariance, slopeVariance);
  }

  /** Makes the slope that of the two halves; how many seconds they are apart, 0 if too few. */
  private double learn(ExchangeWindow exchanges, StandingLine fitted) {
    int n = exchanges.size();
    if (n < MIN_TO_LEARN) {
      fitted.set(0, fitted.expectedSlope());
      return 0;
    }
    double least = -exchanges.seconds(0) / 4;
    double between = least;
    for (int i = 0; i < NEWTON_STEPS; i++) {
      older.find(exchanges, fitted.slope(), 0, n / 2);
      newer.find(exchanges, fitted.slope(), n / 2, n);
      between = Math.max(least, newer.seconds() - older.seconds());
      double wrong = (newer.point() - older.point()) / between;
      fitted.set(0, fitted.slope() + wrong);
    }
    return between;
  }

  /** The minima of both directions along a slope. */
  private static final class Minima {
    private double forward;
    private double backward;
    private double forwardSeconds;
    private double backwardSeconds;

    void find(ExchangeWindow exchanges, double slope, int from, int to) {
      forward = Double.POSITIVE_INFINITY;
      backward = Double.POSITIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double t = exchanges.seconds(i);
        double above = exchanges.forward(i) - slope * t;
        double below = exchanges.backward(i) + slope * t;
        if (above < forward) {
          forward = above;
          forwardSeconds = t;
        }
        if (below < backward) {
          backward = below;
          backwardSeconds = t;
        }
      }
    }

    double point() {
      return (forward - backward) / 2;
    }

    double seconds() {
      return (forwardSeconds + backwardSeconds) / 2;
    }
  }
}
