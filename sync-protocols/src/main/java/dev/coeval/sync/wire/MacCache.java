package dev.coeval.sync.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;

/**
 * HMAC-SHA256 (RFC 2104), set up once a key: making and keying a {@link Mac} costs more than a
 * short frame's code. Not thread-safe, as a {@code Mac} is not.
 */
final class MacCache {
  static final int CODE_BYTES = 32;

  private final Map<Integer, Mac> macs = new HashMap<>();

  /** The code of the bytes from position to limit. */
  byte[] codeOf(SharedKey key, ByteBuffer bytes) {
    Mac mac = macs.computeIfAbsent(key.id(), id -> keyed(key));
    mac.update(bytes);
    return mac.doFinal(); // which also resets it to its key
  }

  private static Mac keyed(SharedKey key) {
    try {
      Mac mac = Mac.getInstance(SharedKey.ALGORITHM);
      mac.init(key.toSecretKey());
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
