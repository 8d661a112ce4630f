/**
 * From offsets to a clock: likely offsets and certain bounds come in, a {@link
 * dev.coeval.time.ClockEstimate} comes out, which steers a {@link
 * dev.coeval.time.DisciplinedClock}. Nothing here touches the operating system's clock.
 *
 * <p>Point and bound take separate ways. The point is a statistical fit; the bound is an
 * intersection of what is certain. The fit is held within the bound, never the other way round.
 */
@NullMarked
package dev.coeval.sync.discipline;

import org.jspecify.annotations.NullMarked;
