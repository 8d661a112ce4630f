package dev.coeval.sync.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.MemberStatus;
import dev.coeval.sync.berkeley.Role;
import dev.coeval.sync.berkeley.RoleChanged;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.SkewProbe;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Independent failures: who notices, and how long that takes. Faults begin at 60 s, see {@link
 * Situation}. That the bound never lies meanwhile is checked at every event.
 */
final class FailureScenarioTest {
  private static final int SEEDS = 10;
  private static final double FAULT = 60;

  /** Three failed readings of five attempts, a quarter of a second each, a second between them. */
  private static final double CRISTIAN_PATIENCE = 10;

  /** Eight silent polls, a second each. */
  private static final double NTP_PATIENCE = 11;

  /** Three silent rounds, a random part of another, a ballot. */
  private static final double BERKELEY_PATIENCE = 8;

  private static double patience(Protocol protocol) {
    return protocol == Protocol.NTP ? NTP_PATIENCE : CRISTIAN_PATIENCE;
  }

  private static ScenarioRun run(Protocol protocol, Situation situation, long seed) {
    ScenarioRun run = new Scenario(protocol, situation).start(seed);
    run.toEnd();
    if (situation.isSound()) {
      run.probe().assertNoViolations();
    }
    return run;
  }

  /** The second at which a node first gave such a report after another; infinity for never. */
  private static double when(
      ScenarioRun run, SimulatedNode node, double after, Predicate<Report> report) {
    for (Notice notice : run.notices()) {
      double second = notice.at().toNanos() / 1e9;
      if (second >= after && notice.node().equals(node.id()) && report.test(notice.report())) {
        return second;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static Predicate<Report> is(SyncStatus.State state) {
    return report -> report instanceof SyncStatus status && status.state() == state;
  }

  private static Predicate<Report> is(Role role) {
    return report -> report instanceof RoleChanged changed && changed.role() == role;
  }

  private static Predicate<Report> is(PeerId member, MemberStatus.State state) {
    return report ->
        report instanceof MemberStatus status
            && status.state() == state
            && status.member().equals(member);
  }

  private static void assertWithin(double start, double limit, double second, long seed) {
    assertTrue(
        second >= start && second <= start + limit,
        () -> "seed %d: at %f s, not within %f s of %f s".formatted(seed, second, limit, start));
  }

  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldBeNoticedByEveryClientWhenTheServerIsKilledAndRestarted(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(protocol, Situation.SERVER_RESTART, seed);
      for (SimulatedNode client : run.followers()) {
        double lost = when(run, client, FAULT, is(SyncStatus.State.HOLDOVER));
        assertWithin(FAULT, patience(protocol), lost, seed);
        double found = when(run, client, lost, is(SyncStatus.State.SYNCHRONIZED));
        assertWithin(90, 3, found, seed);
      }
      assertTrue(run.result().maxErrorNanos() < 1e6, "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldBeSaidAtTheNextPollWhenTheServersPortIsClosed(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(protocol, Situation.SERVER_CLOSED, seed);
      PeerId server = run.leaders().get(0).id();
      for (SimulatedNode client : run.followers()) {
        double said =
            when(
                run,
                client,
                FAULT,
                report ->
                    report instanceof PeerUnreachable unreachable
                        && unreachable.peer().equals(server));
        assertWithin(FAULT, 1.2, said, seed);
        double lost = when(run, client, FAULT, is(SyncStatus.State.HOLDOVER));
        assertWithin(FAULT, patience(protocol), lost, seed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SERVER_RESTART", "SERVER_CLOSED"})
  void shouldElectOneOfTheOthersWhenTheCoordinatorDies(Situation situation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(Protocol.BERKELEY, situation, seed);
      double elected = Double.POSITIVE_INFINITY;
      for (SimulatedNode member : run.followers()) {
        elected = Math.min(elected, when(run, member, FAULT, is(Role.COORDINATOR)));
      }
      assertWithin(FAULT, BERKELEY_PATIENCE, elected, seed);
      assertEquals(1, coordinatorsAtTheEnd(run), "seed " + seed);
    }
  }

  @Test
  void shouldRejoinAsAMemberWhenTheOldCoordinatorComesBack() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(Protocol.BERKELEY, Situation.SERVER_RESTART, seed);
      SimulatedNode old = run.leaders().get(0);
      double member = when(run, old, 90, is(Role.MEMBER));
      assertWithin(90, 5, member, seed);
      assertTrue(when(run, old, member, is(Role.COORDINATOR)) > 120, "seed " + seed);
    }
  }

  private static long coordinatorsAtTheEnd(ScenarioRun run) {
    return Stream.concat(run.leaders().stream(), run.followers().stream())
        .filter(SimulatedNode::isRunning)
        .filter(node -> lastRole(run, node) == Role.COORDINATOR)
        .count();
  }

  private static Role lastRole(ScenarioRun run, SimulatedNode node) {
    Role role = Role.MEMBER;
    for (Notice notice : run.notices()) {
      if (notice.node().equals(node.id()) && notice.report() instanceof RoleChanged changed) {
        role = changed.role();
      }
    }
    return role;
  }

  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldBeNoticedByThoseCutOffWhenTheNetworkIsDividedAndHealed(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(protocol, Situation.PARTITION, seed);
      SimulatedNode connected = run.followers().get(0);
      assertEquals(
          Double.POSITIVE_INFINITY, when(run, connected, 0, is(SyncStatus.State.HOLDOVER)));
      for (SimulatedNode client : run.followers().subList(1, 3)) {
        double lost = when(run, client, FAULT, is(SyncStatus.State.HOLDOVER));
        assertWithin(FAULT, patience(protocol), lost, seed);
        double found = when(run, client, lost, is(SyncStatus.State.SYNCHRONIZED));
        assertWithin(90, 3, found, seed);
      }
    }
  }

  @Test
  void shouldHaveACoordinatorInEachPartWhenAGroupIsDividedAndOneWhenItIsHealed() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(Protocol.BERKELEY, Situation.PARTITION, seed);
      double elected = Double.POSITIVE_INFINITY;
      for (SimulatedNode member : run.followers().subList(1, 3)) {
        elected = Math.min(elected, when(run, member, FAULT, is(Role.COORDINATOR)));
      }
      assertWithin(FAULT, BERKELEY_PATIENCE, elected, seed);
      assertEquals(1, coordinatorsAtTheEnd(run), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldBeFoundOutByEveryClientWhenOneOfFourServersLies(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(protocol, Situation.LIAR, seed);
      ScenarioResult result = run.result();
      assertEquals(3, result.rejections().getOrDefault(Rejection.INCONSISTENT, 0L));
      assertTrue(result.maxErrorNanos() < 100_000, "seed " + seed + result.maxErrorNanos());
      for (SimulatedNode client : run.followers()) {
        assertWithin(0, 3, when(run, client, 0, is(SyncStatus.State.SYNCHRONIZED)), seed);
      }
    }
  }

  @Test
  void shouldLeaveAMemberOutUntilItIsNearWhenItsClockIsTooFarOff() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(Protocol.BERKELEY, Situation.LIAR, seed);
      PeerId far = run.followers().get(2).id();
      SimulatedNode coordinator = run.leaders().get(0);
      double taken = when(run, coordinator, 0, is(far, MemberStatus.State.TAKING_PART));
      double found =
          Math.min(
              when(run, coordinator, 0, is(far, MemberStatus.State.TOO_FAR)),
              when(run, coordinator, 0, is(far, MemberStatus.State.JOINING)));
      assertWithin(0, 2, found, seed);
      assertWithin(found, 10, taken, seed);
    }
  }

  @Test
  void shouldBeReportedAndTakenBackWhenAMemberFreezes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(Protocol.BERKELEY, Situation.FROZEN, seed);
      PeerId frozen = run.followers().get(2).id();
      SimulatedNode coordinator = run.leaders().get(0);
      double gone = when(run, coordinator, FAULT, is(frozen, MemberStatus.State.UNREACHABLE));
      assertWithin(FAULT, 3, gone, seed);
      double back = when(run, coordinator, gone, is(frozen, MemberStatus.State.TAKING_PART));
      assertWithin(80, 3, back, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldGoOnWhenAClientFreezes(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioResult result = run(protocol, Situation.FROZEN, seed).result();
      assertTrue(result.maxErrorNanos() < 1e6, "seed " + seed + ": " + result.maxErrorNanos());
    }
  }

  /**
   * Between its waking and its next event nobody can know; from then on nothing false is claimed.
   */
  @ParameterizedTest
  @EnumSource(names = {"CRISTIAN", "NTP"})
  void shouldBeNoticedAtTheNextPollWhenAHostHasSlept(Protocol protocol) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ScenarioRun run = run(protocol, Situation.SUSPEND, seed);
      SimulatedNode sleeper = run.followers().get(2);
      double noticed = when(run, sleeper, FAULT, is(SyncStatus.State.DISRUPTED));
      assertWithin(90, 1.2, noticed, seed);
      assertWithin(
          noticed, 3, when(run, sleeper, noticed, is(SyncStatus.State.SYNCHRONIZED)), seed);
      SkewProbe.Violation last = run.probe().lastViolation().orElseThrow();
      assertEquals(sleeper.id(), last.node());
      assertWithin(90, noticed - 90 + 1e-6, second(run, last), seed);
    }
  }

  private static double second(ScenarioRun run, SkewProbe.Violation violation) {
    long end = run.simulation().trueNanos() - violation.trueNanos();
    return run.simulation().elapsed().minus(Duration.ofNanos(end)).toNanos() / 1e9;
  }
}
