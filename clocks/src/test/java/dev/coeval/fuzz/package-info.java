/**
 * Jazzer's targets: every decoder of bytes or text, held by {@link dev.coeval.fuzz.RoundTrip} to
 * give a value that is written as the very bytes it was read from, or {@link
 * dev.coeval.logical.StampFormatException}, and never anything else.
 *
 * <p>A normal build replays the seeds and what was found before; the profile {@code fuzz} searches.
 */
package dev.coeval.fuzz;
