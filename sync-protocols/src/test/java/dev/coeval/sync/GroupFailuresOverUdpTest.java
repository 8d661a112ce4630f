package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.berkeley.MemberStatus;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.Role;
import dev.coeval.sync.berkeley.RoleChanged;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Independent failures in a Berkeley group of four, over real UDP sockets: who notices, and that
 * what every node claims holds the mean of its group throughout ({@link GroupClaims}). All talk
 * through a network that can be cut.
 *
 * <p>As the machine may be busy, nothing is asserted of how soon, but that it is within half a
 * minute.
 */
@Timeout(120)
final class GroupFailuresOverUdpTest {
  private static final String OWNER = "berkeley";
  private static final int SIZE = 4;
  private static final int COORDINATOR = 0;
  private static final int BY_HAND = 3;
  private static final long[] OFFSET_MILLIS = {400, -500, 120, -80};
  private static final long[] DRIFT_PPB = {190_000, -190_000, 30_000, -45_000};
  private static final PaceConfig PACE = PaceConfig.defaults();
  private static final RoundConfig ROUNDS = RoundConfig.every(Duration.ofMillis(100));

  private final LoopbackLab lab = new LoopbackLab();
  private final UdpRelay relay = UdpRelay.open(SIZE);
  private final GroupClaims claims = new GroupClaims(lab);
  private final List<DriftingTime> hosts = new ArrayList<>();
  private final List<LoopbackNode> nodes = new ArrayList<>();
  private int started;

  @AfterEach
  void closeAndSeeThatClaimsWereHeld() {
    lab.close();
    relay.close();
    for (LoopbackNode node : nodes) {
      assertTrue(claims.isHeld(node), () -> "no claim was ever held against the mean: " + node);
    }
  }

  /** A process on a host of the group, not open yet. */
  private LoopbackNode node(int number, List<PeerId> members) {
    DriftingTime host = hosts.get(number);
    DisciplinedClock clock =
        new DisciplinedClock(host.reader(), PACE.clockDriftBoundPpb(), PACE.steeringPolicy());
    LoopbackNode node = new LoopbackNode("node " + number, host, clock);
    BerkeleyConfig config =
        (members.isEmpty() ? BerkeleyConfig.member() : BerkeleyConfig.coordinator(members))
            .with(PACE)
            .with(ROUNDS);
    node.board()
        .add(
            OWNER,
            first -> first == BerkeleyNode.FIRST_BYTE,
            new BerkeleyNode(OWNER, config, clock, Keyring.empty(), ++started));
    claims.watch(node);
    claims.stand(relay.face(number), node);
    return lab.add(node);
  }

  private LoopbackNode stand(int number, LoopbackNode open) {
    relay.stand(number, open.address());
    return open;
  }

  private List<PeerId> faces(int... numbers) {
    List<PeerId> faces = new ArrayList<>();
    for (int number : numbers) {
      faces.add(relay.face(number));
    }
    return faces;
  }

  /** Starts the group, one process of it by hand, and waits until all take part. */
  private void startGroup(int byHand) {
    for (int i = 0; i < SIZE; i++) {
      hosts.add(lab.host(OFFSET_MILLIS[i], DRIFT_PPB[i]));
    }
    for (int i = 0; i < SIZE; i++) {
      LoopbackNode node = node(i, i == COORDINATOR ? faces(1, 2, 3) : List.of());
      nodes.add(stand(i, i == byHand ? node.openByHand(0) : node.open(0, false)));
    }
    lab.await("all to be synchronized", () -> nodes.stream().allMatch(this::isAtHome));
    lab.await("claims of all", () -> nodes.stream().allMatch(claims::isHeld));
  }

  private boolean isAtHome(LoopbackNode node) {
    return node.is(SyncStatus.State.SYNCHRONIZED);
  }

  private static Predicate<Report> is(PeerId member, MemberStatus.State state) {
    return report ->
        report instanceof MemberStatus status
            && status.member().equals(member)
            && status.state() == state;
  }

