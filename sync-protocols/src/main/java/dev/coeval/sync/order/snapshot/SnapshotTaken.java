package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.machine.Report;

/**
 * A snapshot that this process began is complete. Said at most once a snapshot: not again after a
 * restart.
 *
 * @param snapshot what was recorded
 */
public record SnapshotTaken(GlobalSnapshot snapshot) implements Report {}
