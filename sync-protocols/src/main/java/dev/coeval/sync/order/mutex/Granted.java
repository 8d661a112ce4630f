package dev.coeval.sync.order.mutex;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.machine.Report;

/**
 * This member may enter, and nobody else until it calls {@link MutualExclusion#release}.
 *
 * @param token the stamp of the request. Each grant of a group has a greater one than all before: a
 *     resource that remembers the greatest it has seen, and refuses smaller ones, is safe even from
 *     a holder that was taken for dead
 */
public record Granted(LamportTimestamp token) implements Report {}
