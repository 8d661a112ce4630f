package dev.coeval.logical.tree;

import java.util.Random;

/** Stamps that no short history would make: any shape, any counts. */
final class RandomTrees {

  private RandomTrees() {}

  static IntervalTreeStamp stamp(long seed) {
    Random random = new Random(seed);
    Id id = id(random, 0);
    return new IntervalTreeStamp(id == Id.NONE ? Id.ALL : id, events(random, 0));
  }

  private static Id id(Random random, int depth) {
    if (random.nextInt(6) < depth) {
      return random.nextBoolean() ? Id.ALL : Id.NONE;
    }
    return Id.of(id(random, depth + 1), id(random, depth + 1));
  }

  private static Events events(Random random, int depth) {
    if (random.nextInt(6) < depth) {
      return Events.leaf(random.nextLong() >>> (1 + random.nextInt(63)));
    }
    return Events.of(events(random, depth + 1), events(random, depth + 1));
  }
}
