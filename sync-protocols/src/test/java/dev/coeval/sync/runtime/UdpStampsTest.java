package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.RecordingMachine.timer;
import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When stamps are taken, in which order events come, and how much a pass does. */
@Timeout(60)
final class UdpStampsTest {
  private final Witness witness = new Witness();
  private final ByteBuffer buffer = ByteBuffer.allocate(100);
  private DatagramChannel peer;
  private PeerId peerId;

  @BeforeEach
  void bind() throws IOException {
    peer = DatagramChannel.open().bind(v4(0));
    peer.configureBlocking(false);
    peerId = PeerId.of((InetSocketAddress) peer.getLocalAddress());
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
  }

  private InetSocketAddress receiveAtPeer() {
    try {
      buffer.clear();
      return (InetSocketAddress) peer.receive(buffer);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void sendFromPeer(String text, InetSocketAddress to) {
    try {
      peer.send(RecordingMachine.bytes(text), to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private UdpRuntime open(Switchboard board, LongSupplier ticks) {
    ClockReader reader = ClockReader.of(ticks, () -> 0, nanos -> {});
    return UdpRuntime.open(UdpConfig.bound(v4(0)), board, reader, witness);
  }

  /** Each look at the clock lets a tick pass, and sees whether the datagram has arrived. */
  @Test
  void shouldSpanDepartureWhenStampingSend() throws Exception {
    long[] tick = new long[2];
    LongSupplier ticks =
        () -> {
          tick[0]++;
          if (tick[1] == 0 && receiveAtPeer() != null) {
            tick[1] = tick[0];
          }
          return tick[0];
        };
    try (UdpRuntime client =
        open(RecordingMachine.board(List.of(send(peerId, "a")), List.of()), ticks)) {
      Witness.until(() -> client.doWork() >= 0 && tick[1] > 0);
      RecordingMachine.Event sent = witness.next("sent");
      assertTrue(sent.at().tickNanos() < tick[1], sent + " " + tick[1]);
      assertTrue(sent.at().spanNanos() > 0, sent + " " + tick[1]);
    }
  }

  @Test
  void shouldGiveResponderItsReplyAndSpanDepartureWhenReplyHasLeft() throws Exception {
    long[] tick = new long[2];
    LongSupplier ticks =
        () -> {
          tick[0]++;
          if (tick[1] == 0 && receiveAtPeer() != null) {
            tick[1] = tick[0];
          }
          return tick[0];
        };
    EchoResponder echo = new EchoResponder();
    try (UdpRuntime server = open(new Switchboard().add(echo), ticks)) {
      sendFromPeer("ZERO", server.localAddress());
      sendFromPeer("ECHO", server.localAddress());
      Witness.until(() -> server.doWork() >= 0 && echo.sent != null);
      assertEquals("echo", echo.sentText);
      assertEquals(peerId, echo.sentTo);
      assertTrue(echo.sent.tickNanos() < tick[1], echo.sent + " " + tick[1]);
      assertTrue(echo.sent.tickNanos() + echo.sent.spanNanos() >= tick[1], echo.sent + "");
    }
  }

  /** While none is under way, a look at the clock sends a datagram that says when. */
  @Test
  void shouldNotBeBeforeArrivalWhenStampingReceipt() throws Exception {
    long[] tick = new long[1];
    boolean[] isUnderWay = new boolean[1];
    InetSocketAddress[] at = new InetSocketAddress[1];
    LongSupplier ticks =
        () -> {
          tick[0]++;
          if (at[0] != null && !isUnderWay[0]) {
            isUnderWay[0] = true;
            sendFromPeer("t" + tick[0], at[0]);
          }
          return tick[0];
        };
    Consumer<Report> listener =
        report -> {
          witness.accept(report);
          isUnderWay[0] &= !((RecordingMachine.Event) report).what().equals("datagram");
        };
    ClockReader reader = ClockReader.of(ticks, () -> 0, nanos -> {});
    Switchboard board = RecordingMachine.board(List.of(), List.of());
    try (UdpRuntime client = UdpRuntime.open(UdpConfig.bound(v4(0)), board, reader, listener)) {
      at[0] = client.localAddress();
      for (int i = 0; i < 10; i++) {
        client.doWork();
      }
    }
    List<RecordingMachine.Event> events = witness.drain();
    events.removeIf(event -> !event.what().equals("datagram"));
    assertTrue(events.size() > 5, events.toString());
    for (RecordingMachine.Event event : events) {
      long sentTick = Long.parseLong(event.text().substring(1));
      assertTrue(event.at().tickNanos() > sentTick, event.toString());
    }
  }

  @Test
  void shouldCarryOutAllActionsBeforeTellingOfTheSend() throws Exception {
    Switchboard board =
        RecordingMachine.board(
            List.of(send(peerId, "a"), new Action.SetTimer(timer(1), 0)), List.of());
    try (UdpRuntime client = open(board, () -> 0)) {
      client.doWork();
      assertEquals(
          List.of("start", "sent", "timer"),
          witness.drain().stream().map(RecordingMachine.Event::what).toList());
    }
  }

  @Test
  void shouldTellOfTheSendBeforeTheNextEvent() throws Exception {
    List<Action> timers =
        List.of(new Action.SetTimer(timer(1), 0), new Action.SetTimer(timer(2), 0));
    Switchboard board = RecordingMachine.board(timers, List.of(send(peerId, "a")));
    try (UdpRuntime client = open(board, () -> 0)) {
      client.doWork();
      assertEquals(
          List.of("start", "timer", "sent", "timer", "sent"),
          witness.drain().stream().map(RecordingMachine.Event::what).toList());
    }
  }

  @Test
  void shouldFireTimersAndReceiveInOnePassWhenBothAreMany() throws Exception {
    Action[] timers = new Action[200];
    for (int i = 0; i < timers.length; i++) {
      timers[i] = new Action.SetTimer(timer(i), 0);
    }
    try (UdpRuntime client = open(RecordingMachine.board(List.of(timers), List.of()), () -> 0)) {
      for (int i = 0; i < 150; i++) {
        sendFromPeer("d", client.localAddress());
      }
      List<List<Long>> passes = List.of(List.of(64L, 64L), List.of(64L, 64L), List.of(22L, 64L));
      for (List<Long> expected : passes) {
        client.doWork();
        List<RecordingMachine.Event> events = witness.drain();
        assertEquals(expected, List.of(count(events, "datagram"), count(events, "timer")));
      }
    }
  }

  private static long count(List<RecordingMachine.Event> events, String what) {
    return events.stream().filter(event -> event.what().equals(what)).count();
  }

  @Test
  void shouldSpinUntilReplyOrForItsTimeWhenDatagramWasSent() throws Exception {
    ManualTime time = ManualTime.at(Instant.EPOCH);
    TrafficCounts traffic = new TrafficCounts();
    UdpConfig config = UdpConfig.bound(v4(0)).withSpinNanos(1_000);
    UdpSockets sockets = new UdpSockets(config, time.reader(), traffic);
    Switchboard board = RecordingMachine.board(List.of(), List.of());
    sockets.attach(new Engine(board, time.reader(), witness, sockets::send));
    try {
      assertEquals(false, sockets.isSpinning());
      sockets.send(send(peerId, "a"));
      time.advanceNanos(999);
      assertEquals(true, sockets.isSpinning());
      time.advanceNanos(1);
      assertEquals(false, sockets.isSpinning());
      sockets.send(send(peerId, "b"));
      assertEquals(true, sockets.isSpinning());
      sendFromPeer("answer", sockets.localAddress());
      assertEquals(1, sockets.receive(9));
      assertEquals(false, sockets.isSpinning());
    } finally {
      sockets.close();
    }
  }

  @Test
  void shouldAllocateNextToNothingWhenAnswering() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Switchboard board = new Switchboard().add(new EchoResponder());
    try (UdpRuntime server = open(board, () -> 0)) {
      ByteBuffer request = RecordingMachine.bytes("ECHO");
      int rounds = 5_000;
      long allocated = 0;
      for (int i = 0; i < 2 * rounds; i++) {
        peer.send(request.rewind(), server.localAddress());
        long before = threads.getCurrentThreadAllocatedBytes();
        while (server.doWork() == 0) {
          Thread.onSpinWait();
        }
        allocated += i < rounds ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
        receiveAtPeer();
      }
      long bytesAnExchange = allocated / rounds;
      assertTrue(bytesAnExchange < 400, bytesAnExchange + " bytes an exchange");
    }
  }
}
