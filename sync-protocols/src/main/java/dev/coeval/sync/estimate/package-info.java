/**
 * Estimators: from the exchanges with one peer to offset and frequency, each with its likely error.
 * All keep one interface, so that one can be compared with another on the same exchanges, and taken
 * for another by name ({@code Disciplines.named}).
 *
 * <pre>
 *   Measurement ---+
 *                  +--&gt; Estimator --&gt; offset(tick), error(tick), frequency, its error, wander
 *   OffsetBounds --+
 *   (what is certain: the point is held within it)
 * </pre>
 *
 * <p>An exchange is wrong by half the difference of its two ways, and no way is ever too quick.
 * What the estimators make of that, from the simplest on:
 *
 * <ul>
 *   <li>{@link dev.coeval.sync.estimate.MinimumDelayEstimator}: believe the quickest of eight.
 *   <li>{@link dev.coeval.sync.estimate.LeastSquaresEstimator}: a line through all, or quick ones
 *       weighing more.
 *   <li>{@link dev.coeval.sync.estimate.MinimaEstimator}: the quickest of each direction by itself.
 *   <li>{@link dev.coeval.sync.estimate.MaxMarginEstimator}: the line with the most room between
 *       the directions; the sharpest where jitter is large against wander.
 *   <li>{@link dev.coeval.sync.estimate.KalmanEstimator}: no window but a state, which ages as the
 *       oscillator does.
 *   <li>{@link dev.coeval.sync.estimate.AdaptiveEstimator}: several states at once, each under
 *       other assumptions, weighed by how well they foretell.
 * </ul>
 *
 * <p>Where to start: {@link dev.coeval.sync.estimate.Estimator}. Nothing here is thread-safe, and
 * nothing allocates once it is made: an estimator belongs to the machine that feeds it.
 */
@NullMarked
package dev.coeval.sync.estimate;

import org.jspecify.annotations.NullMarked;
