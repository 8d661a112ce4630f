package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.LinkModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where members end that have crashed: whatever happens meanwhile, all that remain say the same,
 * and have delivered the same. Many seeds each; a failure names its own.
 */
final class RemovalScenarioTest {
  private static final int SEEDS = 24;
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Room room(long seed, int size) {
    return room(seed, size, seed % 4 == 0);
  }

  private static Room room(long seed, int size, boolean isTotal) {
    Room room = new Room(seed, size, isTotal);
    room.simulation.defaultLink(
        LinkModel.exponential(Duration.ofMillis(1), Duration.ofMillis(4)).withLoss(0.1));
    room.start();
    room.simulation.runFor(SECOND);
    for (int i = 0; room.present().size() < size && i < 10; i++) {
      room.simulation.runFor(SECOND);
    }
    assertEquals(size, room.present().size(), () -> "seed " + seed);
    room.talk(Duration.ofMillis(200), STEP);
    return room;
  }

  private static Duration soon(Room room) {
    return Duration.ofMillis(room.random.nextInt(250));
  }

  private static void assertAgreed(Room room, int gone) {
    room.talk(Duration.ofMillis(300), STEP);
    room.assertQuiet(SECOND.multipliedBy(30));
    room.assertSameLasts(gone);
  }

  /** Its last messages have reached some, and each of these at another moment. */
  @Test
  void shouldEndItAtOnePlaceWhenSenderCrashesAfterSomeHadItsMessages() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Room room = room(seed, 4);
      Room.Seat crashing = room.seats.get(1);
      for (Room.Seat other : List.of(room.seats.get(0), room.seats.get(2), room.seats.get(3))) {
        if (room.random.nextInt(3) > 0) {
          room.simulation.cut(crashing.node, other.node, true);
        }
        crashing.say();
        room.simulation.runFor(Duration.ofMillis(room.random.nextInt(4)));
      }
      crashing.node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(room.random.nextInt(2) * 2).remove(crashing);
      assertAgreed(room, 1);
    }
  }

  @Test
  void shouldEndBothAtOnePlaceWhenAnotherCrashesDuringRemoval() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Room room = room(seed, 5);
      room.seats.get(1).node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(3).remove(room.seats.get(1));
      room.talk(soon(room).dividedBy(2), STEP);
      room.seats.get(4).node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(room.random.nextInt(2) * 2).remove(room.seats.get(4));
      assertAgreed(room, 2);
    }
  }

  /** Whoever began the removal has told some, or nobody. */
  @Test
  void shouldEndBothAtOnePlaceWhenTheOneThatBeganRemovalCrashes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Room room = room(seed, 4);
      room.seats.get(1).node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(3).remove(room.seats.get(1));
      room.talk(soon(room), STEP);
      room.seats.get(3).node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(0).remove(room.seats.get(1), room.seats.get(3));
      assertAgreed(room, 2);
    }
  }

  /** Two begin at once, each with another. */
  @Test
  void shouldEndBothAtOnePlaceWhenTwoRemoveOneEach() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Room room = room(seed, 5);
      room.seats.get(1).node.kill();
      room.seats.get(2).node.kill();
      room.talk(soon(room), STEP);
      room.seats.get(0).remove(room.seats.get(1));
      room.simulation.runFor(Duration.ofMillis(room.random.nextInt(60)));
      room.seats.get(4).remove(room.seats.get(2));
      assertAgreed(room, 2);
    }
  }

  /** It has not crashed at all, and goes on for itself until it hears. */
  @Test
  void shouldEndItselfWhenItWasRemovedWhileItWasCutOff() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Room room = room(seed, 4, false);
      Room.Seat cut = room.seats.get(2);
      room.simulation.partition(List.of(cut.node));
      room.talk(Duration.ofMillis(200), STEP);
      room.seats.get(0).remove(cut);
      room.talk(SECOND, STEP);
      room.simulation.heal();
      for (int i = 0; i < 20 && !cut.ended; i++) {
        room.simulation.runFor(SECOND);
      }
      List<GroupEvent.Ended> ends = cut.reports(GroupEvent.Ended.class);
      assertEquals(List.of(new GroupEvent.Ended(cut.actor, false)), ends, "seed " + seed);
      cut.node.kill();
      assertAgreed(room, 1);
      assertTrue(room.present().size() == 3, () -> "seed " + room.simulation.seed());
    }
  }
}
