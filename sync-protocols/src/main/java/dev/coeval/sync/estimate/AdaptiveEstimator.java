package dev.coeval.sync.estimate;

/**
 * The estimator to take when nothing is known of network and oscillator: it finds out.
 *
 * <p><b>Problem.</b> No estimator is best everywhere. The minimum of each direction wins where
 * queues are often empty, the mean where they never are; a Kalman filter wants to be told how much
 * the oscillator wanders, and is led astray by a congestion in one direction; an estimator that
 * takes the bounds of an exchange at their word falls over when the least delay is not the least.
 *
 * <p><b>Idea.</b> An exchange does not say where the offset is but where it is not: beyond the slab
 * that its request bounds above and its reply below, each less the least delay. For exponential
 * queues all offsets within are equally likely, whatever the mean of either queue. The expectation,
 * a normal distribution, is cut off at the slab's ends, and mean and variance of what is left go on
 * (assumed-density filtering: Boyen and Koller 1998, Minka 2001). So a slow exchange takes nothing
 * away, and two quick replies from different exchanges help as much as in one.
 *
 * <p><b>How it chooses.</b> A bank of such filters runs side by side, for {@link #WANDERS seven
 * wanders} of the oscillator, and for eight views of the network: the least delay believed, or
 * taken to be lower by twice its uncertainty; ends that are soft, for sources that are themselves
 * unsteady; a distribution with its peak in the middle, as several hops make one; and one that
 * leans to either end, slightly or much, for paths that queue one way only. Each filter says how
 * likely the next exchange is before it sees it. The product of that, fading over some 200
 * exchanges, is its weight in the estimate (Magill 1965); and the spread between filters is part of
 * the error that is claimed. There is nothing to tune.
 *
 * <p><b>Known attack.</b> Whoever delays requests only, always by about as much, moves the offset
 * by half of it: no exchange can show that, and the bounds allow for it. Delays that come and go
 * are no harm, for the least ones count. A path that becomes longer for good is noticed after 64
 * exchanges ({@link LeastDelay}).
 *
 * <p>An exchange costs some microseconds and allocates nothing. Not thread-safe.
 */
public final class AdaptiveEstimator extends ModelBank {

  /** From better than an oven-controlled oscillator's to worse than any quartz's. */
  static final double[] WANDERS = {1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5};

  private static final double HARD = 0.1;
  private static final double PEAKED = Math.sqrt(20);
  private static final double SLIGHT = 2;
  private static final double STRONG = 20;

  /** An estimator that knows nothing yet. */
  public AdaptiveEstimator() {
    super(
        WANDERS.clone(),
        new ErrorModel.Slab(0.5, HARD, 0, 0),
        new ErrorModel.Slab(2, HARD, 0, 0),
        new ErrorModel.Slab(1, 1, 0.1, 0),
        new ErrorModel.Peaked(PEAKED),
        new ErrorModel.Slab(1, HARD, 0, SLIGHT),
        new ErrorModel.Slab(1, HARD, 0, -SLIGHT),
        new ErrorModel.Slab(1, HARD, 0, STRONG),
        new ErrorModel.Slab(1, HARD, 0, -STRONG));
  }
}
