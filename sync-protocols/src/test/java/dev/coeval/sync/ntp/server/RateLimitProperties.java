package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The bucket against the law that it is to enforce, which knows of no bucket: of the replies in any
 * span there are never more than the burst and one for each interval of the span (Cruz 1991), and a
 * request is refused only if it would break this.
 */
final class RateLimitProperties {
  private static final class Law {
    private final long interval;
    private final long burst;
    private final List<Long> replies = new ArrayList<>();
    private boolean isEmptied;
    private long emptiedAt;

    Law(RateLimit limit) {
      this.interval = (long) (1e9 * Math.pow(2, limit.intervalExponent()));
      this.burst = limit.burst();
    }

    boolean allows(long now) {
      long since = 0;
      for (int i = replies.size() - 1; i >= 0; i--) {
        since++;
        if ((since + 1 - burst) * interval > now - replies.get(i)) {
          return false;
        }
      }
      return !isEmptied || (since + 1) * interval <= now - emptiedAt;
    }

    void emptied(long now) {
      replies.clear();
      isEmptied = true;
      emptiedAt = now;
    }
  }

  private static ClientKey key(int number) {
    return new ClientKey(AddressHash.ofSeed(1)).set(PeerId.simulated(number).address());
  }

  @Property(tries = 300)
  void shouldAnswerExactlyWhatTheLawAllows(
      @ForAll long seed,
      @ForAll @IntRange(min = -19, max = 12) int exponent,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @IntRange(min = -1, max = 3) int leak) {
    RateLimit limit = new RateLimit(exponent, burst, leak == 0 ? RateLimit.NEVER : leak, 1);
    ClientTable table = new ClientTable(new ServerMemory(8, 0, seed), limit);
    Random times = new Random(seed);
    SplittableRandom random = new SplittableRandom(seed);
    Law law = new Law(limit);
    ClientKey client = key(1);
    long now = times.nextLong();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (int i = 0; i < 300; i++) {
      Verdict verdict = table.admit(client, now, random);
      counts.merge(verdict, 1, Integer::sum);
      assertEquals(law.allows(now), verdict == Verdict.ANSWER, "request " + i);
      if (verdict == Verdict.ANSWER) {
        law.replies.add(now);
      } else if (verdict == Verdict.LEAK) {
        law.emptied(now);
      }
      boolean isBurst = times.nextInt(3) > 0;
      now += (long) (law.interval * (isBurst ? times.nextDouble() : 3 * times.nextDouble()));
      now += times.nextInt(40) == 0 ? law.interval * (burst + 1) : 0;
    }
    assertTrue(leak > 0 || counts.getOrDefault(Verdict.LEAK, 0) == 0);
    ClientStatistics said = table.snapshot().get(0);
    assertEquals(PeerId.simulated(1).address(), said.address());
    assertEquals(
        new ClientStatistics.Counts(
            300, counts.getOrDefault(Verdict.DROP, 0), counts.getOrDefault(Verdict.KISS, 0)),
        said.counts());
  }

  /** One in 2ᵏ leaks, and of the others one in 2ᵐ is kissed: within five standard deviations. */
  @Property(tries = 40)
  void shouldLeakAndKissAsOftenAsTold(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int leak,
      @ForAll @IntRange(min = 0, max = 5) int kiss) {
    RateLimit limit = new RateLimit(12, 1, leak, kiss);
    ClientTable table = new ClientTable(new ServerMemory(1, 0, seed), limit);
    SplittableRandom random = new SplittableRandom(seed);
    ClientKey client = key(1);
    table.admit(client, 0, random);
    int leaked = 0;
    int kissed = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      Verdict verdict = table.admit(client, 0, random);
      leaked += verdict == Verdict.LEAK ? 1 : 0;
      kissed += verdict == Verdict.KISS ? 1 : 0;
    }
    assertNear(n, 1.0 / (1 << leak), leaked);
    assertNear(n, (1 - 1.0 / (1 << leak)) / (1 << kiss), kissed);
  }

  private static void assertNear(int n, double probability, int seen) {
    double deviation = Math.sqrt(n * probability * (1 - probability));
    assertEquals(n * probability, seen, 5 * deviation + 1);
  }
}
