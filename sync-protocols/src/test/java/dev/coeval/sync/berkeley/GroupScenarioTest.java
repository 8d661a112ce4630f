package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.LinkModel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group that nothing happens to, and one after another that something does. */
final class GroupScenarioTest {
  static final LinkModel LAN =
      LinkModel.exponential(Duration.ofNanos(50_000), Duration.ofNanos(20_000));

  private static SimulatedGroup group(long seed, int size) {
    SimulatedGroup group = new SimulatedGroup(seed, size, BerkeleyConfig.member());
    group.simulation.defaultLink(LAN);
    return group.start();
  }

  @Test
  void shouldComeTogetherWhenClocksStartHalfASecondApart() {
    for (long seed = 1; seed <= 20; seed++) {
      SimulatedGroup group = group(seed, 5);
      group.runFor(Duration.ofSeconds(30));
      group.assertBoundsHeld();
      assertTrue(group.readings > 10_000, "readings " + group.readings);
      assertTrue(group.spreadNanos() < 50_000, "seed " + seed + ": " + group.spreadNanos());
      assertEquals(List.of(group.hosts.get(0)), group.leading());
    }
  }
}
