package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.AgreementConfig.Combiner;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to nodes and links: no claim is false, no term has two coordinators, and once
 * the faults are over there is one coordinator again, and the clocks are together.
 *
 * <p>Faults fall into the first {@value #FAULTY_SECONDS} seconds. Then every link is mended and
 * every process runs; {@value #CALM_SECONDS} seconds later the group must be one.
 */
final class GroupFaultsScenarioTest {
  private static final int SEEDS = 300;
  private static final int FAULTY_SECONDS = 25;
  private static final int CALM_SECONDS = 20;
  private static final long TOGETHER_NANOS = 1_000_000;

  @Test
  void shouldHoldItsClaimsWhenEverythingFails() {
    long readings = 0;
    int elected = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulatedGroup group = run(seed);
      readings += group.readings;
      elected += group.leaders.size();
    }
    assertTrue(readings > 500_000, "readings " + readings);
    assertTrue(elected > 2 * SEEDS, "terms " + elected);
  }

  private static SimulatedGroup run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BerkeleyConfig config = BerkeleyConfig.member();
    if (random.nextInt(4) == 0) {
      config = config.with(AgreementConfig.defaults().with(Combiner.MEDIAN));
    }
    SimulatedGroup group = new SimulatedGroup(seed, 3 + random.nextInt(4), config);
    group.simulation.defaultLink(link(random));
    group.start();
    int faults = 1 + random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      schedule(group, random);
    }
    group.simulation.at(Duration.ofSeconds(FAULTY_SECONDS), () -> mend(group));
    group.runFor(Duration.ofSeconds(FAULTY_SECONDS + CALM_SECONDS));
    group.assertBoundsHeld();
    String about = "seed " + seed + ": ";
    assertEquals(1, group.leading().size(), () -> about + group.leading());
    assertTrue(group.spreadNanos() < TOGETHER_NANOS, () -> about + group.spreadNanos());
    return group;
  }

  private static LinkModel link(SplittableRandom random) {
    Duration jitter = Duration.ofNanos(1_000 + random.nextInt(500_000));
    LinkModel link =
        LinkModel.exponential(Duration.ofNanos(20_000 + random.nextInt(300_000)), jitter);
    double p = random.nextDouble() * 0.2;
    return switch (random.nextInt(4)) {
      case 0 -> link.withLoss(p);
      case 1 -> link.withDuplicates(p, Duration.ofMillis(3)).withLoss(p / 2);
      case 2 -> link.withReordering(p, Duration.ofMillis(5)).withReplays(p, Duration.ofMillis(700));
      default ->
          link.withLate(p / 4, Duration.ofMillis(1500)).withReplays(p, Duration.ofSeconds(3));
    };
  }

  private static void schedule(SimulatedGroup group, SplittableRandom random) {
    Simulation simulation = group.simulation;
    SimulatedGroup.Host victim = group.hosts.get(random.nextInt(group.hosts.size()));
    long millis = random.nextLong(FAULTY_SECONDS * 1_000L);
    Duration when = Duration.ofMillis(millis);
    Duration span = Duration.ofMillis(random.nextLong(12_000));
    Duration until = when.plus(span);
    switch (random.nextInt(5)) {
      case 0 -> {
        simulation.at(when, () -> group.leading().forEach(leader -> leader.node.kill()));
        simulation.at(until, () -> restart(group));
      }
      case 1 -> {
        simulation.at(when, victim.node::kill);
        simulation.at(until, () -> restart(group));
      }
      case 2 -> simulation.at(when, () -> freeze(victim, span, random.nextBoolean()));
      case 3 -> {
        List<SimulatedGroup.Host> part = new ArrayList<>(group.hosts);
        part.removeIf(host -> random.nextBoolean());
        simulation.at(
            when, () -> simulation.partition(part.stream().map(host -> host.node).toList()));
        simulation.at(until, simulation::heal);
      }
      default -> {
        SimulatedGroup.Host other = group.hosts.get(random.nextInt(group.hosts.size()));
        if (other != victim) {
          simulation.at(when, () -> simulation.cut(victim.node, other.node, true));
          simulation.at(until, () -> simulation.cut(victim.node, other.node, false));
        }
      }
    }
  }

  private static void freeze(SimulatedGroup.Host victim, Duration span, boolean keeps) {
    if (victim.node.isAwake()) {
      victim.node.freezeFor(span, keeps);
    }
  }

  private static void restart(SimulatedGroup group) {
    for (SimulatedGroup.Host host : group.hosts) {
      if (!host.node.isRunning()) {
        host.node.restart();
      }
    }
  }

  private static void mend(SimulatedGroup group) {
    restart(group);
    group.simulation.heal();
    for (SimulatedGroup.Host host : group.hosts) {
      host.node.thaw();
      for (SimulatedGroup.Host other : group.hosts) {
        if (other != host) {
          group.simulation.cut(host.node, other.node, false);
        }
      }
    }
  }
}
