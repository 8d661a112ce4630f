package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.RecordingMachine.timer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.testing.DriftingTime;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class UdpRuntimeTest {
  private static final ClockReader CLOCK = ClockReader.system();

  private final Witness witness = new Witness();
  private final EchoResponder echo = new EchoResponder();

  static InetSocketAddress v4(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress v6OrAbort() throws IOException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(loopback), 0);
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.bind(address);
      return address;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return abort("no IPv6 on this host: " + e);
    }
  }

  private UdpRuntime server(InetSocketAddress at) {
    return UdpRuntime.open(UdpConfig.bound(at), new Switchboard().add(echo), CLOCK, witness);
  }

  private UdpRuntime client(UdpConfig config, Action... atStart) {
    return UdpRuntime.open(
        config, RecordingMachine.board(List.of(atStart), List.of()), CLOCK, witness);
  }

  private static PeerId peer(UdpRuntime runtime) {
    return PeerId.of(runtime.localAddress());
  }

  private void exchange(InetSocketAddress serverAt, UdpConfig clientConfig) throws Exception {
    try (UdpRuntime server = server(serverAt).start()) {
      try (UdpRuntime client = client(clientConfig, send(peer(server), "ECHO")).start()) {
        RecordingMachine.Event sent = witness.next("sent");
        RecordingMachine.Event reply = witness.next("datagram");
        assertEquals("echo", reply.text());
        assertEquals(peer(server), reply.peer());
        assertTrue(reply.at().tickNanos() >= sent.at().tickNanos());
        assertTrue(sent.at().spanNanos() > 0);
        assertEquals(1, client.traffic().get(Traffic.SENT));
        assertEquals(1, client.traffic().get(Traffic.RECEIVED));
        Witness.until(() -> server.traffic().get(Traffic.REPLIED) == 1);
      }
    }
  }

  @Test
  void shouldCarryOutCommandsInOrderWhenSubmittedFromAnotherThread() throws Exception {
    try (UdpRuntime server = server(v4(0)).start();
        UdpRuntime client = client(UdpConfig.ephemeral()).start()) {
      client.submit(now -> List.of(send(peer(server), "ECHO A")));
      assertEquals("echo a", witness.next("datagram").text());
      for (int i = 0; i < 3; i++) {
        String text = "told " + i;
        client.submit(
            now ->
                List.of(
                    new Action.Publish(new RecordingMachine.Event("command", now, null, text))));
      }
      for (int i = 0; i < 3; i++) {
        assertEquals("told " + i, witness.next("command").text());
      }
    }
  }

  @Test
  void shouldDropCommandsWhenMachinesHaveStoppedAndRefuseTooMany() {
    try (UdpRuntime client = client(UdpConfig.ephemeral(), new Action.Stop("done"))) {
      client.doWork();
      client.submit(now -> List.of(new Action.Stop("again")));
      assertEquals(1, client.doWork());
      assertEquals("done", client.stopReason().orElseThrow());
      for (int i = 0; i < Engine.MAX_COMMANDS; i++) {
        client.submit(now -> List.of());
      }
      assertThrows(IllegalStateException.class, () -> client.submit(now -> List.of()));
    }
  }

  @Test
  void shouldDeliverReplyWhenServerAnswersOverIpv4() throws Exception {
    exchange(v4(0), UdpConfig.ephemeral());
  }

  @Test
  void shouldDeliverReplyWhenServerAnswersOverIpv6() throws Exception {
    exchange(v6OrAbort(), UdpConfig.ephemeral());
  }

  @Test
  void shouldDeliverReplyWhenClientSpins() throws Exception {
    exchange(v4(0), UdpConfig.ephemeral().withSpinNanos(500_000_000));
  }

  @Test
  void shouldDeliverReplyWhenServerAlwaysSpins() throws Exception {
    try (UdpRuntime server =
        UdpRuntime.open(
                UdpConfig.bound(v4(0)).withAlwaysSpin(true),
                new Switchboard().add(echo),
                CLOCK,
                witness)
            .start()) {
      try (UdpRuntime client = client(UdpConfig.ephemeral(), send(peer(server), "ECHO")).start()) {
        assertEquals("echo", witness.next("datagram").text());
        assertTrue(client.isOpen());
      }
    }
  }

  @Test
  void shouldTellTheTrueSourceWhenReplyComesFromAnotherAddress() throws Exception {
    try (DatagramChannel stranger = DatagramChannel.open().bind(v4(0));
        UdpRuntime client = client(UdpConfig.bound(v4(0)))) {
      client.doWork();
      stranger.send(RecordingMachine.bytes("hello"), client.localAddress());
      Witness.until(() -> client.doWork() > 0);
      assertEquals(
          PeerId.of((InetSocketAddress) stranger.getLocalAddress()),
          witness.next("datagram").peer());
    }
  }

  @Test
  void shouldStepTimersWhenTimeIsMovedByHand() throws Exception {
    ManualTime time = ManualTime.at(Instant.EPOCH);
    List<Action> timers =
        List.of(
            new Action.SetTimer(timer(2), 200),
            new Action.SetTimer(timer(1), 100),
            new Action.SetTimer(timer(3), 150),
            new Action.SetTimer(timer(2), 120),
            new Action.CancelTimer(timer(3)));
    try (UdpRuntime runtime =
        UdpRuntime.open(
            UdpConfig.ephemeral(),
            RecordingMachine.board(timers, List.of()),
            time.reader(),
            witness)) {
      assertEquals(1, runtime.doWork());
      time.advanceNanos(99);
      assertEquals(0, runtime.doWork());
      time.advanceNanos(1);
      assertEquals(1, runtime.doWork());
      time.advanceNanos(500);
      assertEquals(1, runtime.doWork());
      assertEquals(0, runtime.doWork());
      assertEquals(
          List.of("", "1", "2"),
          witness.drain().stream().map(RecordingMachine.Event::text).toList());
    }
  }

  @Test
  void shouldFireAtTicksOfReaderWhenReaderDrifts() throws Exception {
    ClockReader fast = DriftingTime.over(CLOCK, Duration.ofHours(1), 500_000_000).reader();
    long due = fast.tickNanos() + 150_000_000;
    long base = CLOCK.tickNanos();
    try (UdpRuntime runtime =
        UdpRuntime.open(
                UdpConfig.ephemeral(),
                RecordingMachine.board(List.of(new Action.SetTimer(timer(7), due)), List.of()),
                fast,
                witness)
            .start()) {
      RecordingMachine.Event event = witness.next("timer");
      assertTrue(event.at().tickNanos() >= due);
      assertTrue(CLOCK.tickNanos() - base >= 99_000_000);
      assertTrue(runtime.isOpen());
    }
  }

  @Test
  void shouldRefuseToStepWhenThreadRuns() {
    try (UdpRuntime runtime = client(UdpConfig.ephemeral()).start()) {
      assertThrows(IllegalStateException.class, runtime::doWork);
      assertThrows(IllegalStateException.class, runtime::start);
    }
  }
}
