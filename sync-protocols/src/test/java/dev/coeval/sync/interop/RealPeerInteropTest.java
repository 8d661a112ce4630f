package dev.coeval.sync.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.SynchronizedClock;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.RuntimeStartException;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** chronyd and ntpdig at the other end, over loopback. They cannot set the clock of this host. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealPeerInteropTest {
  private static final ClockReader HOST = ClockReader.system();
  private static final Duration AHEAD = Duration.ofMillis(250);
  private static final double AHEAD_SECONDS = 0.25;

  /** The wall clock may be disciplined while we count ticks: 500 ppm for a minute. */
  private static final double ALLOWANCE_SECONDS = 30e-3;

  private static final int TRIES = 150;
  private static final long BETWEEN_TRIES_NANOS = 100_000_000L;

  @TempDir Path folder;

  @Test
  void shouldGiveChronydTheTimeWeServe() throws Exception {
    ForeignProgram.need("chronyd", "chrony");
    try (SyncNode server = serving(loopback(0), true);
        ForeignProgram chronyd = chronydAskingFor(server.address().getPort())) {
      String data = awaitData(chronyd, "Total good RX +: (?:[4-9]|\\d\\d+)\\b");
      assertEquals("111 111 1111", found(data, "NTP tests +: ([01 ]+)"), data);
      assertEquals("Server", found(data, "Mode +: (\\w+)"), data);
      assertEquals("Normal", found(data, "Leap status +: (\\w+)"), data);
      assertEquals("1", found(data, "Stratum +: (\\d+)"), data);
      // With -x chronyd steers a virtual clock of its own, and says by how much it was off.
      double wrong =
          Double.parseDouble(found(chronyd.output(), "System clock wrong by ([-+.\\d]+) seconds"));
      assertEquals(AHEAD_SECONDS, wrong, ALLOWANCE_SECONDS, chronyd::toString);
      double offset = Double.parseDouble(found(data, "\nOffset +: ([-+.\\d]+) seconds"));
      double delay = Double.parseDouble(found(data, "Peer delay +: ([-+.\\d]+) seconds"));
      assertEquals(0, offset, delay / 2 + ALLOWANCE_SECONDS, data);
    }
  }

  @Test
  void shouldNotBeBelievedByChronydWhenNotSynchronized() throws Exception {
    ForeignProgram.need("chronyd", "chrony");
    try (SyncNode server = serving(loopback(0), false);
        ForeignProgram chronyd = chronydAskingFor(server.address().getPort())) {
      String data = awaitData(chronyd, "Total RX +: (?:[4-9]|\\d\\d+)\\b");
      assertEquals("0", found(data, "Total good RX +: (\\d+)"), data);
    }
  }

  @Test
  void shouldHoldTheTrueTimeWhenChronydServes() throws Exception {
    ForeignProgram.need("chronyd", "chrony");
    int port = freePort();
    try (ForeignProgram chronyd = chronydServing(port, "local stratum 3");
        SynchronizedClock clock = skewedClockOn(port)) {
      assertTrue(clock.awaitSynchronized(Duration.ofSeconds(30)), chronyd::toString);
      for (int i = 0; i < 50; i++) {
        long before = HOST.read().wallEpochNanos();
        BoundedInstant now = clock.now();
        long after = HOST.read().wallEpochNanos();
        assertTrue(
            now.earliestEpochNanos() <= after && before <= now.latestEpochNanos(),
            () -> now + " misses " + before + " to " + after);
        HOST.pause(10_000_000);
      }
      assertEquals(State.SYNCHRONIZED, clock.status().state());
    }
  }

  @Test
  void shouldNotBelieveChronydWhenItIsNotSynchronized() throws Exception {
    ForeignProgram.need("chronyd", "chrony");
    int port = freePort();
    Queue<Report> heard = new ConcurrentLinkedQueue<>();
    try (ForeignProgram chronyd = chronydServing(port, "");
        SynchronizedClock clock = skewedClockOn(port)) {
      clock.listen(heard::add);
      for (int i = 0; i < TRIES && rejected(heard) < 3; i++) {
        HOST.pause(BETWEEN_TRIES_NANOS);
      }
      assertTrue(rejected(heard) >= 3, () -> heard + " of " + chronyd);
      assertFalse(clock.disciplined().get().isSynchronized());
    }
  }

  @Test
  void shouldGiveNtpdigTheTimeWeServe() throws Exception {
    ForeignProgram.need("ntpdig", "ntpsec-ntpdig");
    try (SyncNode server = servingOnPort123()) {
      String said =
          ForeignProgram.run(folder, "ntpdig", "-j", "-t", "5", host(server).getHostAddress());
      double offset = Double.parseDouble(found(said, "\"offset\": *([-+.\\deE]+)"));
      assertEquals(AHEAD_SECONDS, offset, ALLOWANCE_SECONDS, said);
      assertEquals("1", found(said, "\"stratum\": *(\\d+)"), said);
      assertEquals("no-leap", found(said, "\"leap\": *\"([-\\w]+)\""), said);
    }
  }

  private static long rejected(Queue<Report> heard) {
    return heard.stream()
        .filter(r -> r instanceof Rejected it && it.reason() == Rejection.PEER_UNSYNCHRONIZED)
        .count();
  }

  /** Our server, a quarter of a second ahead, or not synchronized at all. */
  private static SyncNode serving(UdpConfig where, boolean synchronizedNow) {
    DisciplinedClock clock =
        new DisciplinedClock(HOST, 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
    if (synchronizedNow) {
      ClockReading now = HOST.readTightest(5);
      long time = now.wallEpochNanos() + AHEAD.toNanos();
      clock.steer(
          new ClockEstimate(now.tickNanos(), time, 0, 0, BoundedInstant.around(time, 1_000)));
    }
    SyncNode server = new SyncNode(clock);
    server.board().add(new NtpServer(NtpServerConfig.defaults(), clock));
    return server.open(where);
  }

  /** ntpdig asks port 123 and no other: on an address of loopback that nobody else uses. */
  private static SyncNode servingOnPort123() throws IOException {
    InetAddress address = InetAddress.getByName("127.123.0.1");
    try {
      return serving(UdpConfig.bound(new InetSocketAddress(address, 123)), true);
    } catch (RuntimeStartException e) {
      ForeignProgram.skip("needs the right to bind port 123 (run as root): " + e.getMessage());
      throw e;
    }
  }

  private static InetAddress host(SyncNode server) {
    return server.address().getAddress();
  }

  private static SynchronizedClock skewedClockOn(int port) throws IOException {
    return SynchronizedClock.builder()
        .reader(DriftingTime.over(HOST, Duration.ofMillis(-400), 80_000).reader())
        .udp(loopback(0))
        .ntp(
            source -> source.withPolling(NtpPolling.every(Duration.ofMillis(100))),
            "127.0.0.1:" + port)
        .start();
  }

  private ForeignProgram chronydAskingFor(int port) throws IOException {
    return chronyd(
        "server 127.0.0.1 port " + port + " iburst minpoll -2 maxpoll -2",
        "port 0",
        "logchange 0.1");
  }

  private ForeignProgram chronydServing(int port, String reference) throws IOException {
    return chronyd("port " + port, "bindaddress 127.0.0.1", "allow 127.0.0.1", reference);
  }

  private ForeignProgram chronyd(String... directives) throws IOException {
    Path config = folder.resolve("chrony.conf");
    Files.writeString(
        config,
        String.join("\n", directives)
            + "\ncmdport 0\nbindcmdaddress "
            + folder.resolve("chronyd.sock")
            + "\npidfile "
            + folder.resolve("chronyd.pid")
            + "\n");
    String user = System.getProperty("user.name");
    return ForeignProgram.start(folder, "chronyd", "-x", "-d", "-u", user, "-f", config.toString());
  }

  /** Asks chronyd what it knows of its source until a line is as it should be. */
  private String awaitData(ForeignProgram chronyd, String line) throws Exception {
    String data = "";
    for (int i = 0; i < TRIES; i++) {
      data =
          ForeignProgram.run(
              folder, "chronyc", "-h", folder.resolve("chronyd.sock").toString(), "ntpdata");
      if (Pattern.compile(line).matcher(data).find()) {
        return data;
      }
      HOST.pause(BETWEEN_TRIES_NANOS);
    }
    throw new AssertionError("never saw " + line + " in: " + data + chronyd.output());
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> pattern + " is not in " + text);
    return matcher.group(1).trim();
  }

  private static UdpConfig loopback(int port) {
    return UdpConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    }
  }
}
