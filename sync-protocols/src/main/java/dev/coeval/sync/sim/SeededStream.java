package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * One stream of random numbers for one purpose, in the form that commons-math3 takes.
 *
 * <p>Its seed is mixed from the simulation's seed, the purpose and the ends it belongs to, so that
 * a node or a link more does not change what the others draw. All arithmetic is plain Java: a seed
 * gives the same numbers on every machine.
 */
final class SeededStream implements RandomGenerator {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private SplittableRandom random;
  private double spare = Double.NaN;

  private SeededStream(long seed) {
    random = new SplittableRandom(seed);
  }

  static SeededStream of(long seed, String purpose, PeerId... ends) {
    return new SeededStream(seedOf(seed, purpose, ends));
  }

  static long seedOf(long seed, String purpose, PeerId... ends) {
    long hash = mix(seed, purpose.hashCode());
    for (PeerId end : ends) {
      for (byte b : end.address().getAddress()) {
        hash = mix(hash, b);
      }
      hash = mix(hash, end.port());
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    return (mixed ^ (mixed >>> 29)) * MULTIPLIER + 1;
  }

  /** The same stream, as the JDK's own interface. */
  SplittableRandom source() {
    return random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** An exponential of mean 1: -ln U. */
  double nextExponential() {
    return -FastMath.log(1 - random.nextDouble());
  }

  @Override
  public void setSeed(int seed) {
    setSeed((long) seed);
  }

  @Override
  public void setSeed(int[] seed) {
    long hash = 0;
    for (int part : seed) {
      hash = mix(hash, part);
    }
    setSeed(hash);
  }

  @Override
  public void setSeed(long seed) {
    random = new SplittableRandom(seed);
    spare = Double.NaN;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public int nextInt() {
    return random.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public boolean nextBoolean() {
    return random.nextBoolean();
  }

  @Override
  public float nextFloat() {
    return random.nextFloat();
  }

  @Override
  public double nextDouble() {
    return random.nextDouble();
  }

  /** Marsaglia's polar method, which gives two at a time. */
  @Override
  public double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double result = spare;
      spare = Double.NaN;
      return result;
    }
    while (true) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      double square = u * u + v * v;
      if (square > 0 && square < 1) {
        double scale = FastMath.sqrt(-2 * FastMath.log(square) / square);
        spare = v * scale;
        return u * scale;
      }
    }
  }
}
