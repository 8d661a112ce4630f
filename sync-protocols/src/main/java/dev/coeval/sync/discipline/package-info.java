/**
 * From exchanges to a clock: likely offsets and certain bounds come in, a {@link
 * dev.coeval.time.ClockEstimate} comes out, which steers a {@link
 * dev.coeval.time.DisciplinedClock}. Nothing here touches the operating system's clock.
 *
 * <pre>
 *                   of each source                       of all sources
 *             .- directional minima -&gt; bounds -&gt; Marzullo, fixed f -&gt; certain bounds
 *   exchange -+                           | clamp       | who agrees          | clamp
 *             '- Estimator: line -----------------------+--------------&gt; likely point
 * </pre>
 *
 * <p>Point and bound take separate ways. The point is a statistical fit; the bound is an
 * intersection of what is certain. The fit is held within the bound, never the other way round.
 *
 * <p>Where to start: {@link dev.coeval.sync.discipline.Ensemble} for clients of servers, {@link
 * dev.coeval.sync.discipline.Discipline} for a single stream of samples, {@link
 * dev.coeval.sync.discipline.SuspendDetector} for hosts that sleep.
 */
@NullMarked
package dev.coeval.sync.discipline;

import org.jspecify.annotations.NullMarked;
