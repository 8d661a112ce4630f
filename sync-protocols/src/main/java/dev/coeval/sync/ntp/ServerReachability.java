package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * A server has fallen silent, or gives time again: published when it changes.
 *
 * @param peer the server
 * @param reachable whether it gives time
 * @param unanswered how many requests in a row have brought no time; 0 if it is reachable
 * @param silentNanos for how long it gave no time, in local ticks, up to now
 */
public record ServerReachability(PeerId peer, boolean reachable, int unanswered, long silentNanos)
    implements Report {}
