package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.runtime.FreshPorts.FreshPort;
import dev.coeval.testing.ManualTime;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where requests leave from, who can answer there, and for how long. */
@Timeout(60)
final class FreshPortsTest {
  private final ManualTime time = ManualTime.at(Instant.EPOCH);
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

  private UdpRuntime client(UdpConfig config, Action... atStart) {
    return UdpRuntime.open(
        config, RecordingMachine.board(List.of(atStart), List.of()), time.reader(), witness);
  }

  private UdpRuntime client(Action... atStart) {
    return client(UdpConfig.bound(v4(0)), atStart);
  }

  private InetSocketAddress receive() throws IOException {
    buffer.clear();
    return (InetSocketAddress) peer.receive(buffer);
  }

  private InetSocketAddress askedFrom(UdpRuntime client, String request) throws IOException {
    client.submit(now -> List.of(send(peerId, request)));
    client.doWork();
    return receive();
  }

  private static boolean isFree(InetSocketAddress at) throws IOException {
    try (DatagramChannel freed = DatagramChannel.open().bind(at)) {
      return freed.isOpen();
    } catch (BindException e) {
      return false;
    }
  }

  @Test
  void shouldUseAboutAsManyPortsAsRequests() throws Exception {
    try (UdpRuntime client = client()) {
      Set<Integer> ports = new HashSet<>();
      int neighbours = 0;
      int last = 0;
      for (int i = 0; i < 200; i++) {
        int port = askedFrom(client, "q").getPort();
        ports.add(port);
        neighbours += Math.abs(port - last) <= 2 ? 1 : 0;
        last = port;
      }
      assertTrue(ports.size() >= 195, ports.size() + " ports for 200 requests");
      assertTrue(neighbours <= 5, neighbours + " of 200 ports are next to the one before");
      assertFalse(ports.contains(client.localAddress().getPort()));
    }
  }

  @Test
  void shouldTakeReplyOnlyFromWhomWasAskedAndOnlyWhereItWasAskedFrom() throws Exception {
    try (UdpRuntime client = client();
        DatagramChannel stranger = DatagramChannel.open().bind(v4(0))) {
      InetSocketAddress port = askedFrom(client, "q");
      stranger.send(RecordingMachine.bytes("r from a stranger"), port);
      peer.send(RecordingMachine.bytes("r to the bound port"), client.localAddress());
      peer.send(RecordingMachine.bytes("no reply"), client.localAddress());
      peer.send(RecordingMachine.bytes("r1"), port);
      peer.send(RecordingMachine.bytes("r2"), port);
      Witness.until(() -> client.doWork() >= 0 && client.traffic().get(Traffic.RECEIVED) == 4);
      List<RecordingMachine.Event> heard = witness.drain();
      heard.removeIf(event -> !event.what().equals("datagram"));
      assertEquals(
          List.of("no reply", "r1", "r2"),
          heard.stream().map(RecordingMachine.Event::text).toList());
      assertEquals(peerId, heard.get(1).peer());
      assertEquals(1, client.traffic().get(Traffic.UNASKED));
    }
  }

  @Test
  void shouldReportClosedPortWhenRequestWentThere() throws Exception {
    peer.close();
    try (UdpRuntime client = client(send(peerId, "q"))) {
      Witness.until(
          () -> client.doWork() >= 0 && client.traffic().get(Traffic.RECEIVE_FAILED) == 1);
      client.doWork();
      RecordingMachine.Event event = witness.next("unreachable");
      assertEquals(peerId, event.peer());
      assertTrue(event.text().contains("port is closed"), event.text());
      assertTrue(client.isOpen());
    }
  }

  @Test
  void shouldSendAllButRequestsFromBoundPort() throws Exception {
    try (UdpRuntime client = client()) {
      assertEquals(client.localAddress(), askedFrom(client, "tell"));
      assertNotEquals(client.localAddress(), askedFrom(client, "q"));
    }
  }

