package dev.coeval.sync.mutual;

import dev.coeval.sync.machine.Report;

/**
 * A node has read the others' clocks and set its own.
 *
 * @param round which round of this node, from 1 on
 * @param read how many of its peers could be read
 * @param spreadNanos how far apart the clocks were, without as many of the lowest and of the
 *     highest as may be false, in nanoseconds
 * @param adjustment what was asked for by the convergence, and done as far as the clock's pace
 *     allows
 * @param settled whether the clock keeps its pace from now on
 * @param bounded whether the round brought a bound
 */
public record MutualRound(
    long round, int read, long spreadNanos, Adjustment adjustment, boolean settled, boolean bounded)
    implements Report {}
