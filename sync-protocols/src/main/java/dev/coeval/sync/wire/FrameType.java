package dev.coeval.sync.wire;

/**
 * One type of frame.
 *
 * @param code its number on the wire, 0 to 255
 * @param minBodyBytes the least length of its body, 0 or more
 * @param maxBodyBytes the greatest length of its body, up to {@link #MAX_BODY_BYTES}
 * @param flags the flags that it may carry besides {@link FrameFormat#AUTHENTICATED}, as a mask of
 *     16 bits
 */
public record FrameType(int code, int minBodyBytes, int maxBodyBytes, int flags) {

  /**
   * No body is longer than this: with header, trailer and the headers of UDP and IPv6, a frame then
   * fits into the 1280 octets that every IPv6 link carries whole (RFC 8200 section 5).
   */
  public static final int MAX_BODY_BYTES = 1_024;

  private static final int MAX_CODE = 0xFF;
  private static final int MAX_FLAGS = 0xFFFF;

  /**
   * Checks the ranges that the components state.
   *
   * @param code as above
   * @param minBodyBytes as above
   * @param maxBodyBytes as above
   * @param flags as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public FrameType {
    if (code < 0 || code > MAX_CODE) {
      throw new IllegalArgumentException("code is out of range: " + code);
    }
    if (minBodyBytes < 0 || maxBodyBytes < minBodyBytes || maxBodyBytes > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "bodyBytes are out of range: %d to %d".formatted(minBodyBytes, maxBodyBytes));
    }
    if (flags < 0 || flags > MAX_FLAGS || (flags & FrameFormat.AUTHENTICATED) != 0) {
      throw new IllegalArgumentException("flags are out of range: " + flags);
    }
  }

  /**
   * A type whose frames are all of one length.
   *
   * @param code its number on the wire, 0 to 255
   * @param bodyBytes the exact length of its body, 0 to {@link #MAX_BODY_BYTES}
   * @param flags the flags that it may carry besides {@link FrameFormat#AUTHENTICATED}
   * @throws IllegalArgumentException if one is out of its range
   */
  public FrameType(int code, int bodyBytes, int flags) {
    this(code, bodyBytes, bodyBytes, flags);
  }
}