  @Test
  void shouldSendEverythingFromBoundPortAndTakeRepliesThereWhenSwitchedOff() throws Exception {
    try (UdpRuntime client = client(UdpConfig.bound(v4(0)).withFreshPorts(false))) {
      assertEquals(client.localAddress(), askedFrom(client, "q"));
      peer.send(RecordingMachine.bytes("r"), client.localAddress());
      Witness.until(() -> client.doWork() > 0);
      assertEquals("r", witness.next("datagram").text());
    }
  }

  @Test
  void shouldClosePortSoonAfterReplyAndLaterWithoutOne() throws Exception {
    try (UdpRuntime client = client()) {
      InetSocketAddress silent = askedFrom(client, "q");
      InetSocketAddress answered = askedFrom(client, "q");
      peer.send(RecordingMachine.bytes("r"), answered);
      Witness.until(() -> client.doWork() > 0);
      time.advanceNanos(FreshPorts.ANSWERED_NANOS - 1);
      client.doWork();
      assertFalse(isFree(answered));
      time.advanceNanos(1);
      client.doWork();
      assertTrue(isFree(answered));
      assertFalse(isFree(silent));
      time.advanceNanos(FreshPorts.UNANSWERED_NANOS - FreshPorts.ANSWERED_NANOS - 1);
      client.doWork();
      assertFalse(isFree(silent));
      time.advanceNanos(1);
      client.doWork();
      assertTrue(isFree(silent));
    }
  }

  @Test
  void shouldNotStayOpenLongerWhenAnswersGoOnComing() throws Exception {
    try (UdpRuntime client = client()) {
      InetSocketAddress port = askedFrom(client, "q");
      for (int i = 0; i < 2; i++) {
        peer.send(RecordingMachine.bytes("r"), port);
        Witness.until(() -> client.doWork() > 0);
        time.advanceNanos(FreshPorts.ANSWERED_NANOS / 2);
        client.doWork();
      }
      assertTrue(isFree(port));
    }
  }

  @Test
  void shouldKeepFewPortsForOnePeerAndGiveUpTheOldest() throws Exception {
    try (UdpRuntime client = client()) {
      List<InetSocketAddress> ports = new ArrayList<>();
      for (int i = 0; i <= FreshPorts.MAX_PER_PEER; i++) {
        ports.add(askedFrom(client, "q"));
      }
      assertTrue(isFree(ports.get(0)));
      assertFalse(isFree(ports.get(1)));
      peer.send(RecordingMachine.bytes("r late"), ports.get(1));
      Witness.until(() -> client.doWork() > 0);
      assertEquals("r late", witness.next("datagram").text());
    }
  }

  @Test
  void shouldKeepNoMorePortsThanItsLimitAndGiveUpTheNextToClose() throws Exception {
    try (Selector selector = Selector.open()) {
      FreshPorts ports = new FreshPorts(v4(0).getAddress(), selector);
      List<FreshPort> opened = new ArrayList<>();
      for (int i = 0; i < FreshPorts.MAX_OPEN; i++) {
        opened.add(ports.open(new PeerId(v4(0).getAddress(), 1_000 + i), i));
      }
      FreshPorts.answered(opened.get(7), FreshPorts.MAX_OPEN);
      opened.add(ports.open(new PeerId(v4(0).getAddress(), 2_000), FreshPorts.MAX_OPEN));
      assertFalse(opened.get(7).channel.isOpen());
      opened.add(ports.open(new PeerId(v4(0).getAddress(), 2_001), FreshPorts.MAX_OPEN));
      assertFalse(opened.get(0).channel.isOpen());
      assertEquals(2, opened.stream().filter(port -> !port.channel.isOpen()).count());
      ports.close();
      assertTrue(opened.stream().noneMatch(port -> port.channel.isOpen()));
    }
  }

  @Test
  void shouldReportAndLeaveNothingOpenWhenThereIsNoWay() throws Exception {
    try (Selector selector = Selector.open()) {
      FreshPorts ports = new FreshPorts(v4(0).getAddress(), selector);
      PeerId broadcast = new PeerId(InetAddress.getByAddress(new byte[] {-1, -1, -1, -1}), 9);
      assertThrows(IOException.class, () -> ports.open(broadcast, 0));
      assertTrue(ports.isEmpty());
    }
  }
}
