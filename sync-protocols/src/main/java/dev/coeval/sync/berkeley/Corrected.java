package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.Report;

/**
 * A node has taken a correction, as a member from its coordinator or as a coordinator from its own
 * round.
 *
 * @param term the coordinator's term
 * @param round the round of that term
 * @param differenceNanos this node's clock minus the group's time, as it was told
 * @param bounded whether the correction came with a bound
 * @param settled whether this node's clock keeps its pace from now on, and so can be part of the
 *     average
 */
public record Corrected(
    Term term, long round, long differenceNanos, boolean bounded, boolean settled)
    implements Report {}
