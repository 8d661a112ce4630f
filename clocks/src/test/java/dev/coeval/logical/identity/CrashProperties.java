package dev.coeval.logical.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.laws.PhysicalTime;
import dev.coeval.logical.vector.VectorClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws L7 and D5: a process that dies in the middle of any write, and starts again, any number of
 * times, gives no stamp and no dot twice.
 */
final class CrashProperties {

  private static final int LIVES = 12;
  private static final int EVENTS = 30;
  private static final int TRIES = 500;

  /** One process over all its lives, and what it ever gave out. */
  private static final class Lives {
    final Random random;
    final TornSlots disk = new TornSlots();
    final Set<String> actors = new HashSet<>();
    final Set<String> dots = new HashSet<>();
    long greatest;

    Lives(long seed) {
      random = new Random(seed);
    }

    void crashSoon() {
      disk.repair();
      disk.failAfter(random.nextInt(6), random);
    }

    SlottedMark open() throws IOException {
      SlottedMark mark = SlottedMark.open(disk, "cart", 0, random);
      assertTrue(actors.add(mark.actor().toString()), () -> "again: " + mark.actor());
      assertTrue(mark.mark() >= greatest, "the mark is below what was given");
      assertEquals(2, mark.writes());
      return mark;
    }

    void give(long number) {
      assertTrue(number > greatest, () -> number + " after " + greatest);
      greatest = number;
    }
  }

  /** Makes the clock of one life. */
  private interface Start<T> {
    LogicalClock<T> above(SlottedMark mark);
  }

  private static <T> void live(
      Lives lives, Start<T> start, ToLongFunction<T> number, long ahead, Set<T> remotes) {
    for (int life = 0; life < LIVES; life++) {
      lives.crashSoon();
      try {
        SlottedMark mark = lives.open();
        LogicalClock<T> clock = DurableClock.of(start.above(mark), number, mark, ahead);
        VectorClock dots = VectorClock.of(mark.actor().toString());
        for (int event = lives.random.nextInt(EVENTS); event > 0; event--) {
          lives.give(number.applyAsLong(clock.tick()));
          long count = dots.tick().count(dots.actor());
          assertTrue(lives.dots.add(dots.actor() + ":" + count), "a dot was given twice");
          for (T remote : remotes) {
            lives.give(number.applyAsLong(clock.receive(remote)));
          }
        }
      } catch (IOException | UncheckedIOException powerFailed) {
        assertTrue(powerFailed.getMessage() != null);
      }
    }
  }

  @Property(tries = TRIES)
  void l7ShouldGiveNoLamportStampTwiceWhenWritesAreTorn(@ForAll long seed) {
    Lives lives = new Lives(seed);
    Start<LamportTimestamp> start =
        mark -> LamportClock.resumeAbove(mark.actor().toString(), mark.mark());
    LamportTimestamp remote = new LamportTimestamp(lives.random.nextInt(100), "peer");
    long ahead = 1L + lives.random.nextInt(9);
    live(lives, start, LamportTimestamp::counter, ahead, Set.of(remote));
  }

  @Property(tries = TRIES)
  void l7ShouldGiveNoHybridStampTwiceWhenWritesAreTornAndTimeStepsBack(@ForAll long seed) {
    Lives lives = new Lives(seed);
    Start<HybridTimestamp> start =
        mark -> {
          PhysicalTime wall = new PhysicalTime(1_000 + lives.random.nextInt(1_000));
          return HybridLogicalClock.resumeAbove(
              wall, Duration.ofSeconds(5), HybridTimestamp.ofPacked(mark.mark()));
        };
    long ahead = HybridTimestamp.of(20, 0).packed();
    live(lives, start, HybridTimestamp::packed, ahead, Set.of());
  }

  /** Rot takes a write back, but never the incarnation: only the actor protects the stamps then. */
  @Property(tries = TRIES)
  void d5ShouldNeverGiveAnActorTwiceWhenAByteRots(@ForAll long seed) throws IOException {
    Lives lives = new Lives(seed);
    for (int life = 0; life < LIVES; life++) {
      try {
        SlottedMark mark = SlottedMark.open(lives.disk, "cart", 0, lives.random);
        assertTrue(lives.actors.add(mark.actor().toString()), () -> "again: " + mark.actor());
        for (int write = lives.random.nextInt(4); write > 0; write--) {
          mark.cover(mark.mark() + 1, 5);
        }
      } catch (LostPastException lost) {
        assertEquals(LostPastException.Reason.DAMAGED, lost.reason());
        SlottedMark mark = SlottedMark.startLineage(lives.disk, "cart", 0, lives.random);
        assertTrue(lives.actors.add(mark.actor().toString()), () -> "again: " + mark.actor());
      }
      byte[] slot = lives.disk.slot(lives.random.nextInt(2));
      slot[lives.random.nextInt(slot.length)] ^= (byte) (1 << lives.random.nextInt(8));
    }
  }
}
