package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The memory against a map that forgets nothing. */
final class InterleavedMemoryProperties {

  private record Name(long client, long receive) {}

  private record Rest(long transmit, long tick, long error) {}

  private static StampPair pair(Random random, long receive, long tick) {
    StampPair pair = new StampPair();
    pair.receive = receive;
    pair.transmit = random.nextLong();
    pair.transmitTick = tick;
    pair.errorNanos = random.nextInt(1_000_000);
    return pair;
  }

  private static Rest rest(StampPair pair) {
    return new Rest(pair.transmit, pair.transmitTick, pair.errorNanos);
  }

  @Property(tries = 300)
  void shouldFindOnlyWhatWasKeptForTheOneWhoAsks(@ForAll long seed) {
    Random random = new Random(seed);
    InterleavedMemory memory = new InterleavedMemory(1 << random.nextInt(7));
    Map<Name, Rest> all = new HashMap<>();
    StampPair found = new StampPair();
    for (int i = 0; i < 300; i++) {
      long client = random.nextInt(20);
      long receive = random.nextInt(64) * 2L + 1;
      if (random.nextInt(3) > 0) {
        StampPair pair = pair(random, receive, i);
        if (memory.save(client, pair)) {
          assertTrue(pair.receive >= receive && pair.receive - receive <= 10);
          assertEquals(1, pair.receive & 1);
          all.put(new Name(client, pair.receive), rest(pair));
          assertTrue(memory.find(client, pair.receive, found), "what was just kept");
        }
      } else if (random.nextBoolean()) {
        StampPair better = pair(random, receive, i);
        memory.refine(client, better);
        all.computeIfPresent(new Name(client, receive), (name, old) -> rest(better));
      }
      long asked = random.nextInt(64) * 2L + 1;
      if (memory.find(client, asked, found)) {
        assertEquals(asked, found.receive);
        assertEquals(all.get(new Name(client, asked)), rest(found));
      }
    }
    assertFalse(memory.find(0, 0, found), "0 names nothing");
  }

  /** However much others ask, an address keeps its last four pairs unless the set is crowded. */
  @Property(tries = 100)
  void shouldKeepOthersPairsWhenOneClientAsksFast(@ForAll long seed) {
    Random random = new Random(seed);
    InterleavedMemory memory = new InterleavedMemory(8);
    Deque<Long> mine = new ArrayDeque<>();
    for (int i = 0; i < 4; i++) {
      StampPair pair = pair(random, 2L * i + 1, i);
      memory.save(7, pair);
      mine.add(pair.receive);
    }
    for (int i = 0; i < 200; i++) {
      memory.save(8, pair(random, 2L * random.nextInt(1000) + 1, 10 + i));
    }
    for (long receive : mine) {
      assertTrue(memory.find(7, receive, new StampPair()));
      assertFalse(memory.find(9, receive, new StampPair()), "it is another's");
    }
  }

  /** Replies at one instant are told apart, as long as there is one who could confuse them. */
  @Property(tries = 50)
  void shouldNameEachReplyOnceWhenManyArriveAtOneInstant(@ForAll long seed) {
    Random random = new Random(seed);
    InterleavedMemory memory = new InterleavedMemory(1024);
    Set<Name> names = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      long client = random.nextInt(5);
      StampPair pair = pair(random, i / 50 * 4 + 1, i);
      if (memory.save(client, pair)) {
        assertTrue(names.add(new Name(client, pair.receive)), "a name given twice");
      }
    }
    assertTrue(names.size() >= 5 * 5, "the first five of each are kept");
  }
}
