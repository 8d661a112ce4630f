package dev.coeval.logical.approximate;

import java.nio.charset.StandardCharsets;

/**
 * Where actors and events fall. The finalizer of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood,
 * "Fast splittable pseudorandom number generators", 2014) over FNV-1a of the actor's UTF-8 bytes.
 * No defence against actors that choose their names so as to collide.
 */
final class Hash {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private Hash() {}

  static long of(String actor) {
    long hash = FNV_OFFSET;
    for (byte unit : actor.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (unit & 0xFF)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** The hash of one of the draws that an actor's event makes. */
  static long of(long actorHash, long event, int draw) {
    return mix(mix(actorHash + GAMMA * event) + GAMMA * (draw + 1));
  }

  /** A place of a number of them, at most 2^31, that a hash falls on. */
  static int place(long hash, int places) {
    return (int) (((hash >>> 32) * places) >>> 32);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