  private static Predicate<Report> is(Role role) {
    return report -> report instanceof RoleChanged changed && changed.role() == role;
  }

  private static Predicate<Report> is(SyncStatus.State state) {
    return report -> report instanceof SyncStatus status && status.state() == state;
  }

  /** Whether one of them coordinates, and the others follow. */
  private static boolean haveOneHead(List<LoopbackNode> part) {
    return part.stream().filter(node -> node.role() == Role.COORDINATOR).count() == 1
        && part.stream().filter(node -> node.role() == Role.MEMBER).count() == part.size() - 1;
  }

  private void awaitOneHead(List<LoopbackNode> part) {
    lab.await(
        "one coordinator, and all synchronized",
        () -> haveOneHead(part) && part.stream().allMatch(this::isAtHome));
  }

  /** Until one coordinates, and all clocks of the group, its own too, take part in its rounds. */
  private void awaitWhole() {
    awaitOneHead(nodes);
    lab.await(
        "all to take part",
        () -> nodes.stream().anyMatch(node -> node.role() == Role.COORDINATOR && isOfAll(node)));
  }

  private static boolean isOfAll(LoopbackNode coordinator) {
    return coordinator
        .lastRound()
        .filter(round -> round.bounded() && round.coordinatorTakesPart())
        .filter(round -> round.participants().size() == SIZE - 1)
        .isPresent();
  }

  /** Until one of them says that a member takes part in its rounds. */
  private void awaitTakenBack(List<LoopbackNode> part, List<Integer> marks, int member) {
    PeerId face = relay.face(member);
    lab.await(
        "somebody to take back node " + member,
        () -> anySaid(part, marks, is(face, MemberStatus.State.TAKING_PART)));
  }

