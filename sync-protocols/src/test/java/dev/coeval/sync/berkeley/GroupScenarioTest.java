package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.MemberStatus.State;
import dev.coeval.sync.berkeley.SimulatedGroup.Host;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.SkewProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group that nothing happens to, and groups that one thing happens to, with numbers. */
final class GroupScenarioTest {
  private static final LinkModel LAN =
      LinkModel.exponential(Duration.ofNanos(50_000), Duration.ofNanos(20_000));
  private static final long CLOSE_NANOS = 50_000;

  /** Three silent intervals, one random one, the ballot, the first round. */
  private static final Duration ELECTION = Duration.ofMillis(5_500);

  private static SimulatedGroup group(long seed, int size) {
    SimulatedGroup group = new SimulatedGroup(seed, size, BerkeleyConfig.member());
    group.simulation.defaultLink(LAN);
    return group.start();
  }

  private static SimulatedGroup settled(long seed, int size) {
    SimulatedGroup group = group(seed, size);
    group.runFor(Duration.ofSeconds(15));
    return group;
  }

  private static State stateOf(SimulatedGroup group, Host member) {
    RoundCompleted last = group.rounds.get(group.rounds.size() - 1);
    return last.members().stream()
        .filter(status -> status.member().equals(member.node.id()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static void assertTogether(SimulatedGroup group) {
    long seed = group.simulation.seed();
    assertTrue(
        group.spreadNanos() < CLOSE_NANOS, () -> "seed " + seed + ": " + group.spreadNanos());
    group.assertBoundsHeld();
  }

  @Test
  void shouldComeTogetherWhenClocksStartHalfASecondApart() {
    for (long seed = 1; seed <= 20; seed++) {
      SimulatedGroup group = group(seed, 5);
      group.runFor(Duration.ofSeconds(4));
      SkewProbe probe = SkewProbe.againstMean(group.simulation);
      group.hosts.forEach(host -> probe.watch(host.node, host.clock));
      group.runFor(Duration.ofSeconds(26));
      probe.assertNoViolations();
      assertTogether(group);
      assertTrue(group.readings > 10_000, "readings " + group.readings);
      assertEquals(List.of(group.hosts.get(0)), group.leading());
      for (Host host : group.hosts) {
        assertEquals(SyncStatus.State.SYNCHRONIZED, host.status());
        assertTrue(host.model().steps() <= 1, "one step, at the start");
        assertTrue(host.model().maxErrorNanosAt(host.node.tickNanos()) < 2_000_000);
      }
    }
  }

  @Test
  void shouldElectAnotherWhenTheCoordinatorDies() {
    for (long seed = 1; seed <= 10; seed++) {
      SimulatedGroup group = settled(seed, 4);
      Host dead = group.hosts.get(0);
      dead.node.kill();
      group.runFor(ELECTION);
      assertEquals(1, group.leading().size(), "seed " + seed);
      assertEquals(2, group.leading().get(0).machine.term().number());
      group.runFor(Duration.ofSeconds(5));
      assertTogether(group);
      assertEquals(State.UNREACHABLE, stateOf(group, dead));
      dead.node.restart();
      group.runFor(Duration.ofSeconds(15));
      assertEquals(Role.MEMBER, dead.machine.role(), "the old one rejoins as a member");
      assertEquals(State.TAKING_PART, stateOf(group, dead));
      assertTogether(group);
    }
  }

  @Test
  void shouldBeLeftOutAndTakenBackWhenAMemberFreezes() {
    SimulatedGroup group = settled(3, 4);
    Host frozen = group.hosts.get(2);
    frozen.node.freeze(false);
    group.runFor(Duration.ofMillis(1_600));
    assertEquals(State.UNREACHABLE, stateOf(group, frozen));
    group.runFor(Duration.ofSeconds(8));
    frozen.node.thaw();
    group.runFor(Duration.ofSeconds(3));
    assertEquals(State.TAKING_PART, stateOf(group, frozen));
    group.runFor(Duration.ofSeconds(5));
    assertTogether(group);
    assertEquals(List.of(group.hosts.get(0)), group.leading());
  }

  @Test
  void shouldBeLeftOutUntilItHealsWhenAMembersHostSleeps() {
    SimulatedGroup group = settled(4, 5);
    Host asleep = group.hosts.get(3);
    asleep.node.suspendFor(Duration.ofMillis(2_200));
    group.runFor(Duration.ofSeconds(4));
    assertEquals(State.TOO_FAR, stateOf(group, asleep));
    assertEquals(SyncStatus.State.DISRUPTED, asleep.reports(SyncStatus.class).get(1).state());
    group.runFor(Duration.ofSeconds(40)); // 2.2 s at a twelfth, and the last bit
    assertEquals(State.TAKING_PART, stateOf(group, asleep));
    assertEquals(SyncStatus.State.SYNCHRONIZED, asleep.status());
    group.forgetViolations(); // a clock that stands still breaks what all is built on
    group.runFor(Duration.ofSeconds(10));
    assertTogether(group);
  }

  @Test
  void shouldHealWhenTheCoordinatorsHostSleeps() {
    SimulatedGroup group = settled(5, 4);
    Host asleep = group.hosts.get(0);
    asleep.node.suspendFor(Duration.ofMillis(1_500));
    group.runFor(Duration.ofSeconds(40));
    group.forgetViolations();
    group.runFor(Duration.ofSeconds(10));
    assertTogether(group);
    assertEquals(1, group.leading().size());
  }

  @Test
  void shouldHaveOneCoordinatorAgainWhenAPartitionHeals() {
    for (long seed = 1; seed <= 10; seed++) {
      SimulatedGroup group = settled(seed, 5);
      List<Host> part = group.hosts.subList(3, 5);
      group.simulation.partition(part.stream().map(host -> host.node).toList());
      group.runFor(Duration.ofSeconds(20));
      assertEquals(2, group.leading().size(), "one in each part, seed " + seed);
      group.simulation.heal();
      group.runFor(Duration.ofMillis(2_500));
      assertEquals(1, group.leading().size(), "seed " + seed);
      group.runFor(Duration.ofSeconds(20));
      assertTogether(group);
    }
  }

  @Test
  void shouldStayCandidateWhenNobodyElseIsThere() {
    SimulatedGroup group = settled(6, 2);
    group.hosts.get(0).node.kill();
    group.runFor(Duration.ofSeconds(30));
    Host alone = group.hosts.get(1);
    assertEquals(Role.CANDIDATE, alone.machine.role());
    assertEquals(SyncStatus.State.HOLDOVER, alone.status());
    assertTrue(alone.model().isSynchronized(), "the bound grows, and holds");
    group.hosts.get(0).node.restart();
    group.runFor(Duration.ofSeconds(20));
    assertEquals(1, group.leading().size());
    assertTogether(group);
  }

  @Test
  void shouldJoinWithoutMovingTheGroupWhenStartedLate() {
    SimulatedGroup group = group(7, 4);
    Host late = group.hosts.get(2);
    late.node.kill();
    group.runFor(Duration.ofSeconds(15));
    long before = group.hosts.get(0).now() - group.simulation.trueNanos();
    late.node.restart();
    group.runFor(Duration.ofSeconds(1));
    assertNotEquals(State.TAKING_PART, stateOf(group, late));
    group.runFor(Duration.ofSeconds(9));
    long after = group.hosts.get(0).now() - group.simulation.trueNanos();
    assertEquals(State.TAKING_PART, stateOf(group, late));
    assertTrue(Math.abs(after - before) < 2_000_000, "moved by " + (after - before));
    assertTogether(group);
  }

  @Test
  void shouldReplayTheSameRunWhenTheSeedIsTheSame() {
    assertEquals(settled(8, 4).rounds, settled(8, 4).rounds);
    assertNotEquals(settled(8, 4).rounds, settled(9, 4).rounds);
  }
}
