package dev.coeval.sync.cristian;

/**
 * A request for the time.
 *
 * @param nonce 64 random bits, by which the reply will name this request
 * @param keyId the key that authenticates it, or {@link dev.coeval.sync.wire.FrameHeader#NO_KEY}
 */
public record CristianRequest(long nonce, int keyId) {}
