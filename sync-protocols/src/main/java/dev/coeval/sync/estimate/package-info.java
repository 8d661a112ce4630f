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
 * <p>Where to start: {@link dev.coeval.sync.estimate.Estimator}. Nothing here is thread-safe, and
 * nothing allocates once it is made: an estimator belongs to the machine that feeds it.
 */
@NullMarked
package dev.coeval.sync.estimate;

import org.jspecify.annotations.NullMarked;
