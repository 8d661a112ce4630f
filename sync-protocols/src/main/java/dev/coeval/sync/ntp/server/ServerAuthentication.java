package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.auth.NtpKeys;
import java.util.Objects;

/**
 * What a server makes of the codes behind requests (RFC 5905 section 9.2).
 *
 * <p>A request with a right code gets a reply with a code of the same key and length. One with a
 * code that is not right, or of an unknown key, is never given time.
 *
 * @param keys the keys that clients may use; with none, codes are passed over and no reply has one
 * @param required whether a request without a code is refused; needs a key
 * @param answersNak whether a request whose code is not right gets a crypto-NAK, not silence.
 *     Anybody can send one in the server's name, so that clients do nothing but count it; it helps
 *     people to find a key that differs
 */
public record ServerAuthentication(NtpKeys keys, boolean required, boolean answersNak) {

  /** No keys: codes are passed over. */
  public static final ServerAuthentication NONE =
      new ServerAuthentication(NtpKeys.empty(), false, false);

  /**
   * Checks that the parts go together.
   *
   * @param keys as above
   * @param required as above
   * @param answersNak as above
   * @throws IllegalArgumentException if codes are required and there is no key
   */
  public ServerAuthentication {
    Objects.requireNonNull(keys, "keys");
    if (required && keys.size() == 0) {
      throw new IllegalArgumentException("codes are required, but there is no key");
    }
  }

  /**
   * Requests without a code are answered, as are those with a right one; others get silence.
   *
   * @param keys the keys that clients may use
   * @return the policy
   */
  public static ServerAuthentication accepting(NtpKeys keys) {
    return new ServerAuthentication(keys, false, false);
  }

  /**
   * Only requests with a right code are answered; others get silence.
   *
   * @param keys the keys that clients may use, at least one
   * @return the policy
   * @throws IllegalArgumentException if there is no key
   */
  public static ServerAuthentication requiring(NtpKeys keys) {
    return new ServerAuthentication(keys, true, false);
  }

  /**
   * The same with crypto-NAKs.
   *
   * @return the policy
   */
  public ServerAuthentication withNak() {
    return new ServerAuthentication(keys, required, true);
  }
}
