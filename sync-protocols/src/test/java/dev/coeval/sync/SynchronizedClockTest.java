package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.SystemState;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.ntp.server.ServerAuthentication;
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
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
  void shouldStandAsItWasToldWhenAListenerAsksIt() throws Exception {
    CompletableFuture<SynchronizedClock> made = new CompletableFuture<>();
    CompletableFuture<State> asked = new CompletableFuture<>();
    try (SyncNode server = server();
        SynchronizedClock clock =
            skewed()
                .ntp(at(server))
                .listen(
                    report -> {
                      if (report instanceof SyncStatus told && told.state() == State.SYNCHRONIZED) {
                        asked.complete(made.join().status().state());
                      }
                    })
                .start()) {
      made.complete(clock);
      assertTrue(clock.awaitSynchronized(PATIENCE));
      assertEquals(State.SYNCHRONIZED, clock.status().state());
      assertEquals(State.SYNCHRONIZED, asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldSayWhyWhenNobodyAnswers() throws Exception {
    SyncNode server = server();
    String nobody = at(server);
    server.close();
    try (SynchronizedClock clock = skewed().ntp(SynchronizedClockTest::often, nobody).start()) {
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

  private static SourceConfig often(SourceConfig source) {
    return source.withPolling(NtpPolling.every(Duration.ofMillis(20)));
  }

  @Test
  void shouldFindItsServersLaterWhenTheirNamesDoNotResolveAtFirst() throws Exception {
    AtomicBoolean resolves = new AtomicBoolean();
    try (SyncNode server = server();
        SynchronizedClock clock =
            skewed()
                .nameLookup(
                    host -> {
                      if (resolves.get()) {
                        return List.of(InetAddress.getLoopbackAddress());
                      }
                      throw new UnknownHostException(host);
                    })
                .ntp(SynchronizedClockTest::often, "late:" + server.address().getPort())
                .start()) {
      assertFalse(clock.awaitSynchronized(Duration.ofMillis(300)));
      assertEquals(Cause.NAME_UNRESOLVED, clock.status().cause());
      assertTrue(clock.status().reason().contains("'late'"), clock.status().reason());
      resolves.set(true);
      holdsTheTruth(clock);
    }
  }

  @Test
  void shouldReplaceAServerOfAPoolWhenItIsSilent() throws Exception {
    InetAddress silent = InetAddress.getByName("127.0.0.9");
    AtomicInteger lookups = new AtomicInteger();
    try (SyncNode server = server();
        SynchronizedClock clock =
            skewed()
                .nameLookup(
                    host ->
                        lookups.getAndIncrement() == 0
                            ? List.of(silent)
                            : List.of(silent, InetAddress.getLoopbackAddress()))
                .pool("pool:" + server.address().getPort(), 1, SynchronizedClockTest::often)
                .start()) {
      holdsTheTruth(clock);
      assertTrue(lookups.get() >= 2);
    }
  }

  @Test
  void shouldTakeTimeOnlyFromWhoHasTheKeyWhenThereIsOne() throws Exception {
    NtpKeys right = NtpKeys.of(List.of(key(7, (byte) 1)));
    NtpKeys wrong = NtpKeys.of(List.of(key(7, (byte) 2)));
    NtpServerConfig config =
        NtpServerConfig.defaults().withAuthentication(ServerAuthentication.requiring(right));
    try (SyncNode server = server(config);
        SynchronizedClock trusted = skewed().keys(right).ntp(this::sealed, at(server)).start();
        SynchronizedClock other = skewed().keys(wrong).ntp(this::sealed, at(server)).start()) {
      holdsTheTruth(trusted);
      assertFalse(other.awaitSynchronized(Duration.ofMillis(200)));
    }
  }

  private SourceConfig sealed(SourceConfig source) {
    return often(source).withWire(new Wire(4, false, 7));
  }

  private static NtpKey key(int id, byte fill) {
    byte[] secret = new byte[16];
    Arrays.fill(secret, fill);
    return NtpKey.of(id, MacAlgorithm.AES128_CMAC, secret);
  }

  @Test
  void shouldServeOneStratumBelowItsServerWhenItServes() throws Exception {
    try (SyncNode server = server();
        SynchronizedClock middle =
            skewed()
                .ntp(SynchronizedClockTest::often, at(server))
                .serve(NtpServerConfig.defaults())
                .start()) {
      holdsTheTruth(middle);
      List<SystemState> states = new CopyOnWriteArrayList<>();
      try (SynchronizedClock end =
          skewed()
              .ntp(SynchronizedClockTest::often, "127.0.0.1:" + middle.address().getPort())
              .listen(
                  report -> {
                    if (report instanceof SystemState state) {
                      states.add(state);
                    }
                  })
              .start()) {
        holdsTheTruth(end);
        assertTrue(
            states.stream().anyMatch(state -> state.variables().stratum() == 3), "" + states);
      }
    }
  }

  @Test
  @SuppressWarnings("try") // the server is closed on purpose, and again at the end
  void shouldTellListenersWhenTheStatusChanges() throws Exception {
    List<SyncStatus> heard = new CopyOnWriteArrayList<>();
    SyncNode server = server();
    try (SynchronizedClock clock = skewed().ntp(SynchronizedClockTest::often, at(server)).start()) {
      clock.onStatus(heard::add);
      assertTrue(clock.awaitSynchronized(PATIENCE));
      server.close();
      for (int i = 0; i < 500 && clock.status().state() != State.HOLDOVER; i++) {
        host.pause(10_000_000);
      }
      assertEquals(State.HOLDOVER, clock.status().state());
      assertEquals(State.HOLDOVER, heard.get(heard.size() - 1).state());
    }
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
    return server(NtpServerConfig.defaults());
  }

  private SyncNode server(NtpServerConfig config) {
    ClockReading now = host.readTightest(5);
    truth.steer(
        new ClockEstimate(
            now.tickNanos(),
            truth.get().epochNanosAt(now.tickNanos()),
            0,
            0,
            BoundedInstant.around(truth.get().epochNanosAt(now.tickNanos()), 0)));
    SyncNode server = new SyncNode(truth);
    server.board().add(new NtpServer(config, truth));
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
