package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.RecordingMachine.timer;
import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TcpTest {
  private static final ClockReader CLOCK = ClockReader.system();
  private static final long SOON_NANOS = 100_000_000;
  private static final long LATE_NANOS = 60_000_000_000L;

  private final Witness witness = new Witness();
  private final EchoResponder echo = new EchoResponder();
  private String lastWhat = "";
  private String lastText = "";

  private TcpServer server(TcpServerConfig config) {
    return TcpServer.start(config, echo, CLOCK);
  }

  private TcpServer server() {
    return server(TcpServerConfig.bound(v4(0)));
  }

  private TcpRuntime client(List<Action> atStart, List<Action> atTimer) {
    return TcpRuntime.of(RecordingMachine.board(atStart, atTimer), CLOCK, witness);
  }

  private static PeerId peer(TcpServer server) {
    return PeerId.of(server.localAddress());
  }

  private static Socket connect(TcpServer server) throws IOException {
    InetSocketAddress at = server.localAddress();
    Socket socket = new Socket(at.getAddress(), at.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static byte[] frame(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[2 + ascii.length];
    frame[0] = (byte) (ascii.length >> 8);
    frame[1] = (byte) ascii.length;
    System.arraycopy(ascii, 0, frame, 2, ascii.length);
    return frame;
  }

  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true; // reset: it was closed with bytes unread
    }
  }

  @Test
  void shouldRunMachineOverOneConnectionWhenServerAnswers() throws Exception {
    try (TcpServer server = server()) {
      Action again = new Action.SetTimer(timer(0), Long.MIN_VALUE);
      Action.Send request = send(peer(server), "ECHO");
      try (TcpRuntime client = client(List.of(again), List.of(request)).start()) {
        RecordingMachine.Event sent = witness.next("sent");
        RecordingMachine.Event reply = witness.next("datagram");
        assertEquals("echo", reply.text());
        assertEquals(peer(server), reply.peer());
        assertTrue(reply.at().tickNanos() >= sent.at().tickNanos());
        assertEquals(1, client.traffic().get(Traffic.RECEIVED));
        assertEquals(1, server.connectionCount());
      }
      Witness.until(() -> server.connectionCount() == 0);
    }
  }

  @Test
  void shouldReportAndComeBackWhenServerIsDownAtFirst() throws Exception {
    InetSocketAddress at;
    try (TcpServer gone = server()) {
      at = gone.localAddress();
    }
    List<Action> poll =
        List.of(send(PeerId.of(at), "ECHO"), new Action.SetTimer(timer(0), Long.MIN_VALUE));
    Action first = new Action.SetTimer(timer(0), Long.MIN_VALUE);
    // Timers without a pause: the client tries all the time, and is held back by its backoff only.
    try (TcpRuntime client =
        TcpRuntime.of(RecordingMachine.board(List.of(first), poll), CLOCK, this::keepAnswers)) {
      Witness.until(() -> stepAndCount(client, "unreachable"));
      assertTrue(lastText.contains("refused"), lastText);
      try (TcpServer back = server(TcpServerConfig.bound(at))) {
        Witness.until(() -> stepAndCount(client, "datagram"));
        assertEquals("echo", lastText);
        assertTrue(back.traffic().get(Traffic.RECEIVED) > 0);
      }
      lastWhat = "";
      Witness.until(() -> stepAndCount(client, "unreachable"));
      assertTrue(client.isOpen());
    }
  }

  private void keepAnswers(Report report) {
    RecordingMachine.Event event = (RecordingMachine.Event) report;
    if (!event.what().equals("timer") && !event.what().equals("sent")) {
      lastWhat = event.what();
      lastText = event.text();
    }
  }

  private boolean stepAndCount(TcpRuntime client, String what) {
    client.doWork();
    return lastWhat.equals(what);
  }

  @Test
  void shouldNotTryAgainBeforePauseIsOverWhenRefused() throws Exception {
    InetSocketAddress at;
    try (TcpServer gone = server()) {
      at = gone.localAddress();
    }
    ManualTime time = ManualTime.at(Instant.EPOCH);
    long pauseNanos = TcpRuntime.MIN_BACKOFF_NANOS;
    List<Action> ask = List.of(send(PeerId.of(at), "ECHO"));
    List<Action> times =
        List.of(
            new Action.SetTimer(timer(1), 0),
            new Action.SetTimer(timer(2), pauseNanos - 1),
            new Action.SetTimer(timer(3), pauseNanos));
    try (TcpRuntime client =
        TcpRuntime.of(RecordingMachine.board(times, ask), time.reader(), this::keepAnswers)) {
      Witness.until(() -> stepAndCount(client, "unreachable"));
      try (TcpServer back = server(TcpServerConfig.bound(at))) {
        lastWhat = "";
        time.advanceNanos(pauseNanos - 1);
        client.doWork();
        assertEquals("unreachable", lastWhat);
        time.advanceNanos(1);
        Witness.until(() -> stepAndCount(client, "datagram"));
        assertEquals(1, back.traffic().get(Traffic.RECEIVED));
      }
    }
  }

  @Test
  void shouldReportClosedConnectionWhenRequestIsOpen() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 1, v4(0).getAddress())) {
      PeerId to = new PeerId(rude.getInetAddress(), rude.getLocalPort());
      try (TcpRuntime client = client(List.of(send(to, "ECHO")), List.of()).start()) {
        try (Socket accepted = rude.accept()) {
          assertArrayEquals(frame("ECHO"), accepted.getInputStream().readNBytes(6));
        }
        RecordingMachine.Event event = witness.next("unreachable");
        assertEquals(to, event.peer());
        assertEquals("the peer closed the connection", event.text());
        assertTrue(client.isOpen());
      }
    }
  }

  @Test
  void shouldSendOnlyLatestWhenSeveralWaitForConnection() throws Exception {
    try (TcpServer server = server()) {
      PeerId to = peer(server);
      List<Action> three = List.of(send(to, "A"), send(to, "AB"), send(to, "ABC"));
      try (TcpRuntime client = client(three, List.of())) {
        Witness.until(() -> client.doWork() > 0 && client.traffic().get(Traffic.RECEIVED) > 0);
        assertEquals("abc", witness.next("datagram").text());
        assertEquals(1, client.traffic().get(Traffic.SENT));
        assertEquals(2, client.traffic().get(Traffic.SEND_FAILED));
      }
    }
  }

  @Test
  void shouldTakeFramesApartWhenTheyArriveInOneWriteOrByteByByte() throws Exception {
    try (TcpServer server = server();
        Socket socket = connect(server)) {
      byte[] two = new byte[12];
      System.arraycopy(frame("ONE"), 0, two, 0, 5);
      System.arraycopy(frame("THREE"), 0, two, 5, 7);
      socket.getOutputStream().write(two);
      assertArrayEquals(frame("one"), socket.getInputStream().readNBytes(5));
      assertArrayEquals(frame("three"), socket.getInputStream().readNBytes(7));
      socket.setTcpNoDelay(true);
      for (byte single : two) {
        socket.getOutputStream().write(single);
      }
      assertArrayEquals(frame("one"), socket.getInputStream().readNBytes(5));
      assertArrayEquals(frame("three"), socket.getInputStream().readNBytes(7));
    }
  }

  @Test
  void shouldSendNothingWhenReplyWouldBeLargerThanRequest() throws Exception {
    try (TcpServer server = server();
        Socket socket = connect(server)) {
      for (String request : List.of("XX", "YY", "ZZ", "?", "OK")) {
        socket.getOutputStream().write(frame(request));
      }
      assertArrayEquals(frame("ok"), socket.getInputStream().readNBytes(4));
      assertEquals(2, server.traffic().get(Traffic.REPLY_TOO_LARGE));
    }
  }

  @Test
  void shouldCloseAndCountWhenFrameIsTooLongOrEmpty() throws Exception {
    try (TcpServer server = server();
        Socket tooLong = connect(server);
        Socket empty = connect(server);
        Socket cut = connect(server)) {
      tooLong.getOutputStream().write(new byte[] {8, 1});
      assertTrue(isEnded(tooLong));
      empty.getOutputStream().write(new byte[] {0, 0});
      assertTrue(isEnded(empty));
      cut.getOutputStream().write(new byte[] {0, 5, 'A'});
      cut.shutdownOutput();
      assertTrue(isEnded(cut));
      Witness.until(() -> server.traffic().get(Traffic.FRAME_MALFORMED) == 2);
      assertEquals(1, server.traffic().get(Traffic.TOO_LONG));
      Witness.until(() -> server.connectionCount() == 0);
    }
  }

  @Test
  void shouldCloseWhenConnectionIsIdleOrFrameIsSlow() throws Exception {
    TcpServerConfig config = TcpServerConfig.bound(v4(0));
    try (TcpServer server = server(config.withTimeouts(SOON_NANOS, LATE_NANOS));
        Socket idle = connect(server)) {
      assertTrue(isEnded(idle));
      Witness.until(() -> server.traffic().get(Traffic.CONNECTION_TIMED_OUT) == 1);
    }
    try (TcpServer server = server(config.withTimeouts(LATE_NANOS, SOON_NANOS));
        Socket slow = connect(server)) {
      slow.getOutputStream().write(new byte[] {0, 5, 'A'});
      assertTrue(isEnded(slow));
      Witness.until(() -> server.traffic().get(Traffic.CONNECTION_TIMED_OUT) == 1);
    }
  }

  @Test
  void shouldEndConnectionWhenPeerDoesNotRead() throws Exception {
    try (TcpServer server = server();
        Socket greedy = connect(server)) {
      byte[] request = frame("E".repeat(2_000));
      try {
        for (int i = 0; i < 100_000 && server.traffic().get(Traffic.SEND_FAILED) == 0; i++) {
          greedy.getOutputStream().write(request);
        }
      } catch (SocketException e) {
        assertFalse(e.getMessage().isEmpty()); // reset: as it should be
      }
      Witness.until(() -> server.traffic().get(Traffic.SEND_FAILED) == 1);
      Witness.until(() -> server.connectionCount() == 0);
    }
  }

  @Test
  void shouldCloseAtOnceWhenThereAreTooManyConnections() throws Exception {
    try (TcpServer server = server(TcpServerConfig.bound(v4(0)).withMaxConnections(2));
        Socket first = connect(server);
        Socket second = connect(server)) {
      Witness.until(() -> server.connectionCount() == 2);
      try (Socket third = connect(server)) {
        assertTrue(isEnded(third));
      }
      assertEquals(1, server.traffic().get(Traffic.CONNECTION_REFUSED));
      first.getOutputStream().write(frame("ECHO"));
      assertArrayEquals(frame("echo"), first.getInputStream().readNBytes(6));
      second.getOutputStream().write(new byte[2]); // breaks the framing: it is closed
      Witness.until(() -> server.connectionCount() == 1);
      try (Socket again = connect(server)) {
        again.getOutputStream().write(frame("ECHO"));
        assertArrayEquals(frame("echo"), again.getInputStream().readNBytes(6));
      }
    }
  }

  @Test
  void shouldAskResponderOneAtATimeWhenManyConnectionsAsk() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    echo.pauseNanos = 100_000;
    try (TcpServer server = server()) {
      for (int i = 0; i < 8; i++) {
        sockets.add(connect(server));
      }
      for (int round = 0; round < 20; round++) {
        for (Socket socket : sockets) {
          socket.getOutputStream().write(frame("ECHO"));
        }
      }
      for (Socket socket : sockets) {
        assertEquals(20 * 6, socket.getInputStream().readNBytes(20 * 6).length);
      }
      assertEquals(1, echo.mostInside.get());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void shouldKeepCauseWhenResponderThrows() throws Exception {
    TcpServer server =
        TcpServer.start(
            TcpServerConfig.bound(v4(0)),
            (received, from, request, reply, ticks) -> {
              throw new IllegalStateException("thrown by a responder");
            },
            CLOCK);
    try (server;
        Socket socket = connect(server)) {
      socket.getOutputStream().write(frame("ECHO"));
      assertTrue(isEnded(socket));
      Witness.until(() -> server.failure().isPresent());
      assertEquals("thrown by a responder", server.failure().get().getMessage());
    }
  }

  @Test
  void shouldSayWhatToDoWhenPortIsInUse() {
    try (TcpServer first = server()) {
      TcpServerConfig same = TcpServerConfig.bound(first.localAddress());
      RuntimeStartException e = assertThrows(RuntimeStartException.class, () -> server(same));
      assertTrue(e.getMessage().startsWith("TCP port " + first.localAddress().getPort()));
      assertTrue(e.getMessage().contains("is in use"), e.getMessage());
    }
  }

  @Test
  void shouldBindAgainWhenFormerServerHadConnections() throws Exception {
    InetSocketAddress at;
    try (Socket socket = new Socket()) {
      try (TcpServer first = server()) {
        at = first.localAddress();
        socket.connect(at);
        socket.getOutputStream().write(frame("ECHO"));
        assertArrayEquals(frame("echo"), socket.getInputStream().readNBytes(6));
      }
      assertTrue(isEnded(socket));
    }
    try (TcpServer again = server(TcpServerConfig.bound(at))) {
      assertEquals(at, again.localAddress());
    }
  }
}
