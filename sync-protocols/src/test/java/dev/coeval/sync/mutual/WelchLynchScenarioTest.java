package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.mutual.MutualGroup.Host;
import dev.coeval.sync.mutual.MutualGroup.Lie;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SkewProbe;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups with two-faced liars: held together at 3f + 1, kept apart at 3f. */
final class WelchLynchScenarioTest {
  private static final long UNCERTAINTY_NANOS = 200_000; // delays of 0.3 to 0.5 ms
  private static final long DRIFT_PPB = 50_000;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** 4 eps + 4 rho P, eps being half of what delays vary by. */
  private static final long BOUND_NANOS =
      2 * UNCERTAINTY_NANOS + 4 * DRIFT_PPB * INTERVAL.toSeconds();

  private static MutualConfig config(MutualGroup group, Host host, int liars) {
    return MutualConfig.tolerant(group.othersThan(host), liars, INTERVAL)
        .with(new RoundConfig(INTERVAL.toNanos(), 100_000_000, 1, 4, 3))
        .with(new PaceConfig(DRIFT_PPB, 5_000_000, 200_000_000));
  }

  private static void uniformDelays(MutualGroup group) {
    group.simulation.defaultLink(
        LinkModel.fixed(Duration.ofNanos(300_000))
            .withRule(
                passage -> passage.delayNanos() + passage.random().nextLong(UNCERTAINTY_NANOS)));
  }

