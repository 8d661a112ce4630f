package dev.coeval.sync.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * Nonces that follow from a seed, and from which neither the seed nor any other nonce follows.
 *
 * <p><b>Problem.</b> One seed must replay one run, so nonces come from a seeded sequence. Those of
 * the usual generators are linear or mixed by an invertible function: a server that is sent one
 * nonce could compute those that the client sends to the others, and answer in their names. The
 * majority that is to outvote it would be of its own making.
 *
 * <p><b>Idea.</b> The n-th nonce is the beginning of SHA-256 over the seed and n. To find the seed
 * takes trying all of them.
 *
 * <p>Not thread-safe: one machine, one source.
 */
public final class NonceSource implements RandomGenerator {
  private final MessageDigest sha256;
  private final ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES);
  private long count;

  /**
   * A sequence of nonces.
   *
   * @param seed on a real network from a secure source, and told to nobody
   */
  public NonceSource(long seed) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    input.putLong(0, seed);
  }

  @Override
  public long nextLong() {
    input.putLong(Long.BYTES, count++);
    sha256.update(input.rewind());
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }
}
