package dev.coeval.sync.machine;

/**
 * The name of a timer.
 *
 * @param owner the name of the machine that set it, unique within an endpoint
 * @param kind what it is for, in the machine's own numbering
 * @param index which one of that kind, for a timer a peer, say
 */
public record TimerId(String owner, int kind, int index) {}
