package dev.coeval.sync.interop;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.ntp.server.ServerAuthentication;
import dev.coeval.sync.ntp.server.ServerEvent;
import dev.coeval.sync.ntp.server.ServerMemory;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A server of ours whose time is a quarter of a second ahead of the machine's. It knows the shared
 * keys and the interleaved mode.
 */
final class OurServer implements Closeable {
  static final double AHEAD_SECONDS = 0.25;

  /** The machine's wall clock may be disciplined while ticks are counted: 500 ppm for a minute. */
  static final double ALLOWED_SECONDS = 30e-3;

  private static final long AHEAD_NANOS = 250_000_000L;

  /** Its time, as the machine's clock may be disciplined meanwhile: see above. */
  static final OurClient.Truth TRUTH =
      new OurClient.Truth(wall -> wall + AHEAD_NANOS, (long) (ALLOWED_SECONDS * 1e9));

  private static final long CLOCK_ERROR_NANOS = 1_000;
  private static final long SEED = 20_261_122L;

  private final SyncNode node;
  private final NtpServer server;

  private OurServer(SyncNode node, NtpServer server) {
    this.node = node;
    this.server = server;
  }

  static OurServer start(Site site) throws Exception {
    return start(site, config());
  }

  static OurServer start(Site site, NtpServerConfig config) throws Exception {
    SyncNode node = new SyncNode(clock());
    return open(site, site.ours(), node, new NtpServer(config, node.clock()));
  }

  /** It does not know the time. */
  static OurServer startUnsynchronized(Site site) throws Exception {
    SyncNode node = new SyncNode(unsteered());
    return open(site, site.ours(), node, new NtpServer(config(), node.clock()));
  }

  /** A symmetric peer that has a reference of its own, and leaves its clock as it is. */
  static OurServer startAsPeer(Site site, UnaryOperator<NtpConfig> manner) throws Exception {
    InetSocketAddress at = site.ours();
    DisciplinedClock reference = clock();
    SyncNode node = new SyncNode(unsteered()); // follows its peers, but is not what they are told
    NtpNode self =
        NtpNode.of(node.clock())
            .withKeys(SharedKeys.ours())
            .withAddresses(Set.of(at.getAddress()))
            .withReference(OurTime.of(reference));
    NtpConfig config = manner.apply(NtpConfig.of(List.of()));
    NtpClient machine = new NtpClient(config, self, new SplittableRandom(SEED));
    node.board().add(NtpClient.OWNER, first -> true, machine);
    return open(site, at, node, new NtpServer(config(), reference));
  }

  /** With a machine beside the server. */
  static OurServer startWith(
      Site site, String owner, Function<DisciplinedClock, StateMachine> machine) throws Exception {
    SyncNode node = new SyncNode(clock());
    node.board().add(owner, first -> true, machine.apply(node.clock()));
    return open(site, site.ours(), node, new NtpServer(config(), node.clock()));
  }

  private static OurServer open(Site site, InetSocketAddress at, SyncNode node, NtpServer server) {
    node.board().add(server);
    node.open(UdpConfig.bound(at).withReusePort(true).withBroadcast(true));
    return site.closing(new OurServer(node, server));
  }

  static NtpServerConfig config() {
    return NtpServerConfig.defaults()
        .withMemory(ServerMemory.of(SEED))
        .withAuthentication(ServerAuthentication.accepting(SharedKeys.ours()));
  }

  private static DisciplinedClock unsteered() {
    return new DisciplinedClock(
        Await.HOST, 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
  }

  private static DisciplinedClock clock() {
    DisciplinedClock clock = unsteered();
    ClockReading now = Await.HOST.readTightest(5);
    long time = now.wallEpochNanos() + AHEAD_NANOS;
    clock.steer(
        new ClockEstimate(
            now.tickNanos(), time, 0, 0, BoundedInstant.around(time, CLOCK_ERROR_NANOS)));
    return clock;
  }

  String host() {
    return node.address().getAddress().getHostAddress();
  }

  long count(ServerEvent event) {
    return server.count(event);
  }

  long rejected(Rejection reason) {
    return server.rejections().get(reason);
  }

  @Override
  public void close() {
    node.close();
  }
}
