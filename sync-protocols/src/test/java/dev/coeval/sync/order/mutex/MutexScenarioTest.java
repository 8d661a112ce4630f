package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.link.LinkEvent;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to nodes and links: one inside at most; and when it is over, all are served. */
final class MutexScenarioTest {
  private static final int SEEDS = 25;
  private static final int FAULTY_SECONDS = 8;
  private static final int CALM_SECONDS = 15;

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @ParameterizedTest
  @EnumSource
  void x4ShouldCountExactMessagesWhenNetworkOnlyLoses(MutexAlgorithm algorithm) {
    for (int size = 1; size <= 5; size++) {
      LockGroup group = new LockGroup(size, size, algorithm);
      group.simulation.defaultLink(
          LinkModel.exponential(Duration.ofNanos(200_000), millis(2)).withLoss(0.2));
      group.start().simulation.runFor(Duration.ofSeconds(8));
      group.calmDown();
      group.simulation.runFor(Duration.ofSeconds(CALM_SECONDS));
      assertTrue(group.isQuiet());
      // Only that something happened: twelve seeds of four members gave 36 to 261.
      assertTrue(group.entries() > 40, "entries " + group.entries());
      int each = algorithm == MutexAlgorithm.LAMPORT ? 3 : 2;
      assertEquals((long) each * (size - 1) * group.entries(), group.messages());
    }
  }

  @ParameterizedTest
  @EnumSource
  void x1x2x3ShouldHoldWhenEverythingFails(MutexAlgorithm algorithm) {
    int entries = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      entries += run(seed, algorithm).entries();
    }
    assertTrue(entries > 50 * SEEDS, "entries " + entries);
  }

  private static LockGroup run(long seed, MutexAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    LockGroup group = new LockGroup(seed, 2 + random.nextInt(3), algorithm);
    group.simulation.defaultLink(link(random));
    group.start();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      schedule(group, random);
    }
    group.simulation.at(Duration.ofSeconds(FAULTY_SECONDS), () -> mend(group));
    group.simulation.runFor(Duration.ofSeconds(FAULTY_SECONDS + 3));
    group.calmDown();
    group.simulation.runFor(Duration.ofSeconds(CALM_SECONDS));
    assertTrue(group.isQuiet(), () -> "seed " + seed + ": a request was not served");
    return group;
  }

  private static LinkModel link(SplittableRandom random) {
    LinkModel link =
        LinkModel.exponential(
            Duration.ofNanos(20_000 + random.nextInt(300_000)),
            Duration.ofNanos(1_000 + random.nextInt(3_000_000)));
    double p = random.nextDouble() * 0.3;
    return switch (random.nextInt(4)) {
      case 0 -> link.withLoss(p);
      case 1 -> link.withDuplicates(p, millis(3)).withLoss(p / 2);
      case 2 -> link.withReordering(p, millis(5)).withReplays(p, millis(700));
      default -> link.withLate(p / 4, millis(1_500)).withReplays(p, Duration.ofSeconds(3));
    };
  }

  private static void schedule(LockGroup group, SplittableRandom random) {
    Simulation simulation = group.simulation;
    LockGroup.Member victim = group.members.get(random.nextInt(group.members.size()));
    Duration when = millis(random.nextLong(FAULTY_SECONDS * 1_000L));
    Duration until = when.plusMillis(random.nextLong(4_000));
    switch (random.nextInt(5)) {
      case 0 -> simulation.at(when, victim::restart);
      case 1 -> {
        simulation.at(when, victim::kill);
        simulation.at(until, () -> restart(victim));
      }
      case 2 ->
          simulation.at(
              when,
              () -> {
                if (victim.node.isAwake()) {
                  victim.node.freezeFor(until.minus(when), random.nextBoolean());
                }
              });
      case 3 -> {
        List<SimulatedNode> part =
            new ArrayList<>(group.members.stream().map(member -> member.node).toList());
        part.removeIf(node -> random.nextBoolean());
        simulation.at(when, () -> simulation.partition(part));
        simulation.at(until, simulation::heal);
      }
      default -> {
        LockGroup.Member other = group.members.get(random.nextInt(group.members.size()));
        if (other != victim) {
          simulation.at(when, () -> simulation.cut(victim.node, other.node, true));
          simulation.at(until, () -> simulation.cut(victim.node, other.node, false));
        }
      }
    }
  }

  private static void restart(LockGroup.Member member) {
    if (!member.node.isRunning()) {
      member.restart();
    }
  }

  private static void mend(LockGroup group) {
    group.simulation.heal();
    for (LockGroup.Member member : group.members) {
      restart(member);
      member.node.thaw();
      for (LockGroup.Member other : group.members) {
        if (other != member) {
          group.simulation.cut(member.node, other.node, false);
        }
      }
    }
  }

  @Test
  void shouldBlockUntilItsOwnerRemovesAMemberThatDied() {
    LockGroup group = new LockGroup(7, 3, MutexAlgorithm.RICART_AGRAWALA).start();
    group.simulation.runFor(Duration.ofSeconds(1));
    LockGroup.Member dead = group.members.get(2);
    dead.kill();
    group.simulation.runFor(Duration.ofSeconds(10));
    LockGroup.Member alive = group.members.get(0);
    int entries = group.entries();
    assertEquals(MutexPhase.WAITING, alive.machine.phase());
    assertTrue(alive.machine.waitsFor().contains("c"), () -> "" + alive.machine.waitsFor());
    assertTrue(alive.reports.contains(new LinkEvent.Silent(dead.node.id())));
    group.members.stream()
        .limit(2)
        .forEach(each -> each.node.submit(now -> each.machine.remove(now, "c")));
    group.simulation.runFor(Duration.ofSeconds(1));
    assertTrue(group.entries() > entries + 5, "entries " + group.entries());
    dead.restart(); // nobody listens to it: it does not get in
    int its = dead.entries;
    group.simulation.runFor(Duration.ofSeconds(5));
    assertEquals(its, dead.entries);
    assertEquals(MutexPhase.JOINING, dead.machine.phase());
    assertEquals(List.of("a", "b"), List.copyOf(dead.machine.waitsFor()));
  }
}
