package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.LinkModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws B1 to B8 of causal broadcast: each delivery is checked, the rest once the network heals. */
final class CausalBroadcastScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDeliverEverythingInCausalOrderWhenLinksAreBad(long seed) {
    Room room = new Room(seed, 5, false);
    room.simulation.defaultLink(Room.bad());
    room.start();
    room.talk(SECOND.multipliedBy(20), Duration.ofMillis(20));
    assertEquals(5, room.present().size());
    room.assertQuiet(SECOND.multipliedBy(30));
    assertTrue(room.said() > 500, () -> "only " + room.said());
    room.assertEverybodyHasAll();
    assertTrue(room.stableChecks() > 5 * room.said(), "each message is called stable somewhere");
  }

  @Test
  void shouldAnswerThatTheWindowIsFullWhenAMemberCannotBeReached() {
    Room room = new Room(1, 3, false);
    room.simulation.defaultLink(LinkModel.exponential(Duration.ofMillis(1), Duration.ofMillis(1)));
    room.start();
    room.talk(SECOND, Duration.ofMillis(20));
    room.simulation.partition(List.of(room.seats.get(2).node));
    Room.Seat sender = room.seats.get(0);
    sender.answers.clear();
    int window = BroadcastConfig.joining("n0", List.of()).windowMessages();
    for (int i = 0; i < window + 50; i++) {
      sender.say();
      room.simulation.runFor(Duration.ofMillis(2));
    }
    assertTrue(sender.answers.get(BroadcastAnswer.SENT) <= window, sender.answers::toString);
    assertTrue(sender.answers.get(BroadcastAnswer.WINDOW_FULL) >= 50, sender.answers::toString);
    room.simulation.heal();
    room.assertQuiet(SECOND.multipliedBy(30));
    room.assertEverybodyHasAll();
  }

  /** The sender of an answer had the question; who has the answer gets the question too (B8). */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDeliverEverywhereWhenSenderCrashesAfterOneHadItsMessage(long seed) {
    Room room = new Room(seed, 4, false);
    room.simulation.defaultLink(LinkModel.fixed(Duration.ofMillis(5)));
    room.start();
    room.simulation.runFor(SECOND);
    Room.Seat crashing = room.seats.get(1);
    for (int i = 2; i < 4; i++) { // only seat 0 hears it
      room.simulation.cut(crashing.node, room.seats.get(i).node, true);
    }
    crashing.say();
    room.simulation.runFor(Duration.ofMillis(20));
    crashing.node.kill();
    room.seats.get(0).say();
    room.simulation.runFor(SECOND);
    for (Room.Seat seat : room.present()) {
      assertEquals(2, seat.delivered.size(), () -> room.where(seat));
    }
    room.simulation.runFor(SECOND.multipliedBy(3));
    assertTrue(room.seats.get(2).reports.contains(new GroupEvent.MemberSilent(crashing.actor)));
    room.seats.get(2).remove(crashing);
    room.assertQuiet(SECOND.multipliedBy(10));
    assertEquals(3, room.seats.get(0).group().buffer().members().size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldGoOnInBothPartsAndComeTogetherWhenPartitionHeals(long seed) {
    Room room = new Room(seed, 5, false);
    room.simulation.defaultLink(Room.bad());
    room.start();
    room.talk(SECOND.multipliedBy(5), Duration.ofMillis(20));
    room.simulation.partition(List.of(room.seats.get(0).node, room.seats.get(3).node));
    room.talk(SECOND.multipliedBy(6), Duration.ofMillis(20));
    assertTrue(room.seats.get(3).delivered.size() > 100);
    room.simulation.heal();
    room.talk(SECOND.multipliedBy(2), Duration.ofMillis(20));
    room.assertQuiet(SECOND.multipliedBy(30));
    room.assertEverybodyHasAll();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldKeepTheLawsWhenMembersComeAndGo(long seed) {
    Room room = new Room(seed, 6, false);
    room.simulation.defaultLink(Room.bad());
    for (int i = 0; i < 4; i++) {
      room.seats.get(i).start(i == 0 ? List.of() : List.of(room.seats.get(0)));
    }
    room.talk(SECOND.multipliedBy(5), Duration.ofMillis(20));
    room.seats.get(4).start(List.of(room.seats.get(2)));
    room.seats.get(5).start(List.of(room.seats.get(3)));
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    assertEquals(6, room.present().size(), () -> "seed " + seed + room.seats);
    room.seats.get(0).leave();
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    assertTrue(room.seats.get(0).ended);
    room.seats.get(2).node.kill();
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    room.seats.get(2).node.restart();
    room.talk(SECOND.multipliedBy(12), Duration.ofMillis(20));
    room.assertQuiet(SECOND.multipliedBy(30));
    assertEquals(5, room.present().size(), () -> "seed " + seed + room.seats);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldAgreeWhereTheyEndWhenTwoMembersCrash(long seed) {
    Room room = new Room(seed, 5, false);
    room.simulation.defaultLink(Room.bad());
    room.start();
    room.talk(SECOND.multipliedBy(3), Duration.ofMillis(10));
    room.seats.get(1).node.kill();
    room.talk(Duration.ofMillis(30 * seed), Duration.ofMillis(10));
    room.seats.get(3).remove(room.seats.get(1));
    room.talk(Duration.ofMillis(20 * seed), Duration.ofMillis(10));
    room.seats.get(4).node.kill();
    room.talk(Duration.ofMillis(50), Duration.ofMillis(10));
    room.seats.get(0).remove(room.seats.get(4));
    room.seats.get(2).remove(room.seats.get(4), room.seats.get(1));
    room.talk(SECOND.multipliedBy(5), Duration.ofMillis(20));
    room.assertQuiet(SECOND.multipliedBy(30));
    assertEquals(3, room.seats.get(0).group().buffer().members().size());
  }
}
