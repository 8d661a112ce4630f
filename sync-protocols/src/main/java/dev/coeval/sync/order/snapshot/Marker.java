package dev.coeval.sync.order.snapshot;

/**
 * Says that its sender has recorded its state.
 *
 * @param id for which snapshot
 * @param sentBefore how many messages it had sent on this channel before; 0 where channels are FIFO
 */
record Marker(SnapshotId id, long sentBefore) {}
