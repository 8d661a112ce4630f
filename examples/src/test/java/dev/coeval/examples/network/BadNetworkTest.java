package dev.coeval.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BadNetworkTest {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final TimerId OWN = new TimerId("m", 0, 0);

  private final List<Integer> arrived = new ArrayList<>();
  private final List<TimerId> fired = new ArrayList<>();

  /** Takes note of what reaches it. */
  private final StateMachine machine =
      new StateMachine() {
        @Override
        public List<Action> start(ClockReading now) {
          return List.of();
        }

        @Override
        public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
          arrived.add(payload.getInt());
          return List.of();
        }

        @Override
        public List<Action> onTimer(ClockReading now, TimerId timer) {
          fired.add(timer);
          return List.of();
        }
      };

  private static ClockReading at(long tick) {
    return new ClockReading(tick, tick, 0);
  }

  private List<Action.SetTimer> send(BadNetwork network, int count) {
    List<Action.SetTimer> timers = new ArrayList<>();
    ByteBuffer reused = ByteBuffer.allocate(4); // as the runtime's
    for (int i = 0; i < count; i++) {
      reused.clear().putInt(i).flip();
      network
          .onDatagram(at(1000), PEER, reused.asReadOnlyBuffer())
          .forEach(action -> timers.add((Action.SetTimer) action));
    }
    return timers;
  }

  @Test
  void shouldHandOnEachOnceWithinDelayAndInAnotherOrderWhenLate() {
    BadNetwork network = new BadNetwork("m", machine, new BadNetwork.Faults(0, 500), 7);
    List<Action.SetTimer> timers = send(network, 100);
    assertTrue(timers.stream().allMatch(t -> t.atTickNanos() >= 1000 && t.atTickNanos() <= 1500));
    timers.sort(Comparator.comparingLong(Action.SetTimer::atTickNanos));
    timers.forEach(timer -> network.onTimer(at(timer.atTickNanos()), timer.timer()));
    timers.forEach(timer -> network.onTimer(at(timer.atTickNanos()), timer.timer())); // spurious
    assertEquals(100, arrived.size());
    assertNotEquals(arrived.stream().sorted().toList(), arrived);
    assertEquals(100, arrived.stream().distinct().count());
    assertEquals(List.of(), fired);
  }

  @Test
  void shouldCountWhatIsLostWhenLossIsAskedFor() {
    BadNetwork network = new BadNetwork("m", machine, new BadNetwork.Faults(0.3, 0), 7);
    assertEquals(List.of(), send(network, 1000));
    assertEquals(1000, network.lost() + network.arrived());
    assertEquals(arrived.size(), network.arrived());
    assertTrue(network.lost() > 200 && network.lost() < 400, () -> "lost " + network.lost());
  }

  @Test
  void shouldLeaveTimersToMachineWhenTheyAreItsOwn() {
    BadNetwork network = new BadNetwork("m", machine, new BadNetwork.Faults(0, 500), 7);
    network.onTimer(at(1), OWN);
    assertEquals(List.of(OWN), fired);
  }
}
