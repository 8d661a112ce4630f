package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same machines over real sockets; the truth is this host's ticks. No time is asserted. */
@Timeout(60)
final class NtpLoopbackTest {
  private static final ClockReader TRUTH = ClockReader.system();
  private static final long DRIFT_PPB = 200_000;

  private final long epochAtTickZero = TRUTH.read().wallEpochNanos() - TRUTH.read().tickNanos();
  private final List<UdpRuntime> runtimes = new ArrayList<>();

  @AfterEach
  void close() {
    runtimes.forEach(UdpRuntime::close);
  }

  private static InetSocketAddress loopback() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static DisciplinedClock clock(ClockReader reader) {
    return new DisciplinedClock(
        reader, DRIFT_PPB, SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
  }

  /** A server that knows the truth, or believes that it is off by a lie. */
  private PeerId server(NtpServerConfig config, Duration lie) {
    DisciplinedClock clock = clock(TRUTH);
    long tick = TRUTH.tickNanos();
    long claim = epochAtTickZero + tick + lie.toNanos();
    clock.steer(new ClockEstimate(tick, claim, 0, 0, BoundedInstant.around(claim, 1_000)));
    return open(new Switchboard().add(new NtpServer(config, clock)), TRUTH, report -> {});
  }

  private PeerId open(Switchboard board, ClockReader reader, Consumer<Report> listener) {
    UdpRuntime runtime = UdpRuntime.open(UdpConfig.bound(loopback()), board, reader, listener);
    runtimes.add(runtime.start());
    return PeerId.of(runtime.localAddress());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      TRUTH.pause(1_000_000);
    }
  }

  @Test
  void shouldHoldTheTruthWhenClientDriftsAndOneServerLies() {
    List<PeerId> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(server(NtpServerConfig.defaults(), Duration.ofSeconds(i == 0 ? 3600 : 0)));
    }
    ClockReader faulty = DriftingTime.over(TRUTH, Duration.ofMillis(400), 80_000).reader();
    DisciplinedClock clock = clock(faulty);
    ClockFollower follower = new ClockFollower(clock);
    List<Report> reports = new CopyOnWriteArrayList<>();
    NtpConfig config =
        NtpConfig.defaults(servers).withPolling(NtpPolling.every(Duration.ofMillis(50)));
    Switchboard board =
        new Switchboard()
            .add(NtpClient.OWNER, NtpCodec::isNtp, new NtpClient(config, new SplittableRandom(1)));
    open(
        board,
        faulty,
        report -> {
          reports.add(report);
          follower.accept(report);
        });
    await(() -> clock.get().isSynchronized());
    while (reports.stream().filter(Measurement.class::isInstance).count() < 60) {
      assertHolds(clock);
      TRUTH.pause(1_000_000);
    }
  }

  private void assertHolds(DisciplinedClock clock) {
    if (!clock.get().isSynchronized()) {
      return;
    }
    long before = epochAtTickZero + TRUTH.tickNanos();
    BoundedInstant claimed = clock.now();
    long after = epochAtTickZero + TRUTH.tickNanos();
    assertTrue(
        claimed.latestEpochNanos() >= before && claimed.earliestEpochNanos() <= after,
        () -> claimed + " does not meet " + before + " to " + after);
  }

  private QueryResult query(PeerId server) {
    List<Report> reports = new CopyOnWriteArrayList<>();
    NtpQueryConfig config =
        NtpQueryConfig.defaults(server).withCount(3).withInterval(Duration.ofMillis(100));
    open(
        new Switchboard()
            .add(NtpQuery.OWNER, NtpCodec::isNtp, new NtpQuery(config, new SplittableRandom(2))),
        TRUTH,
        reports::add);
    await(() -> reports.stream().anyMatch(QueryResult.class::isInstance));
    return (QueryResult) reports.get(reports.size() - 1);
  }

  @Test
  void shouldMeasureKnownOffsetWhenServerIsQueried() {
    QueryResult result = query(server(NtpServerConfig.defaults(), Duration.ofSeconds(5)));
    assertEquals(QueryOutcome.ANSWERED, result.outcome());
    QueryReply best = result.best().orElseThrow();
    long truth = epochAtTickZero + 5_000_000_000L;
    assertTrue(best.bounds().lowNanos() <= truth && truth <= best.bounds().highNanos());
  }

  @Test
  void shouldSayThatNobodyListensWhenPortIsClosed() {
    PeerId closed = server(NtpServerConfig.defaults(), Duration.ZERO);
    runtimes.remove(0).close();
    QueryResult result = query(closed);
    assertTrue(
        result.outcome() == QueryOutcome.NO_REPLY || result.outcome() == QueryOutcome.UNREACHABLE,
        result.toString());
    assertEquals(0, result.answered());
  }

  /** An ordinary socket as the client: the bytes on the wire, and silence where there must be. */
  @Test
  void shouldAnswerRequestsAloneWhenDatagramsComeFromAnySocket() throws Exception {
    NtpServer responder = new NtpServer(NtpServerConfig.defaults(), clock(TRUTH));
    PeerId server = open(new Switchboard().add(responder), TRUTH, report -> {});
    try (DatagramChannel socket = DatagramChannel.open()) {
      socket.connect(server.toSocketAddress());
      for (int mode = 0; mode < 8; mode++) {
        ByteBuffer datagram = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
        datagram.put(0, NtpCodec.firstByte(0, 4, mode)).putLong(NtpCodec.TRANSMIT, mode + 1L);
        socket.write(datagram);
      }
      ByteBuffer last = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
      last.put(0, NtpCodec.firstByte(0, 3, 3)).putLong(NtpCodec.TRANSMIT, 99);
      socket.write(last);
      assertEquals(new Answer(4, 4), answer(socket));
      assertEquals(new Answer(3, 99), answer(socket));
    }
    assertEquals(3, responder.rejections().get(Rejection.UNEXPECTED_TYPE));
  }

  private record Answer(int version, long origin) {}

  private static Answer answer(DatagramChannel socket) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(NtpCodec.MAX_LENGTH);
    socket.read(buffer);
    buffer.flip();
    assertEquals(NtpCodec.HEADER_LENGTH, buffer.remaining());
    NtpPacket packet = NtpCodec.decode(buffer);
    assertEquals(NtpPacket.MODE_SERVER, packet.kind().mode());
    return new Answer(packet.kind().version(), packet.stamps().origin());
  }
}
