package dev.coeval.examples.demo;

import dev.coeval.examples.demo.DemoGroup.Members;
import dev.coeval.examples.demo.DemoGroup.Reference;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Opens the groups of the demonstration: the servers, the nodes, their ports on loopback. */
final class DemoGroups {
  private static final int CLIENTS = 4;
  private static final String SERVERS = "three servers, one lies by 250 ms";
  private static final String OWNER = "berkeley";
  private static final PaceConfig PACE = PaceConfig.defaults();

  /** Offsets below this are slewed even at the start. */
  private static final Duration STEP_THRESHOLD = Duration.ofMillis(10);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final RoundConfig ROUNDS = RoundConfig.every(Duration.ofMillis(250));

  /** What the false one of three NTP servers adds to the truth. */
  private static final Duration LIE = Duration.ofMillis(250);

  private final Truth truth;
  private final SplittableRandom random;

  private DemoGroups(Truth truth, long seed) {
    this.truth = truth;
    this.random = new SplittableRandom(seed);
  }

  /** All groups; the servers run, the nodes do not yet. */
  static List<DemoGroup> prepare(Truth truth, long seed) {
    DemoGroups groups = new DemoGroups(truth, seed);
    return List.of(groups.cristian(), groups.berkeley(), groups.ntp());
  }

  private DemoGroup cristian() {
    SyncNode server = new SyncNode(served(Duration.ZERO));
    server.board().add(new CristianServer(server.clock(), Keyring.empty()));
    server.open(loopback());
    List<DemoNode> nodes = clients();
    for (DemoNode node : nodes) {
      CristianConfig config =
          CristianConfig.defaults(List.of(PeerId.of(server.address())), random.nextLong());
      node.node().board().add(CristianClient.OWNER, first -> true, new CristianClient(config));
    }
    return new DemoGroup(
        "Cristian",
        Reference.TRUTH,
        new Members("one server", nodes, List.of(server)),
        () -> open(nodes));
  }

  private DemoGroup ntp() {
    List<SyncNode> servers = new ArrayList<>();
    for (Duration lie : List.of(Duration.ZERO, Duration.ZERO, LIE)) {
      SyncNode server = new SyncNode(served(lie));
      server.board().add(new NtpServer(NtpServerConfig.defaults(), server.clock()));
      servers.add(server.open(loopback()));
    }
    List<PeerId> peers = servers.stream().map(server -> PeerId.of(server.address())).toList();
    List<DemoNode> nodes = clients();
    for (DemoNode node : nodes) {
      NtpConfig config = NtpConfig.defaults(peers).withPolling(NtpPolling.every(POLL));
      node.node()
          .board()
          .add(NtpClient.OWNER, first -> true, new NtpClient(config, random.split()));
    }
    return new DemoGroup(
        "NTP", Reference.TRUTH, new Members(SERVERS, nodes, servers), () -> open(nodes));
  }

  private DemoGroup berkeley() {
    DemoNode coordinator = peers("coordinator", 1).get(0);
    List<DemoNode> members = peers("member-", CLIENTS);
    List<DemoNode> all = new ArrayList<>(List.of(coordinator));
    all.addAll(members);
    return new DemoGroup(
        "Berkeley",
        Reference.MEAN,
        new Members("no server, a coordinator", all, List.of()),
        () -> openBerkeley(coordinator, members));
  }

  private void openBerkeley(DemoNode coordinator, List<DemoNode> members) {
    for (DemoNode member : members) {
      openBerkeley(member, BerkeleyConfig.member());
    }
    List<PeerId> peers =
        members.stream().map(member -> PeerId.of(member.node().address())).toList();
    openBerkeley(coordinator, BerkeleyConfig.coordinator(peers));
  }

  private void openBerkeley(DemoNode node, BerkeleyConfig config) {
    BerkeleyNode machine =
        new BerkeleyNode(
            OWNER,
            config.with(PACE).with(ROUNDS),
            node.node().clock(),
            Keyring.empty(),
            random.nextLong());
    node.node().board().add(OWNER, first -> first == BerkeleyNode.FIRST_BYTE, machine);
    node.node().open(loopback());
  }

  private static void open(List<DemoNode> nodes) {
    nodes.forEach(node -> node.node().open(loopback()));
  }

  private List<DemoNode> peers(String name, int count) {
    return nodes(name, count, PACE.clockDriftBoundPpb(), PACE.steeringPolicy());
  }

  private List<DemoNode> clients() {
    return nodes(
        "node-",
        CLIENTS,
        ClockModel.DEFAULT_DRIFT_BOUND_PPB,
        SteeringPolicy.with(StepPolicy.atStart(STEP_THRESHOLD)));
  }

  private List<DemoNode> nodes(String name, int count, long driftBoundPpb, SteeringPolicy policy) {
    List<DemoNode> nodes = new ArrayList<>(count);
    for (DriftingTime fault : new DemoFaults(truth.reader(), random).choose(count)) {
      String each = count == 1 ? name : name + (nodes.size() + 1);
      nodes.add(new DemoNode(each, fault, driftBoundPpb, policy));
    }
    return nodes;
  }

  /** A server's clock: the truth, or off by a lie, and sure of itself either way. */
  private DisciplinedClock served(Duration lie) {
    DisciplinedClock clock =
        new DisciplinedClock(
            truth.reader(), 0, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
    long tick = truth.reader().tickNanos();
    long time = truth.epochNanosAt(tick) + lie.toNanos();
    clock.steer(new ClockEstimate(tick, time, 0, 0, BoundedInstant.around(time, 0)));
    return clock;
  }

  private static UdpConfig loopback() {
    return UdpConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
