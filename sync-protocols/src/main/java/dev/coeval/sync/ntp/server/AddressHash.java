package dev.coeval.sync.ntp.server;

import dev.coeval.sync.wire.NonceSource;

/**
 * SipHash-2-4 of an address, under a secret key (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", INDOCRYPT 2012).
 *
 * <p><b>Problem.</b> Whoever forges source addresses picks them. With a hash that can be computed,
 * or whose collisions do not depend on its key, they would be picked to push one client's state out
 * of a table.
 *
 * <p><b>Idea.</b> Without the key, the places of addresses are not to be told from chance.
 * Immutable and thread-safe.
 */
final class AddressHash {
  private static final long[] INITIAL = {
    0x736f6d6570736575L, 0x646f72616e646f6dL, 0x6c7967656e657261L, 0x7465646279746573L
  };
  private static final long END_OF_16_BYTES = 16L << 56;
  private static final int ROUNDS = 2;
  private static final int LAST_ROUNDS = 4;

  private final long key0;
  private final long key1;

  AddressHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of a seed: neither the seed nor a key of another purpose follows from its key. */
  static AddressHash ofSeed(long seed) {
    NonceSource keys = new NonceSource(seed);
    return new AddressHash(keys.nextLong(), keys.nextLong());
  }

  /** The hash of 16 bytes that are held, in SipHash's order, by two little-endian words. */
  long of(long first, long second) {
    long v0 = key0 ^ INITIAL[0];
    long v1 = key1 ^ INITIAL[1];
    long v2 = key0 ^ INITIAL[2];
    long v3 = key1 ^ INITIAL[3];
    for (int word = 0; word <= 3; word++) {
      long block = word == 0 ? first : word == 1 ? second : word == 2 ? END_OF_16_BYTES : 0;
      v3 ^= block;
      v2 ^= word == 3 ? 0xFF : 0;
      int rounds = word == 3 ? LAST_ROUNDS : ROUNDS;
      for (int round = 0; round < rounds; round++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= block;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
