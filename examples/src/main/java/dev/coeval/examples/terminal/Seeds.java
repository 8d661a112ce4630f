package dev.coeval.examples.terminal;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Where unpredictable numbers come from: nonces that nobody off the path can guess. */
public final class Seeds {
  private static final SecureRandom SECURE = new SecureRandom();

  private Seeds() {}

  /**
   * A generator whose numbers cannot be told from those it gave before.
   *
   * @return the shared, thread-safe generator
   */
  public static RandomGenerator secure() {
    return SECURE;
  }

  /**
   * A seed for a generator of a machine's own.
   *
   * @return 64 unpredictable bits
   */
  public static long next() {
    return SECURE.nextLong();
  }
}
