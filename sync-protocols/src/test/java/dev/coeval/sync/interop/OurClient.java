package dev.coeval.sync.interop;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A client of ours whose local clock is 400 ms behind the machine's and 80 ppm fast. */
final class OurClient implements Closeable {
  private static final Duration BEHIND = Duration.ofMillis(-400);
  private static final long FAST_PPB = 80_000;
  private static final long MAX_REPORTS = 10_000;
  private static final int READINGS = 50;
  private static final long BETWEEN_READINGS_NANOS = 10_000_000L;

  private final SyncNode node;
  private final Queue<Report> heard = new ConcurrentLinkedQueue<>();

  private OurClient(SyncNode node) {
    this.node = node;
    node.listen(
        report -> {
          if (heard.size() < MAX_REPORTS) {
            heard.add(report);
          }
        });
  }

  static OurClient start(InetSocketAddress at, NtpConfig config) {
    SyncNode node =
        new SyncNode(
            DriftingTime.over(Await.HOST, BEHIND, FAST_PPB).reader(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(10))));
    OurClient client = new OurClient(node);
    NtpNode self = NtpNode.of(node.clock()).withKeys(SharedKeys.ours());
    NtpClient machine = new NtpClient(config, self, new SplittableRandom(at.hashCode()));
    node.board().add(NtpClient.OWNER, first -> true, machine);
    node.open(UdpConfig.bound(at).withReusePort(true));
    return client;
  }

  /** Five requests a second to each. */
  static NtpConfig asking(String... hosts) {
    return NtpConfig.of(Stream.of(hosts).map(OurClient::source).toList());
  }

  /** Five packets a second to one, in some manner. */
  static NtpConfig asking(String host, UnaryOperator<SourceConfig> manner) {
    return NtpConfig.of(List.of(manner.apply(source(host))));
  }

  private static SourceConfig source(String host) {
    return SourceConfig.of(peer(host)).withPolling(NtpPolling.every(Duration.ofMillis(200)));
  }

  static PeerId peer(String host) {
    try {
      return new PeerId(InetAddress.getByName(host), 123);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(host, e);
    }
  }

  /**
   * What the time is.
   *
   * @param ofWall from the machine's wall clock
   * @param allowedNanos how well that is known
   */
  record Truth(LongUnaryOperator ofWall, long allowedNanos) {
    static final Truth OF_THE_MACHINE = new Truth(wall -> wall, 0);
  }

  /** Waits until it holds the time, then checks that the machine's is inside the claimed bound. */
  String awaitTruth(int seconds) throws Exception {
    return awaitTruth(seconds, Truth.OF_THE_MACHINE);
  }

  /** The same for another truth than the machine's time. */
  String awaitTruth(int seconds, Truth truth) throws Exception {
    Await.until(
        seconds, this::measurements, all -> all.size() >= 8 && node.clock().get().isSynchronized());
    Await.HOST.pause(1_000_000_000L);
    long worst = -1;
    long claimed = 0;
    for (int i = 0; i < READINGS; i++) {
      long before = truth.ofWall.applyAsLong(Await.HOST.read().wallEpochNanos());
      BoundedInstant now = node.clock().now();
      long after = truth.ofWall.applyAsLong(Await.HOST.read().wallEpochNanos());
      Await.check(
          now.earliestEpochNanos() <= after + truth.allowedNanos
              && before - truth.allowedNanos <= now.latestEpochNanos(),
          now + " misses " + before + " to " + after);
      long bound = (now.latestEpochNanos() - now.earliestEpochNanos()) / 2;
      long middle = now.earliestEpochNanos() + bound;
      long off = Math.max(0, Math.max(before - middle, middle - after));
      claimed = off > worst ? bound : claimed;
      worst = Math.max(worst, off);
      Await.HOST.pause(BETWEEN_READINGS_NANOS);
    }
    return String.format(
        Locale.ROOT, "off by %.1f µs at most, then claimed ± %.0f µs", worst / 1e3, claimed / 1e3);
  }

  List<Measurement> measurements() {
    return of(Measurement.class);
  }

  <T extends Report> List<T> of(Class<T> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  long rejected(Rejection reason) {
    return of(Rejected.class).stream().filter(it -> it.reason() == reason).count();
  }

  String status() {
    List<SyncStatus> all = of(SyncStatus.class);
    return all.isEmpty() ? "none" : all.get(all.size() - 1).toString();
  }

  boolean isSynchronized() {
    return node.clock().get().isSynchronized();
  }

  @Override
  public String toString() {
    return status() + " after " + heard.stream().limit(30).toList();
  }

  @Override
  public void close() {
    node.close();
  }
}
