/**
 * How far clocks stay apart: the three protocols in the simulator and over real sockets on one
 * host, held against a truth that is known.
 *
 * <p>What counts here is not the score of a benchmark, which is the time that it took, but its
 * secondary results ({@link dev.coeval.bench.skew.SkewCounters}). JMH adds such counters up over
 * iterations and forks; so these benchmarks have one of each, and pool what they see.
 */
@NullMarked
package dev.coeval.bench.skew;

import org.jspecify.annotations.NullMarked;
