package dev.coeval.logical.id;

import java.util.Objects;
import java.util.random.RandomGenerator;

/** A caller's random generator, used by one thread at a time: most of them need that. */
final class RandomBits {

  private final RandomGenerator random;

  RandomBits(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  /** The next bits, 1 to 64 of them, in the lower end of the number. */
  synchronized long next(int bits) {
    return random.nextLong() >>> (Long.SIZE - bits);
  }
}
