package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.runtime.TcpRuntime;
import dev.coeval.sync.runtime.TcpServer;
import dev.coeval.sync.runtime.TcpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same machines over real sockets: a client's clock that is 300 ms and 80 ppm off. */
@Timeout(60)
final class CristianRuntimeTest {
  private static final ClockReader TRUE = ClockReader.system();
  private static final SharedKey KEY = SharedKey.ofText(5, "sixteen letters.");
  private static final long PATIENCE_SECONDS = 20;

  private final DisciplinedClock served = steered();
  private final DisciplinedClock clock =
      new DisciplinedClock(
          DriftingTime.over(TRUE, Duration.ofMillis(300), 80_000).reader(),
          200_000,
          SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final Consumer<Report> listener = new ClockFollower(clock).andThen(reports::add);

  @Test
  void shouldHoldTheTruthWhenItRunsOverUdp() throws Exception {
    CristianServer server = new CristianServer(served, Keyring.required(List.of(KEY)));
    try (UdpRuntime serving = serve(server, 0);
        UdpRuntime asking =
            UdpRuntime.open(
                    UdpConfig.bound(loopback(0)),
                    board(PeerId.of(serving.localAddress()), Keyring.required(List.of(KEY))),
                    clock.reader(),
                    listener)
                .start()) {
      holdTheTruthOverTenReadings();
      assertTrue(asking.isOpen());
      assertEquals(0, server.rejections().total());
    }
  }

  @Test
  void shouldHoldTheTruthWhenItRunsOverTcp() throws Exception {
    CristianServer server = new CristianServer(served, Keyring.empty());
    try (TcpServer serving = TcpServer.start(TcpServerConfig.bound(loopback(0)), server, TRUE);
        TcpRuntime asking =
            TcpRuntime.of(
                    board(PeerId.of(serving.localAddress()), Keyring.empty()),
                    clock.reader(),
                    listener)
                .start()) {
      holdTheTruthOverTenReadings();
      assertTrue(asking.isOpen());
    }
  }

  @Test
  void shouldSaySoAndComeBackWhenServerDiesAndReturnsOverUdp() throws Exception {
    UdpRuntime serving = serve(new CristianServer(served, Keyring.empty()), 0);
    int port = serving.localAddress().getPort();
    PeerId peer = PeerId.of(serving.localAddress());
    try (UdpRuntime asking =
        UdpRuntime.open(
                UdpConfig.bound(loopback(0)),
                board(peer, Keyring.empty()),
                clock.reader(),
                listener)
            .start()) {
      await(report -> is(report, SyncStatus.State.SYNCHRONIZED));
      serving.close();
      await(report -> report instanceof PeerUnreachable gone && gone.peer().equals(peer));
      await(report -> is(report, SyncStatus.State.HOLDOVER));
      assertHoldsTheTruth();
      try (UdpRuntime again = serve(new CristianServer(served, Keyring.empty()), port)) {
        await(report -> is(report, SyncStatus.State.SYNCHRONIZED));
        assertTrue(again.isOpen());
      }
      assertTrue(asking.isOpen());
    }
  }

  @Test
  void shouldGetNoTimeWhenItsKeyIsWrong() throws Exception {
    CristianServer server = new CristianServer(served, Keyring.required(List.of(KEY)));
    SharedKey wrong = SharedKey.ofText(5, "other letters, many");
    try (UdpRuntime serving = serve(server, 0);
        UdpRuntime asking =
            UdpRuntime.open(
                    UdpConfig.bound(loopback(0)),
                    board(PeerId.of(serving.localAddress()), Keyring.required(List.of(wrong))),
                    clock.reader(),
                    listener)
                .start()) {
      await(report -> report instanceof ReadingFailed);
      assertTrue(server.rejections().get(Rejection.BAD_AUTHENTICATION) >= 2);
      assertTrue(!clock.get().isSynchronized() && asking.isOpen());
    }
  }

  private void holdTheTruthOverTenReadings() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      await(report -> report instanceof Measurement);
      if (i > 0) {
        assertHoldsTheTruth();
      }
    }
  }

  /** The truth is what the served clock says: read before and after, it brackets our reading. */
  private void assertHoldsTheTruth() {
    long before = served.epochNanos();
    BoundedInstant claimed = clock.now();
    long after = served.epochNanos();
    assertTrue(
        claimed.earliestEpochNanos() <= after && before <= claimed.latestEpochNanos(),
        claimed + " does not hold the truth");
  }

  private static boolean is(Report report, SyncStatus.State state) {
    return report instanceof SyncStatus status && status.state() == state;
  }

  private void await(Predicate<Report> wanted) throws InterruptedException {
    Report report;
    do {
      report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (report == null) {
        fail("waited in vain");
      }
    } while (!wanted.test(report));
  }

  private static Switchboard board(PeerId server, Keyring keyring) {
    CristianConfig config =
        CristianConfig.defaults(List.of(server), 42)
            .withKeyring(keyring)
            .withSchedule(new CristianSchedule(100_000_000, 100_000_000, 0, 2, 100_000_000));
    return new Switchboard()
        .add(
            CristianClient.OWNER,
            first -> first == CristianCodec.FIRST_BYTE,
            new CristianClient(config));
  }

  private static UdpRuntime serve(CristianServer server, int port) {
    return UdpRuntime.open(
            UdpConfig.bound(loopback(port)), new Switchboard().add(server), TRUE, report -> {})
        .start();
  }

  private static DisciplinedClock steered() {
    DisciplinedClock clock = new DisciplinedClock(TRUE, 0, SteeringPolicy.with(StepPolicy.never()));
    ClockReading now = TRUE.readTightest(5);
    clock.steer(
        new ClockEstimate(
            now.tickNanos(),
            now.wallEpochNanos(),
            0,
            0,
            BoundedInstant.around(now.wallEpochNanos(), 0)));
    return clock;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
