package dev.coeval.bench.skew;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianSchedule;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.TcpRuntime;
import dev.coeval.sync.runtime.TcpServer;
import dev.coeval.sync.runtime.TcpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two hosts in one: an exact server and a client, or a coordinator and a member, over UDP or TCP on
 * loopback. All clocks are made from the host's ticks, so their true difference is known exactly.
 */
final class LoopbackGroup implements AutoCloseable {
  private static final double MAX_OFFSET_NANOS = 500e6;
  private static final double MAX_DRIFT_PPB = 100_000;
  private static final int PAIRING_ATTEMPTS = 10;

  private final ClockReader reader;
  private final ClockReading origin;
  private final Waiting waiting;
  private final Duration interval;
  private final SplittableRandom random;
  private final List<Runnable> closings = new ArrayList<>();
  private final List<LoopbackNode> watched = new ArrayList<>();
  private boolean hasTruth = true;

  /** An empty group, to poll at an interval; the clocks' faults follow from the seed. */
  LoopbackGroup(ClockReader reader, Waiting waiting, Duration interval, long seed) {
    this.reader = reader;
    this.origin = reader.readTightest(PAIRING_ATTEMPTS);
    this.waiting = waiting;
    this.interval = interval;
    this.random = new SplittableRandom(seed);
  }

  void cristian() {
    SyncNode server = exactServer();
    server.board().add(new CristianServer(server.clock(), Keyring.empty()));
    server.open(waiting.ofServer(loopback()));
    LoopbackNode client = client();
    CristianClient machine = cristianClientOf(server.address());
    client.node().board().add(CristianClient.OWNER, first -> true, machine);
    client.node().open(waiting.ofClient(loopback()));
  }

  /** The same machine and the same server over TCP, which does not spin. */
  void cristianOverTcp() {
    DisciplinedClock truth = exactClock();
    TcpServer server =
        TcpServer.start(
            TcpServerConfig.bound(anyPort()), new CristianServer(truth, Keyring.empty()), reader);
    DisciplinedClock clock = client().node().clock();
    CristianClient machine = cristianClientOf(server.localAddress());
    TcpRuntime client =
        TcpRuntime.of(
            new Switchboard().add(CristianClient.OWNER, first -> true, machine),
            clock.reader(),
            new ClockFollower(clock));
    closings.add(client::close);
    closings.add(server::close);
    client.start();
  }

  void ntp() {
    SyncNode server = exactServer();
    server.board().add(new NtpServer(NtpServerConfig.defaults(), server.clock()));
    server.open(waiting.ofServer(loopback()));
    LoopbackNode client = client();
    NtpConfig config =
        NtpConfig.defaults(List.of(PeerId.of(server.address())))
            .withPolling(NtpPolling.every(interval));
    NtpClient machine = new NtpClient(config, random.split());
    client.node().board().add(NtpClient.OWNER, first -> true, machine);
    client.node().open(waiting.ofClient(loopback()));
  }

  void berkeley() {
    hasTruth = false;
    LoopbackNode member = peer(BerkeleyConfig.member());
    member.node().open(waiting.ofServer(loopback()));
    PeerId address = PeerId.of(member.node().address());
    LoopbackNode coordinator = peer(BerkeleyConfig.coordinator(List.of(address)));
    coordinator.node().open(waiting.ofClient(loopback()));
  }

  /** Looks at all clocks at exactly one moment. */
  List<Look> look() {
    List<ClockModel> models = watched.stream().map(LoopbackNode::model).toList();
    long hostTick = reader.tickNanos();
    long truth = origin.wallEpochNanos() + hostTick - origin.tickNanos();
    long[] times = new long[models.size()];
    double sum = 0;
    for (int i = 0; i < times.length; i++) {
      times[i] = models.get(i).epochNanosAt(watched.get(i).tickAt(hostTick));
      sum += times[i] - truth;
    }
    long held = hasTruth ? truth : truth + Math.round(sum / times.length);
    List<Look> looks = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      BoundedInstant claim = models.get(i).boundsAt(watched.get(i).tickAt(hostTick));
      looks.add(new Look(times[i] - held, claim, claim.contains(held)));
    }
    return looks;
  }

  /** A clock's error, what it claims, and whether the claim is true. */
  record Look(long errorNanos, BoundedInstant claim, boolean holds) {}

  @Override
  public void close() {
    watched.forEach(LoopbackNode::close);
    closings.forEach(Runnable::run);
  }

  private CristianClient cristianClientOf(InetSocketAddress server) {
    return new CristianClient(
        CristianConfig.defaults(List.of(PeerId.of(server)), random.nextLong())
            .withSchedule(
                CristianSchedule.DEFAULT.withInterval(interval).withInitial(interval, 0)));
  }

  private SyncNode exactServer() {
    SyncNode server = new SyncNode(exactClock());
    closings.add(server::close);
    return server;
  }

  private DisciplinedClock exactClock() {
    DisciplinedClock clock =
        new DisciplinedClock(reader, 0, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
    long time = origin.wallEpochNanos();
    clock.steer(new ClockEstimate(origin.tickNanos(), time, 0, 0, BoundedInstant.around(time, 0)));
    return clock;
  }

  private LoopbackNode client() {
    return watch(
        ClockModel.DEFAULT_DRIFT_BOUND_PPB,
        SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
  }

  private LoopbackNode peer(BerkeleyConfig config) {
    PaceConfig pace = PaceConfig.defaults();
    LoopbackNode peer = watch(pace.clockDriftBoundPpb(), pace.steeringPolicy());
    BerkeleyNode machine =
        new BerkeleyNode(
            "berkeley",
            config.with(RoundConfig.every(interval)).with(pace),
            peer.node().clock(),
            Keyring.empty(),
            random.nextLong());
    peer.node().board().add("berkeley", first -> first == BerkeleyNode.FIRST_BYTE, machine);
    return peer;
  }

  private LoopbackNode watch(long driftBoundPpb, SteeringPolicy policy) {
    Duration offset = Duration.ofNanos((long) (MAX_OFFSET_NANOS * (2 * random.nextDouble() - 1)));
    long driftPpb = (long) (MAX_DRIFT_PPB * (2 * random.nextDouble() - 1));
    DriftingTime fault = DriftingTime.over(reader, offset, driftPpb);
    LoopbackNode node = new LoopbackNode(fault, driftBoundPpb, policy);
    watched.add(node);
    return node;
  }

  private static UdpConfig loopback() {
    return UdpConfig.bound(anyPort());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
