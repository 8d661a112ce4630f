package dev.coeval.sync.machine;

/**
 * Something that a machine tells its owner: a measurement, an estimate, a rejection, a change of
 * status. Implementations are immutable records.
 */
public interface Report {}
