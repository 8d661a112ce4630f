package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How large stamps get when a group of twelve keeps exchanging its members, in bits without the
 * header byte. Seeded, so the figures are exact; they are here to be compared with publications.
 */
final class IntervalTreeSizeTest {

  private static final int REPLICAS = 12;
  private static final int ROUNDS = 20_000;
  private static final int SETTLED = 2_000;

  private final Random random = new Random(12);
  private final List<IntervalTreeStamp> live = new ArrayList<>(List.of(IntervalTreeStamp.seed()));
  private final LongSummaryStatistics stamps = new LongSummaryStatistics();
  private final LongSummaryStatistics ids = new LongSummaryStatistics();

  private void fork() {
    IntervalTreeStamp.Fork fork = live.remove(random.nextInt(live.size())).fork();
    live.add(fork.first());
    live.add(fork.second());
  }

  private void join() {
    IntervalTreeStamp retired = live.remove(random.nextInt(live.size()));
    live.add(live.remove(random.nextInt(live.size())).join(retired));
  }

  private void event() {
    live.add(live.remove(random.nextInt(live.size())).event());
  }

  private void message() {
    int from = random.nextInt(live.size());
    IntervalTreeStamp.Sending sending = live.get(from).send();
    live.set(from, sending.stamp());
    int to = random.nextInt(live.size());
    live.set(to, live.get(to).receive(sending.message()));
  }

  private void measure(int round) {
    if (round >= SETTLED) {
      IntervalTreeStamp stamp = live.get(random.nextInt(live.size()));
      stamps.accept(IntervalTreeStampCodec.bits(stamp));
      ids.accept(TreeBits.lengthOf(stamp.id()));
    }
  }

  private void assertMeans(long stampBits, long idBits) {
    assertEquals(stampBits, Math.round(stamps.getAverage()), stamps::toString);
    assertEquals(idBits, Math.round(ids.getAverage()), ids::toString);
    assertTrue(stamps.getMax() <= 1_000, stamps::toString);
    assertTrue(ids.getMax() <= 350, ids::toString);
  }

  /** The paper's scenario: each round one stamp forks, one has an event, and two others join. */
  @Test
  void shouldStaySmallWhenStampsAreForkedAndJoinedAtRandom() {
    for (int round = 0; round < ROUNDS; round++) {
      fork();
      event();
      if (live.size() > REPLICAS) {
        join();
      }
      measure(round);
    }
    assertMeans(433, 54);
  }

  /** Messages all the time, and now and then a member leaves and another comes. */
  @Test
  void shouldStaySmallerWhenMembersExchangeMessages() {
    for (int round = 0; round < ROUNDS; round++) {
      if (live.size() < REPLICAS) {
        fork();
      } else if (random.nextInt(20) == 0) {
        join();
      }
      message();
      measure(round);
    }
    assertMeans(538, 52);
  }
}
