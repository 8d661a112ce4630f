package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.RecordingMachine.timer;
import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may go wrong with a socket, a peer, a machine or a listener. */
@Timeout(60)
final class UdpRuntimeFaultsTest {
  private static final ClockReader CLOCK = ClockReader.system();

  private final Witness witness = new Witness();
  private final EchoResponder echo = new EchoResponder();

  private UdpRuntime server(InetSocketAddress at) {
    Switchboard board = RecordingMachine.board(List.of(), List.of()).add(echo);
    return UdpRuntime.open(UdpConfig.bound(at), board, CLOCK, witness);
  }

  private UdpRuntime starting(Consumer<Report> listener, Action... atStart) {
    Switchboard board = RecordingMachine.board(List.of(atStart), List.of());
    return UdpRuntime.open(UdpConfig.bound(v4(0)), board, CLOCK, listener);
  }

  private static void throwAtOnce(Report report) {
    throw new IllegalStateException("thrown by a listener");
  }

  @Test
  void shouldSayWhatToDoWhenPortIsInUse() {
    try (UdpRuntime first = server(v4(0))) {
      RuntimeStartException e =
          assertThrows(RuntimeStartException.class, () -> server(first.localAddress()));
      String message = e.getMessage();
      assertTrue(message.startsWith("UDP port " + first.localAddress().getPort()), message);
      assertTrue(message.contains("is in use at 127.0.0.1: stop"), message);
    }
  }

  @Test
  void shouldSayWhatToDoWhenAddressIsNotLocalOrUnresolved() throws IOException {
    InetAddress documentation = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    RuntimeStartException e =
        assertThrows(
            RuntimeStartException.class, () -> server(new InetSocketAddress(documentation, 0)));
    assertTrue(e.getMessage().contains("192.0.2.1 is not an address of this host"), e.getMessage());
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("no-such.invalid", 1);
    e = assertThrows(RuntimeStartException.class, () -> server(unresolved));
    assertTrue(e.getMessage().contains("does not resolve: no-such.invalid"), e.getMessage());
  }

  @Test
  void shouldBindAgainWhenFormerRuntimeIsClosed() throws Exception {
    InetSocketAddress at;
    try (UdpRuntime first = server(v4(0)).start()) {
      at = first.localAddress();
    }
    for (int i = 0; i < 20; i++) {
      try (UdpRuntime again = server(at).start()) {
        assertEquals(at, again.localAddress());
      }
    }
  }

  @Test
  void shouldEndAtOnceWhenClosedWhileWaiting() {
    UdpRuntime runtime = starting(witness, new Action.SetTimer(timer(0), Long.MAX_VALUE)).start();
    Witness.until(() -> !witness.drain().isEmpty());
    runtime.close();
    runtime.close();
    assertFalse(runtime.isOpen());
    assertTrue(runtime.failure().isEmpty());
    assertThrows(IllegalStateException.class, runtime::start);
  }

  @Test
  void shouldDoNothingWhenSteppedAfterClose() {
    UdpRuntime runtime = starting(witness);
    runtime.close();
    assertEquals(0, runtime.doWork());
  }

