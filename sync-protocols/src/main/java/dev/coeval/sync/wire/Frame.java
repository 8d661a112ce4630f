package dev.coeval.sync.wire;

import java.nio.ByteBuffer;

/**
 * A frame that was found good: of the right magic, version, type and length, and authentic if it
 * was to be.
 *
 * @param header what it says of itself
 * @param body its body from position to limit, big-endian: as many bytes as its type allows. A
 *     read-only view of the datagram, valid only as long as that is
 */
public record Frame(FrameHeader header, ByteBuffer body) {}
