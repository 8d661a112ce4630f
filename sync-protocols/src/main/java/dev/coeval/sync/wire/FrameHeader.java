package dev.coeval.sync.wire;

/**
 * What every frame says of itself.
 *
 * @param type the code of its {@link FrameType}
 * @param flags the protocol's flags, without {@link FrameFormat#AUTHENTICATED}
 * @param nonce 64 random bits of the request, repeated by its reply
 * @param keyId the key that authenticates it, or {@link #NO_KEY}
 */
public record FrameHeader(int type, int flags, long nonce, int keyId) {

  /** In the place of a key: the frame is not authenticated. No key has this identifier. */
  public static final int NO_KEY = 0;

  /**
   * Whether a key authenticates the frame.
   *
   * @return false for a plain frame
   */
  public boolean isAuthenticated() {
    return keyId != NO_KEY;
  }
}
