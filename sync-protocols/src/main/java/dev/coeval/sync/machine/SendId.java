package dev.coeval.sync.machine;

/**
 * The name of a datagram on its way out.
 *
 * @param owner the name of the machine that sends it, unique within an endpoint
 * @param sequence which one, in the machine's own numbering
 */
public record SendId(String owner, long sequence) {}
