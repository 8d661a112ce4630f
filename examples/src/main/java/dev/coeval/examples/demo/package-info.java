/**
 * {@code coeval demo}: skewed clocks, pulled together before one's eyes.
 *
 * <p>Every node of the demonstration has a virtual clock of its own: the host's clock with a known
 * offset and a known drift. The nodes talk over real UDP on loopback; only the demonstration knows
 * the faults it has put in, and so can set the true error beside the bound that each node claims.
 *
 * <pre>
 *   host clock --+--&gt; DriftingTime --&gt; SyncNode --UDP--&gt; server or group
 *                |                        |
 *                +---- truth -----&gt; DemoGroup.sample(): true error, claimed bound
 *                                         |
 *                                         +--&gt; DemoTable, ConvergencePicture, summary
 * </pre>
 */
@NullMarked
package dev.coeval.examples.demo;

import org.jspecify.annotations.NullMarked;
