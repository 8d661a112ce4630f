package dev.coeval.architecture;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What looks like an offence and is none. Read by {@link ForbiddenCallsTest}, never run. */
@SuppressWarnings("all")
final class Permitted {

  private Permitted() {}

  static Object timeFromAnArgument(Clock clock, InstantSource source) {
    return new Object[] {Instant.now(clock), source.instant(), clock.millis(), new Date(0)};
  }

  static Object seeded(long seed) {
    return new Object[] {new Random(seed), new SplittableRandom(seed)};
  }

  static RandomGenerator seededFromFactory(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static void shuffle(Random random) {
    Collections.shuffle(new ArrayList<>(), random);
  }

  static Clock fixed(Instant instant) {
    return Clock.fixed(instant, java.time.ZoneOffset.UTC);
  }
}
