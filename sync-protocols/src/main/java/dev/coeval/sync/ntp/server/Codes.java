package dev.coeval.sync.ntp.server;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The codes behind requests and replies (RFC 5905 section 7.3). Of one thread. */
final class Codes {
  private final ServerAuthentication policy;
  private final NtpKeys keys;
  private int keyId;
  private int macLength;

  Codes(ServerAuthentication policy) {
    this.policy = policy;
    this.keys = policy.keys();
  }

  /**
   * Judges the code of a request, and remembers which key answers it.
   *
   * @param request a well-formed datagram, from position to limit
   * @return null if it may be answered
   */
  @Nullable Rejection judge(ByteBuffer request) {
    keyId = NtpDatagram.NO_KEY;
    macLength = 0;
    if (keys.size() == 0) {
      return null;
    }
    int covered = NtpCodec.authenticatedLength(request);
    int length = request.remaining() - covered;
    if (length == 0) {
      return policy.required() ? Rejection.NOT_AUTHENTICATED : null;
    }
    Rejection rejection = keys.verify(request, covered);
    if (rejection == null) {
      keyId = NtpCodec.getInt(request, request.position() + covered);
      macLength = length;
    }
    return rejection;
  }

  /** Whether the last request had a code that is right. */
  boolean isAuthenticated() {
    return keyId != NtpDatagram.NO_KEY;
  }

  /** Whether a request that was refused for a reason gets a crypto-NAK. */
  boolean isNakDue(Rejection reason) {
    return policy.answersNak()
        && (reason == Rejection.BAD_AUTHENTICATION || reason == Rejection.UNKNOWN_KEY);
  }

  /**
   * Seals a reply with the key of the request, and as long as that was sealed.
   *
   * @param reply its bytes from start to position; the position is moved behind the code
   */
  void seal(ByteBuffer reply, int start) {
    keys.seal(keyId, reply, start, macLength);
  }
}
