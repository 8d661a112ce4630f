package dev.coeval.sync.machine;

/**
 * A peer could not be reached, as the network or its host said.
 *
 * @param peer who
 * @param reason what was said, for people
 */
public record PeerUnreachable(PeerId peer, String reason) implements Report {}
