package dev.coeval.sync.measure;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;

/**
 * A datagram was not used.
 *
 * @param from who sent it, as its source address says
 * @param reason why
 */
public record Rejected(PeerId from, Rejection reason) implements Report {}
