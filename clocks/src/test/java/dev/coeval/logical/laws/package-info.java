/**
 * The laws of logical clocks as suites that any clock can be run through.
 *
 * <p>A {@link dev.coeval.logical.laws.Trace} is a random execution: processes with local events,
 * sends and receipts, where messages are lost, duplicated and reordered. {@link
 * dev.coeval.logical.laws.CausalHistory} is the oracle: it keeps the causal past of every event as
 * a plain set, and knows nothing of clocks. {@link dev.coeval.logical.laws.Execution} drives clocks
 * along a trace.
 *
 * <pre>
 *   seed --&gt; Trace --+--&gt; Execution --&gt; one stamp for every event --+
 *                    |                                              +--&gt; law holds?
 *                    +--&gt; CausalHistory --&gt; one set for every event +
 * </pre>
 *
 * <p>To test a clock, extend {@link dev.coeval.logical.laws.LamportLaws}, {@link
 * dev.coeval.logical.laws.VectorLaws}, {@link dev.coeval.logical.laws.HybridLaws}, {@link
 * dev.coeval.logical.laws.IntervalTreeLaws}, {@link dev.coeval.logical.laws.TreeClockLaws}, {@link
 * dev.coeval.logical.laws.ApproximateLaws} or, for ids, {@link dev.coeval.logical.laws.IdLaws}, and
 * say how to make it and how to read its stamps. The number that begins a property's name is that
 * of its law.
 */
package dev.coeval.logical.laws;
