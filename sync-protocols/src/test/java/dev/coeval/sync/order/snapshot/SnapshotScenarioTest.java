package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Money flies, processes die and come back: every snapshot is a consistent cut with the whole
 * money, and every one ends.
 */
final class SnapshotScenarioTest {
  private static final int SEEDS = 15;
  private static final Duration FAULTY = Duration.ofSeconds(8);
  private static final Duration END = Duration.ofSeconds(30);

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @ParameterizedTest
  @EnumSource
  void s1s2s4s5s7ShouldHoldWhenEverythingFails(SnapshotAlgorithm algorithm) {
    int taken = 0;
    int inChannels = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Bank bank = run(seed, algorithm);
      taken += bank.taken;
      inChannels += bank.transfersInChannels;
    }
    assertTrue(taken > 30 * SEEDS, "taken " + taken);
    assertTrue(inChannels > 10 * SEEDS, "on their way " + inChannels);
  }

  private static Bank run(long seed, SnapshotAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    Duration timeout = random.nextBoolean() ? millis(400) : Duration.ofSeconds(20);
    Bank bank = new Bank(seed, 2 + random.nextInt(3), algorithm, timeout);
    bank.simulation.defaultLink(link(random));
    bank.start().transferEvery(millis(12), FAULTY).snapshotEvery(millis(60), FAULTY);
    for (int i = 2 + random.nextInt(6); i > 0; i--) {
      schedule(bank, random);
    }
    bank.simulation.at(FAULTY, () -> mend(bank));
    bank.simulation.runFor(END);
    String about = "seed " + seed + ": ";
    assertTrue(bank.isQuiet(), () -> about + "something never ended");
    assertEquals(Bank.BALANCE * bank.branches.size(), bank.total(), about);
    int before = bank.taken + bank.aborted.size();
    bank.branches.forEach(bank::snapshot); // all at once
    bank.simulation.runFor(Duration.ofSeconds(5));
    assertEquals(before + bank.branches.size(), bank.taken + bank.aborted.size(), about);
    return bank;
  }

  private static LinkModel link(SplittableRandom random) {
    LinkModel link =
        LinkModel.exponential(
            Duration.ofNanos(20_000 + random.nextInt(3_000_000)),
            Duration.ofNanos(1_000 + random.nextInt(9_000_000)));
    double p = random.nextDouble() * 0.3;
    return switch (random.nextInt(4)) {
      case 0 -> link.withLoss(p);
      case 1 -> link.withDuplicates(p, millis(3)).withLoss(p / 2);
      case 2 -> link.withReordering(p, millis(25)).withReplays(p, millis(700));
      default -> link.withLate(p / 4, millis(1_500)).withReplays(p, Duration.ofSeconds(3));
    };
  }

  private static void schedule(Bank bank, SplittableRandom random) {
    Simulation simulation = bank.simulation;
    Bank.Branch victim = bank.branches.get(random.nextInt(bank.branches.size()));
    Duration when = millis(random.nextLong(FAULTY.toMillis()));
    Duration until = when.plusMillis(random.nextLong(2_000));
    switch (random.nextInt(6)) {
      case 0 -> simulation.at(when, victim.node::restart);
      case 1 -> {
        simulation.at(when, victim.node::kill);
        simulation.at(until, () -> restart(victim));
      }
      case 2, 3 -> {
        int point = 1 + random.nextInt(2);
        simulation.at(when, () -> victim.diesAtSave = point);
        simulation.at(until, () -> restart(victim));
      }
      case 4 -> {
        List<SimulatedNode> part =
            new ArrayList<>(bank.branches.stream().map(branch -> branch.node).toList());
        part.removeIf(node -> random.nextBoolean());
        simulation.at(when, () -> simulation.partition(part));
        simulation.at(until, simulation::heal);
      }
      default ->
          simulation.at(
              when,
              () -> {
                if (victim.node.isAwake()) {
                  victim.node.freezeFor(until.minus(when), random.nextBoolean());
                }
              });
    }
  }

  private static void restart(Bank.Branch branch) {
    branch.diesAtSave = 0;
    if (!branch.node.isRunning()) {
      branch.node.restart();
    }
  }

  private static void mend(Bank bank) {
    bank.simulation.heal();
    for (Bank.Branch branch : bank.branches) {
      restart(branch);
      branch.node.thaw();
    }
  }
}