  @Test
  void shouldEndWithoutWaitingForItselfWhenListenerCloses() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    UdpRuntime[] runtime = new UdpRuntime[1];
    runtime[0] =
        starting(
            report -> {
              runtime[0].close();
              closed.countDown();
            });
    runtime[0].start();
    assertTrue(closed.await(20, TimeUnit.SECONDS));
    runtime[0].close();
    assertTrue(runtime[0].failure().isEmpty());
  }

  @Test
  void shouldKeepCauseAndFreePortWhenListenerThrowsOnThread() {
    UdpRuntime runtime = starting(UdpRuntimeFaultsTest::throwAtOnce).start();
    Witness.until(() -> runtime.failure().isPresent());
    assertEquals("thrown by a listener", runtime.failure().get().getMessage());
    runtime.close();
    try (UdpRuntime again = server(runtime.localAddress())) {
      assertTrue(again.isOpen());
    }
  }

  @Test
  void shouldThrowToCallerWhenListenerThrowsInStep() {
    UdpRuntime runtime = starting(UdpRuntimeFaultsTest::throwAtOnce);
    IllegalStateException e = assertThrows(IllegalStateException.class, runtime::doWork);
    assertSame(e, runtime.failure().get());
    assertFalse(runtime.isOpen());
    assertEquals(0, runtime.doWork());
  }

  @Test
  void shouldFailClearlyWhenMachineSetsTimersWithoutEnd() {
    Action[] timers = new Action[TimerQueue.MAX_TIMERS + 1];
    for (int i = 0; i < timers.length; i++) {
      timers[i] = new Action.SetTimer(timer(i), Long.MAX_VALUE);
    }
    UdpRuntime runtime = starting(witness, timers);
    IllegalStateException e = assertThrows(IllegalStateException.class, runtime::doWork);
    assertTrue(e.getMessage().startsWith("more than 4096 timers"), e.getMessage());
  }

  @Test
  void shouldCallMachinesNoMoreButAnswerOnWhenMachineStops() throws Exception {
    Switchboard board =
        RecordingMachine.board(
                List.of(
                    new Action.SetTimer(timer(0), Long.MIN_VALUE), new Action.Stop("had enough")),
                List.of())
            .add(echo);
    try (UdpRuntime runtime = UdpRuntime.open(UdpConfig.bound(v4(0)), board, CLOCK, witness);
        DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
      runtime.doWork();
      assertEquals("had enough", runtime.stopReason().get());
      asker.send(RecordingMachine.bytes("small"), runtime.localAddress());
      asker.send(RecordingMachine.bytes("ECHO"), runtime.localAddress());
      Witness.until(() -> runtime.doWork() + echo.asked.get() > 0);
      Witness.until(() -> runtime.doWork() + echo.asked.get() > 0);
      assertEquals(List.of(), witness.drain());
    }
  }

  @Test
  void shouldCountAndDropWhenDatagramIsTooLong() throws Exception {
    try (UdpRuntime server = server(v4(0));
        DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
      int most = UdpRuntime.MAX_DATAGRAM_BYTES;
      asker.send(RecordingMachine.bytes("E".repeat(most + 1)), server.localAddress());
      asker.send(RecordingMachine.bytes("E".repeat(9_000)), server.localAddress());
      asker.send(RecordingMachine.bytes("E".repeat(most)), server.localAddress());
      Witness.until(() -> server.doWork() + echo.asked.get() > 1);
      assertEquals(1, echo.asked.get());
      assertEquals(2, server.traffic().get(Traffic.TOO_LONG));
      assertEquals(1, server.traffic().get(Traffic.RECEIVED));
      ByteBuffer reply = ByteBuffer.allocate(9_000);
      asker.receive(reply);
      assertEquals(most, reply.position());
    }
  }

  @Test
  void shouldSendNothingWhenReplyWouldBeLargerThanRequest() throws Exception {
    try (UdpRuntime server = server(v4(0));
        DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
      for (String request : List.of("XX", "YY", "ZZ", "OK")) {
        asker.send(RecordingMachine.bytes(request), server.localAddress());
      }
      Witness.until(() -> server.doWork() + echo.asked.get() > 3);
      ByteBuffer reply = ByteBuffer.allocate(9);
      asker.receive(reply);
      assertEquals("ok", RecordingMachine.text(reply.flip()));
      assertEquals(2, server.traffic().get(Traffic.REPLY_TOO_LARGE));
      assertEquals(1, server.traffic().get(Traffic.REPLIED));
    }
  }

  @Test
  void shouldReportAndGoOnWhenSendFailsAtOnce() throws Exception {
    PeerId nowhere = new PeerId(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    PeerId broadcast = new PeerId(InetAddress.getByAddress(new byte[] {-1, -1, -1, -1}), 9);
    PeerId fine = PeerId.of(v4(9));
    try (UdpRuntime client =
        starting(
            witness,
            send(nowhere, "a"),
            send(broadcast, "b"),
            send(fine, "c".repeat(70_000)),
            new Action.SetTimer(timer(1), Long.MIN_VALUE))) {
      client.doWork();
      for (PeerId peer : List.of(nowhere, broadcast, fine)) {
        RecordingMachine.Event event = witness.next("unreachable");
        assertEquals(peer, event.peer());
        assertNotEquals("", event.text());
      }
      assertEquals("1", witness.next("timer").text());
      assertEquals(3, client.traffic().get(Traffic.SEND_FAILED));
      assertTrue(client.isOpen());
    }
  }

  @Test
  void shouldStayBoundedAndAnswerWhenFloodedWithJunk() throws Exception {
    long seed = 20_261_122L;
    SplittableRandom random = new SplittableRandom(seed);
    try (UdpRuntime server = server(v4(0)).start();
        DatagramChannel flooder = DatagramChannel.open().bind(v4(0))) {
      byte[] junk = new byte[3_000];
      for (int i = 0; i < 100_000; i++) {
        random.nextBytes(junk);
        flooder.send(
            ByteBuffer.wrap(junk, 0, random.nextInt(i % 50 == 0 ? 3_000 : 100)),
            server.localAddress());
        witness.drain();
      }
      assertTrue(server.isOpen(), () -> "seed " + seed + ": " + server.failure());
      try (DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
        asker.configureBlocking(false);
        ByteBuffer reply = ByteBuffer.allocate(100);
        Witness.until(() -> isAnswered(asker, server.localAddress(), reply));
      }
    }
  }

  private static boolean isAnswered(DatagramChannel asker, InetSocketAddress at, ByteBuffer reply) {
    try {
      asker.send(RecordingMachine.bytes("ECHO"), at);
      return asker.receive(reply) != null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
