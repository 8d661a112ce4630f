/**
 * Which sources agree, and on what. Pure functions over several sources at one tick.
 *
 * <pre>
 *   bounds     -&gt; Marzullo, fixed f -&gt; what is certain
 *   candidates -&gt; Intersection -&gt; truechimers -&gt; Cluster -&gt; survivors -&gt; Combine -&gt; what is likely
 * </pre>
 *
 * <p>Where to start: {@link dev.coeval.sync.select.Marzullo} for a bound, {@link
 * dev.coeval.sync.select.Intersection} for an estimate (RFC 5905 section 11.2).
 */
@NullMarked
package dev.coeval.sync.select;

import org.jspecify.annotations.NullMarked;
