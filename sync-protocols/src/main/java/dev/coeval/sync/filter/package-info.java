/**
 * From the exchanges with one peer to what they tell together: certain bounds and likely offsets.
 *
 * <pre>
 *                .- DirectionalMinima ---&gt; certain bounds, and a point if the frequency is known
 *   Measurement -+- DelayWeightedFilter -&gt; a point an exchange, and what it is worth
 *   (one peer's) +- MinimumDelayFilter --&gt; now and then a point: the quickest of the last n
 *                '- ClockFilter ---------&gt; the filter of RFC 5905 section 10
 * </pre>
 *
 * <p>A datagram is never too early: all noise of a delay is on one side. So quick exchanges are
 * good ones, and each direction has a best one of its own.
 *
 * <p>Where to start: {@link dev.coeval.sync.filter.DirectionalMinima}. Nothing here is thread-safe:
 * a filter belongs to the machine that feeds it.
 */
@NullMarked
package dev.coeval.sync.filter;

import org.jspecify.annotations.NullMarked;