  private static MutualGroup group(long seed, int honest, long spreadNanos) {
    MutualGroup group = new MutualGroup(seed);
    uniformDelays(group);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < honest; i++) {
      Duration offset = Duration.ofNanos(spreadNanos * i / Math.max(1, honest - 1));
      double ppm = (random.nextDouble() * 2 - 1) * DRIFT_PPB / 1e3;
      group.add(OscillatorModel.offBy(offset, ppm));
    }
    return group;
  }

  /** Tells those who are behind that it is further behind, and those ahead that it is ahead. */
  private static Lie apart(MutualGroup group, long byNanos) {
    return asker -> {
      long middle = group.lowest() + group.skewNanos() / 2;
      return asker.now() <= middle ? group.lowest() - byNanos : group.highest() + byNanos;
    };
  }

  private static void start(MutualGroup group, int liars) {
    group.hosts.forEach(host -> host.run(config(group, host, liars)));
  }

  @ParameterizedTest
  @CsvSource({"3,1,0", "3,1,100000", "3,1,900000000000", "5,2,0", "5,2,50000", "5,2,5000000000"})
  void shouldStayTogetherWhenLiarsAreFewerThanAThird(int honest, int liars, long lieNanos) {
    for (long seed = 1; seed <= 6; seed++) {
      MutualGroup group = group(seed, honest, 400_000_000);
      for (int i = 0; i < liars; i++) {
        group.addLiar(apart(group, lieNanos));
      }
      start(group, liars);
      group.checkClaims(liars);
      group.runFor(Duration.ofSeconds(40));
      long worst = group.worstSkewWhile(Duration.ofSeconds(60));
      assertTrue(worst <= BOUND_NANOS, "seed " + seed + ": " + worst + " ns");
      assertTrue(group.readings > 1_000, "claims were held against the truth");
      group.hosts.forEach(
          host -> assertEquals(SyncStatus.State.SYNCHRONIZED, host.status(), "seed"));
    }
  }

  @Test
  void shouldHoldMedianInEveryClaimWhenLookedAtAtEveryEvent() {
    MutualGroup group = group(7, 3, 400_000_000);
    group.addLiar(apart(group, 80_000));
    start(group, 1);
    SkewProbe probe =
        SkewProbe.against(
            group.simulation,
            () -> group.hosts.stream().mapToLong(Host::now).sorted().skip(1).findFirst().orElse(0));
    group.hosts.forEach(host -> probe.watch(host.node, host.clock));
    group.runFor(Duration.ofSeconds(60));
    probe.assertNoViolations();
    assertTrue(probe.readings() > 1_000);
  }

  @Test
  void shouldHalveSkewEachRoundWhenReadingsAreExact() {
    MutualGroup group = new MutualGroup(3);
    group.simulation.defaultLink(LinkModel.fixed(Duration.ofNanos(100_000)));
    for (long offset : new long[] {0, 100_000, 800_000}) {
      group.add(OscillatorModel.offBy(Duration.ofNanos(offset), 0));
    }
    group.addLiar(apart(group, 0));
    start(group, 1);
    group.runFor(Duration.ofMillis(900)); // between rounds: no clock is being set
    long before = group.skewNanos();
    assertEquals(800_000, before);
    for (int round = 1; round <= 8; round++) {
      group.runFor(INTERVAL);
      long now = group.skewNanos();
      assertTrue(now <= before / 2 + 2, "round " + round + ": " + before + " to " + now);
      before = now;
    }
    assertTrue(before <= 800_000 / 256 + 4, "at the end " + before);
  }

  /** With three clocks the liar tells each of the two others that it stands where they do. */
  @Test
  void shouldBeKeptApartForEverWhenOneOfThreeLies() {
    MutualGroup group = group(1, 2, 900_000);
    group.addLiar(apart(group, 1_000_000));
    start(group, 1);
    group.runFor(Duration.ofSeconds(310));
    Host first = group.hosts.get(0);
    Host second = group.hosts.get(1);
    double drift = second.node.frequency() - first.node.frequency();
    long alone = Math.abs(900_000 + Math.round(drift * 310e9));
    assertEquals(
        (double) alone, (double) group.skewNanos(), 10, "apart as if neither knew the other");
    assertTrue(alone > 2 * BOUND_NANOS, "far apart: " + alone);
    assertTrue(group.hosts.stream().noneMatch(Host::isSynchronized), "nor claimed to be near");

    MutualGroup honest = group(1, 3, 900_000);
    start(honest, 1);
    honest.runFor(Duration.ofSeconds(310));
    assertTrue(honest.skewNanos() <= BOUND_NANOS, "three honest ones: " + honest.skewNanos());
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5"})
  void shouldStayTogetherWhenNetworkLosesDuplicatesAndReorders(long seed) {
    MutualGroup group = group(seed, 5, 400_000_000);
    group.simulation.defaultLink(
        LinkModel.exponential(Duration.ofNanos(200_000), Duration.ofNanos(40_000))
            .withLoss(0.2)
            .withDuplicates(0.1, Duration.ofMillis(2))
            .withReordering(0.1, Duration.ofMillis(5))
            .withReplays(0.05, Duration.ofSeconds(2))
            .withLate(0.02, Duration.ofSeconds(3)));
    group.addLiar(apart(group, 30_000));
    group.addLiar(apart(group, 3_000_000));
    for (Host host : group.hosts) {
      MutualConfig config = config(group, host, 2);
      host.run(config.with(new RoundConfig(INTERVAL.toNanos(), 40_000_000, 3, 12, 3)));
    }
    group.checkClaims(2);
    group.runFor(Duration.ofSeconds(40));
    long worst = group.worstSkewWhile(Duration.ofSeconds(60));
    assertTrue(worst <= 1_000_000, "seed " + seed + ": " + worst + " ns");
    assertTrue(group.hosts.get(0).machine.rejections().total() > 0, "mishaps were counted");
    assertTrue(group.readings > 1_000);
  }

  @Test
  void shouldHoldOverAndComeBackWhenCutOff() {
    MutualGroup group = group(5, 4, 1_000_000);
    start(group, 1);
    group.checkClaims(1);
    group.runFor(Duration.ofSeconds(20));
    Host lonely = group.hosts.get(2);
    group.simulation.partition(java.util.List.of(lonely.node));
    group.runFor(Duration.ofSeconds(20));
    assertEquals(SyncStatus.State.HOLDOVER, lonely.status());
    assertTrue(lonely.isSynchronized(), "its bound goes on");
    group.simulation.heal();
    group.runFor(Duration.ofSeconds(20));
    assertEquals(SyncStatus.State.SYNCHRONIZED, lonely.status());
    assertTrue(group.skewNanos() <= BOUND_NANOS, "after 20 s: " + group.skewNanos());
  }

  @Test
  void shouldSayDisruptedAndComeBackWhenHostSlept() {
    MutualGroup group = group(6, 4, 1_000_000);
    start(group, 1);
    group.runFor(Duration.ofSeconds(20));
    Host sleeper = group.hosts.get(1);
    sleeper.node.suspendFor(Duration.ofSeconds(30));
    group.runFor(Duration.ofSeconds(31));
    assertEquals(
        true,
        sleeper.reports.stream()
            .anyMatch(
                report ->
                    report instanceof SyncStatus status
                        && status.state() == SyncStatus.State.DISRUPTED));
    group.runFor(Duration.ofSeconds(30));
    assertEquals(SyncStatus.State.SYNCHRONIZED, sleeper.status());
    assertTrue(group.skewNanos() <= BOUND_NANOS, "after: " + group.skewNanos());
  }
}