  private static boolean anySaid(
      List<LoopbackNode> part, List<Integer> marks, Predicate<Report> wanted) {
    for (int i = 0; i < part.size(); i++) {
      if (part.get(i).said(marks.get(i), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> marks(List<LoopbackNode> part) {
    return part.stream().map(LoopbackNode::mark).toList();
  }

  /** It returns with the time that it had, or with another one: then it is only told the time. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5_000})
  void shouldElectAnotherAndTakeTheOldOneBackAsAMemberWhenTheCoordinatorDiesAndReturns(
      long changedMillis) {
    startGroup(-1);
    LoopbackNode old = nodes.remove(COORDINATOR);
    List<LoopbackNode> others = List.copyOf(nodes);
    List<Integer> killed = marks(others);
    old.close();
    awaitOneHead(others);
    assertTrue(anySaid(others, killed, is(Role.COORDINATOR)), others::toString);
    assertTrue(anySaid(others, killed, is(SyncStatus.State.HOLDOVER)), others::toString);
    List<Integer> restarted = marks(others);
    hosts.set(COORDINATOR, lab.host(OFFSET_MILLIS[COORDINATOR] + changedMillis, 50_000));
    LoopbackNode back = node(COORDINATOR, faces(1, 2, 3)).open(old.port(), false);
    nodes.add(back);
    stand(COORDINATOR, back);
    lab.await("the old one to give way: " + back, () -> back.said(0, is(Role.MEMBER)));
    awaitTakenBack(others, restarted, COORDINATOR);
    assertTrue(anySaid(others, restarted, this::isOldOneLeftOut), others::toString);
    awaitWhole();
    lab.await("claims of all", () -> nodes.stream().allMatch(claims::isHeld));
  }

  private boolean isOldOneLeftOut(Report report) {
    PeerId face = relay.face(COORDINATOR);
    return is(face, MemberStatus.State.JOINING)
        .or(is(face, MemberStatus.State.TOO_FAR))
        .test(report);
  }

  @Test
  void shouldHaveAHeadInEachPartWhenItIsDividedAndOneWhenItIsHealed() {
    startGroup(-1);
    List<LoopbackNode> one = nodes.subList(0, 2);
    List<LoopbackNode> two = nodes.subList(2, SIZE);
    LoopbackNode coordinator = nodes.get(COORDINATOR);
    List<Integer> divided = marks(nodes);
    relay.divide(List.of(0, 1), List.of(2, 3));
    for (int missed : new int[] {2, 3}) {
      Predicate<Report> gone = is(relay.face(missed), MemberStatus.State.UNREACHABLE);
      lab.await("node " + missed + " missed", () -> coordinator.said(divided.get(0), gone));
    }
    lab.await("a head of its own in the other part", () -> haveOneHead(two));
    awaitOneHead(one);
    awaitOneHead(two);
    List<Integer> cutOff = divided.subList(2, SIZE);
    assertTrue(anySaid(two, cutOff, is(SyncStatus.State.HOLDOVER)), two::toString);
    assertTrue(anySaid(two, cutOff, is(Role.COORDINATOR)), two::toString);
    relay.heal();
    awaitWhole();
    lab.await("claims of all", () -> nodes.stream().allMatch(claims::isHeld));
  }

  @Test
  void shouldNotLeadItselfWhenItIsCutOffFromAll() {
    startGroup(-1);
    LoopbackNode alone = nodes.get(2);
    List<LoopbackNode> others = List.of(nodes.get(0), nodes.get(1), nodes.get(3));
    List<Integer> divided = marks(others);
    int mark = alone.mark();
    relay.divide(List.of(2), List.of(0, 1, 3));
    lab.await("it to ask the others in vain: " + alone, () -> alone.said(mark, is(Role.CANDIDATE)));
    lab.await(
        "it to be missed",
        () -> anySaid(others, divided, is(relay.face(2), MemberStatus.State.UNREACHABLE)));
    lab.goOn(Duration.ofMillis(500));
    assertFalse(alone.said(mark, is(Role.COORDINATOR)), alone::toString);
    assertTrue(alone.clock().get().isSynchronized(), () -> "kept its bound: " + alone);
    List<Integer> healed = marks(others);
    relay.heal();
    awaitTakenBack(nodes, with(healed, alone.mark()), 2);
    awaitWhole();
  }

  /** In the order of the group, where the third is the one that was cut off. */
  private static List<Integer> with(List<Integer> others, int third) {
    return List.of(others.get(0), others.get(1), third, others.get(2));
  }

  @Test
  void shouldBeMissedAndTakenBackWhenAMemberFreezes() {
    startGroup(BY_HAND);
    LoopbackNode frozen = nodes.get(BY_HAND);
    List<LoopbackNode> others = nodes.subList(0, BY_HAND);
    List<Integer> froze = marks(others);
    PeerId face = relay.face(BY_HAND);
    lab.freeze(frozen);
    lab.await(
        "it to be missed", () -> anySaid(others, froze, is(face, MemberStatus.State.UNREACHABLE)));
    lab.goOn(Duration.ofSeconds(1));
    awaitOneHead(others);
    List<Integer> thawed = marks(nodes);
    lab.thaw(frozen);
    awaitTakenBack(nodes, thawed, BY_HAND);
    awaitWhole();
  }

  /** It wakes amidst a round, in the belief that it still coordinates. */
  @Test
  void shouldElectAnotherAndGiveWayWhenTheCoordinatorFreezes() {
    startGroup(COORDINATOR);
    LoopbackNode frozen = nodes.get(COORDINATOR);
    List<LoopbackNode> others = nodes.subList(1, SIZE);
    lab.freeze(frozen);
    awaitOneHead(others);
    int mark = frozen.mark();
    List<Integer> thawed = marks(others);
    lab.thaw(frozen);
    lab.await("the old one to give way", () -> frozen.said(mark, is(Role.MEMBER)));
    awaitTakenBack(others, thawed, COORDINATOR);
    awaitWhole();
  }
}
