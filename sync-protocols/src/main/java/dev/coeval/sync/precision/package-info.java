/**
 * The yardstick: how near the clocks of a recorded run could have been brought by anybody.
 *
 * <p><b>What.</b> An {@link dev.coeval.sync.precision.Execution} holds what a run showed of delays
 * and what is assumed of its links; {@link dev.coeval.sync.precision.OptimalPrecision} is the best
 * that can be promised after it, the corrections that reach it, and what the corrections of any
 * protocol promise, so that {@code precisionOf(corrections) / nanos()} says how much a protocol
 * gives away: never less than 1.
 *
 * <pre>
 *   simulation --datagrams--&gt; ExecutionRecorder --&gt; Execution --&gt; limits of pairs
 *                                                                    |  shortest paths
 *                                            corrections  &lt;-- largest mean of a cycle
 * </pre>
 *
 * <p><b>When.</b> To judge a synchronizer, or a set of links and assumptions, apart from how lucky
 * a run was. After the fact and in one place: it is no protocol.
 *
 * <p><b>Where to start.</b> {@link dev.coeval.sync.precision.OptimalPrecision}.
 */
@NullMarked
package dev.coeval.sync.precision;

import org.jspecify.annotations.NullMarked;
