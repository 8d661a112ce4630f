package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One sequence at all members, checked at each delivery, and no message before its past. */
final class TotalOrderScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDeliverOneSequenceEverywhereWhenLinksAreBadAndPart(long seed) {
    Room room = new Room(seed, 5, true);
    room.simulation.defaultLink(Room.bad());
    room.start();
    room.talk(SECOND.multipliedBy(8), Duration.ofMillis(20));
    room.simulation.partition(List.of(room.seats.get(0).node, room.seats.get(3).node));
    room.simulation.runFor(Duration.ofMillis(100));
    int before = room.order.size();
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    assertTrue(room.order.size() - before < 100, "nobody can know what the other part says");
    room.simulation.heal();
    room.talk(SECOND.multipliedBy(2), Duration.ofMillis(20));
    room.assertQuiet(SECOND.multipliedBy(30));
    assertTrue(room.order.size() > 400 && room.order.size() == room.said());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldGoOnWithOneSequenceWhenMembersComeCrashAndAreRemoved(long seed) {
    Room room = new Room(seed, 5, true);
    room.simulation.defaultLink(Room.bad());
    for (int i = 0; i < 4; i++) {
      room.seats.get(i).start(i == 0 ? List.of() : List.of(room.seats.get(0)));
    }
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    room.seats.get(4).start(List.of(room.seats.get(2)));
    room.talk(SECOND.multipliedBy(4), Duration.ofMillis(20));
    room.seats.get(1).node.kill();
    room.talk(SECOND.multipliedBy(3), Duration.ofMillis(20));
    int blocked = room.order.size();
    room.simulation.runFor(SECOND);
    assertEquals(blocked, room.order.size(), "a silent member holds up all");
    room.seats.get(3).remove(room.seats.get(1));
    room.talk(SECOND.multipliedBy(3), Duration.ofMillis(20));
    room.assertQuiet(SECOND.multipliedBy(30));
    assertTrue(room.order.size() > blocked);
    assertEquals(4, room.present().size());
  }
}
