package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The rules against what their papers promise, and sums that are exact. */
final class ConvergenceProperties {

  /** Any number of clocks, some shown differently to two readers. */
  @Property(tries = 2_000)
  void shouldStayAmongHonestAndHalveTheirSkewWhenLiarsAreTwoFaced(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int liars = random.nextInt(4);
    long[] honest = random.longs(2L * liars + 1 + random.nextInt(5), -10_000, 10_000).toArray();
    WelchLynch rule = new WelchLynch(liars);
    long low = Arrays.stream(honest).min().orElseThrow();
    long high = Arrays.stream(honest).max().orElseThrow();
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (long own : honest) {
      long set = own + rule.adjust(seenBy(own, honest, liars, random)).nanos();
      assertTrue(low - 1 <= set && set <= high + 1, "among the honest ones");
      lowest = Math.min(lowest, set);
      highest = Math.max(highest, set);
    }
    assertTrue(highest - lowest <= (high - low) / 2 + 2, "halved: " + (highest - lowest));
  }

  private static long[] seenBy(long own, long[] honest, int liars, SplittableRandom random) {
    long largest = Convergence.LARGEST_NANOS;
    long[] lies =
        LongStream.generate(
                () ->
                    switch (random.nextInt(4)) {
                      case 0 -> largest;
                      case 1 -> -largest;
                      case 2 -> own;
                      default -> random.nextLong(-20_000, 20_000);
                    })
            .limit(liars)
            .map(lie -> Math.max(-largest, Math.min(largest, lie - own)))
            .toArray();
    return LongStream.concat(Arrays.stream(honest).map(clock -> clock - own), Arrays.stream(lies))
        .sorted()
        .toArray();
  }

  @Property(tries = 2_000)
  void shouldBeExactAverageWhenDifferencesAreAsLargeAsCanBe(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] differences = new long[2 + random.nextInt(63)];
    for (int i = 0; i < differences.length; i++) {
      long largest = Convergence.LARGEST_NANOS;
      differences[i] =
          random.nextBoolean() ? random.nextLong(-largest, largest) : random.nextInt(1_000);
    }
    BigInteger sum =
        Arrays.stream(differences)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.ZERO, BigInteger::add);
    long average = new LundeliusLynch().adjust(differences).nanos();
    BigInteger n = BigInteger.valueOf(differences.length);
    BigInteger off = BigInteger.valueOf(average).multiply(n).subtract(sum).abs();
    assertTrue(off.compareTo(n) < 0, "by less than a nanosecond");
  }

  /** The conditions as the paper has them: some level at which both hold. */
  @Property(tries = 5_000)
  void shouldBeFastWhenSomeLevelSaysSo(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long delta = random.nextLong(100);
    Gradient gradient = new Gradient(2 * delta + 1 + random.nextLong(50), delta, 1_000, 100_000);
    long ahead = random.nextLong(3_000);
    long behind = random.nextLong(3_000);
    boolean fast = false;
    for (int s = 1; s < 5_000; s++) {
      long level = (2L * s - 1) * gradient.kappaNanos();
      fast |= ahead >= level - delta && behind <= level + delta;
    }
    Adjustment adjustment = gradient.adjust(new long[] {-behind, 0, ahead});
    assertEquals(fast ? 1e-6 : 0, adjustment.rate(), 1e-12);
    assertEquals(0, adjustment.nanos());
  }

  /** Against an oracle that knows which clocks are honest, and where they are. */
  @Property(tries = 5_000)
  void shouldEncloseHonestClocksButTheOutermostWhenOthersLie(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int liars = random.nextInt(4);
    int honest = 2 * liars + 1 + random.nextInt(4);
    Claim claim = new Claim(honest + liars, liars);
    long[] clocks = new long[honest];
    for (int i = 0; i < honest; i++) {
      clocks[i] = random.nextLong(-1_000, 1_000);
      claim.add(clocks[i] - random.nextLong(300), clocks[i] + random.nextLong(300));
    }
    for (int i = 0; i < liars; i++) {
      if (random.nextInt(4) == 0) {
        claim.addUnknown();
      } else {
        long lie = random.nextLong(-3_000, 3_000);
        claim.add(lie, lie + random.nextLong(100));
      }
    }
    Arrays.sort(clocks);
    var known = claim.at(0);
    assertTrue(known.lowNanos() <= clocks[liars], known + " " + Arrays.toString(clocks));
    assertTrue(known.highNanos() >= clocks[honest - 1 - liars], known.toString());
  }
}
