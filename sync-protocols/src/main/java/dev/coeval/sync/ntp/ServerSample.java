package dev.coeval.sync.ntp;

import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * What the clock filter of one server gave out: how that server stands by itself, before it is held
 * against the others.
 *
 * @param peer the server
 * @param stratum its stratum
 * @param pollNanos how often it is asked at present, in nanoseconds
 * @param filtered the quickest of its last eight exchanges, with their dispersion and jitter
 */
public record ServerSample(PeerId peer, int stratum, long pollNanos, ClockFilter.Filtered filtered)
    implements Report {}
