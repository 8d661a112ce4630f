package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Challenges to those with whom there is no link, kept nowhere: they follow from a secret and from
 * who is asked, so a flood of invented addresses costs no memory (the idea of SYN cookies, RFC 4987
 * section 3.6). Whoever echoes one has received it where it says it is.
 */
final class Strangers {
  private final MessageDigest sha256;
  private final long secret;
  private long epoch;

  Strangers(long secret) {
    this.secret = secret;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** From now on all sessions and challenges are others: a link that was forgotten is not this. */
  void renew() {
    epoch++;
  }

  /** The session of this end of a link that there may be. Not 0. */
  long sessionFor(PeerId peer, long theirSession) {
    return hash("session", peer, theirSession);
  }

  /** The challenge to a peer that says it has this session. Not 0. */
  long challengeFor(PeerId peer, long theirSession) {
    return hash("challenge", peer, theirSession);
  }

  private long hash(String purpose, PeerId peer, long theirSession) {
    ByteBuffer numbers = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES);
    numbers.putLong(secret).putLong(epoch).putLong(theirSession).putInt(peer.port());
    sha256.update(numbers.flip());
    sha256.update(purpose.getBytes(StandardCharsets.US_ASCII));
    long hash = ByteBuffer.wrap(sha256.digest(peer.address().getAddress())).getLong();
    return hash == 0 ? 1 : hash;
  }
}
