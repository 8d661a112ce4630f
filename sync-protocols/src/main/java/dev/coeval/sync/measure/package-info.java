/**
 * What one exchange with a peer tells, and why a datagram was not used.
 *
 * <p><b>The timeline.</b> The local side of a measurement is in raw ticks, never in a clock that is
 * being steered. An <em>offset</em> is therefore the other side's time minus local ticks: a large
 * number, but one that steering and wall-clock steps do not move, so samples of different age can
 * be compared and fitted as they are. At the edge, {@code tick + offset} is the time.
 *
 * <pre>
 *        T2      T3            server's time       forward  = T2 - T1   (how late the request seems)
 *   ------*------*------                           backward = T4 - T3   (how late the reply seems)
 *        /        \                                delay    = forward + backward
 *   ----*----------*----       local ticks         offset   = (forward - backward) / 2
 *      T1          T4                              truth in [ -backward + min, forward - min ]
 * </pre>
 *
 * <p>Where to start: {@link dev.coeval.sync.measure.Measurement}.
 */
@NullMarked
package dev.coeval.sync.measure;

import org.jspecify.annotations.NullMarked;
