package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.NotSynchronizedException;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SynchronizedClockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ClockReader host = ClockReader.system();
  private final DisciplinedClock truth =
      new DisciplinedClock(host, 0, SteeringPolicy.with(StepPolicy.never()));

  @Test
  void shouldHoldTheTrueTimeWhenSynchronizedByNtp() throws Exception {
    try (SyncNode server = server();
        SynchronizedClock clock = skewed().ntp(at(server)).start()) {
      holdsTheTruth(clock);
    }
  }

  @Test
  void shouldHoldTheTrueTimeWhenSynchronizedByCristian() throws Exception {
    try (SyncNode server = server();
        SynchronizedClock clock = skewed().cristian(at(server)).start()) {
      holdsTheTruth(clock);
    }
  }

  @Test
  void shouldSayWhyWhenNobodyAnswers() throws Exception {
    SyncNode server = server();
    String nobody = at(server);
    server.close();
    try (SynchronizedClock clock =
        skewed()
            .ntp(
                peers ->
                    NtpConfig.defaults(peers).withPolling(NtpPolling.every(Duration.ofMillis(20))),
                nobody)
            .start()) {
      assertFalse(clock.awaitSynchronized(Duration.ofMillis(500)));
      assertEquals(State.UNSYNCHRONIZED, clock.status().state());
      assertFalse(clock.status().reason().isEmpty());
      assertThrows(NotSynchronizedException.class, clock::now);
    }
  }

  @Test
  void shouldTellTheCallerWhenTheServersAreNotNamedWell() {
    assertThrows(IllegalStateException.class, () -> SynchronizedClock.builder().start());
    assertThrows(IllegalArgumentException.class, () -> SynchronizedClock.builder().ntp());
    assertThrows(
        IllegalArgumentException.class, () -> SynchronizedClock.builder().ntp("host:99999"));
  }

  private void holdsTheTruth(SynchronizedClock clock) throws InterruptedException {
    assertTrue(clock.awaitSynchronized(PATIENCE), () -> clock.status().reason());
    for (int i = 0; i < 20; i++) {
      BoundedInstant before = truth.now();
      BoundedInstant claimed = clock.now();
      BoundedInstant after = truth.now();
      assertTrue(
          claimed.earliestEpochNanos() <= after.latestEpochNanos()
              && before.earliestEpochNanos() <= claimed.latestEpochNanos(),
          () -> claimed + " misses " + before + " to " + after);
      host.pause(5_000_000);
    }
    assertEquals(State.SYNCHRONIZED, clock.status().state());
    assertTrue(clock.disciplined().get().isSynchronized());
    assertTrue(clock.withZone(ZoneOffset.UTC).millis() > 0);
  }

  private SynchronizedClockBuilder skewed() {
    return SynchronizedClock.builder()
        .reader(DriftingTime.over(host, Duration.ofMillis(-400), 80_000).reader())
        .udp(loopback());
  }

  private SyncNode server() {
    ClockReading now = host.readTightest(5);
    truth.steer(
        new ClockEstimate(
            now.tickNanos(),
            truth.get().epochNanosAt(now.tickNanos()),
            0,
            0,
            BoundedInstant.around(truth.get().epochNanosAt(now.tickNanos()), 0)));
    SyncNode server = new SyncNode(truth);
    server.board().add(new NtpServer(NtpServerConfig.defaults(), truth));
    server.board().add(new CristianServer(truth, Keyring.empty()));
    return server.open(loopback());
  }

  private static String at(SyncNode server) {
    return "127.0.0.1:" + server.address().getPort();
  }

  private static UdpConfig loopback() {
    return UdpConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
