package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpServerGroup;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A server under load: nothing is thrown, nothing grows, and who asks as it should is answered. The
 * profile {@code load} sends a hundred times as much.
 */
final class NtpServerLoadTest {

  /** 1 in the build, 100 in the profile. */
  private static final int SCALE = Integer.getInteger("coeval.load", 1);

  private static final long SECOND = 1_000_000_000L;
  private static final int HONEST = 20;

  /** The retained size of a server's tables is what it says, and no more than this is beside. */
  private static final long SLACK_BYTES = 8L << 20;

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static PeerId forged(int number) throws Exception {
    byte[] address = {
      (byte) (number % 100 + 11), (byte) (number >> 16), (byte) (number >> 8), (byte) number
    };
    return new PeerId(InetAddress.getByAddress(address), 1024 + number % 60_000);
  }

  /** A million forged addresses, thrice over; clients of 8 s polls among them. */
  @Test
  void shouldAnswerHonestClientsInFixedMemoryWhenMillionAddressesFlood() throws Exception {
    Desk desk = new Desk(NtpServerConfig.guarded(11));
    Random random = new Random(11);
    ByteBuffer request = desk.request(4, 1);
    ByteBuffer reply = ByteBuffer.allocate(200);
    int flood = 1_000_000 * Math.max(1, SCALE / 10);
    long before = usedBytes();
    for (int i = 0; i < flood; i++) {
      PeerId from = forged(i % 1_000_000);
      ClockReading now = new ClockReading(desk.tick, 0, 0);
      desk.tick += 2_000; // half a million requests a second
      request.putLong(NtpCodec.TRANSMIT, random.nextLong());
      int length = desk.server.respond(now, from, request, reply.clear(), now::tickNanos);
      assertTrue(length == NtpCodec.HEADER_LENGTH || length == Responder.SILENT);
      if (i % 50_000 == 0) {
        desk.tick += 8 * SECOND;
        for (int client = 0; client < HONEST; client++) {
          assertNotNull(desk.askTime(client), "an honest client was refused");
        }
      }
    }
    long after = usedBytes();
    assertTrue(after - before < SLACK_BYTES, "grew by " + (after - before) + " bytes");
    assertEquals(ServerMemory.DEFAULT_CLIENTS, desk.server.clients().size());
    long honest = (flood + 49_999) / 50_000L * HONEST;
    assertEquals(
        flood + honest,
        desk.server.count(ServerEvent.REPLIED)
            + desk.server.count(ServerEvent.KISSED_RATE)
            + desk.server.rejections().get(Rejection.RATE_LIMITED));
  }

  /** Requests, flawed, sealed, replayed and interleaved ones, and bytes of no protocol. */
  @Test
  void shouldStayWellFormedInFixedMemoryWhenDatagramsAreDamaged() {
    Siege siege = new Siege(5, 12);
    long before = usedBytes();
    for (int i = 0; i < 100_000 * SCALE; i++) {
      siege.send(siege.damaged());
    }
    siege.check();
    long after = usedBytes();
    assertTrue(after - before < SLACK_BYTES, "grew by " + (after - before) + " bytes");
  }

  /** The same over real sockets: two threads at one port, and a client after every batch. */
  @Test
  void shouldAnswerHonestClientsOverLoopbackWhenServerIsUnderFire() throws Exception {
    Desk desk = new Desk(NtpServerConfig.guarded(13));
    UdpConfig config = UdpConfig.bound(local(1));
    Siege siege = new Siege(1, 13);
    List<byte[]> sent = new ArrayList<>();
    long before = usedBytes();
    try (UdpServerGroup group =
            UdpServerGroup.start(config, 2, desk.server::sibling, ClockReader.system());
        DatagramSocket attacker = new DatagramSocket(local(2))) {
      for (int batch = 0; batch < 200 * SCALE; batch++) {
        for (int i = 0; i < 500; i++) {
          byte[] bytes = sent.size() < 5_000 ? siege.damaged() : sent.get((batch + i * 7) % 5_000);
          if (sent.size() < 5_000) {
            sent.add(bytes); // later ones are replayed
          }
          attacker.send(new DatagramPacket(bytes, bytes.length, group.localAddress()));
        }
        assertAnswered(desk, group.localAddress(), batch);
      }
    }
    long after = usedBytes();
    assertTrue(after - before < SLACK_BYTES, "grew by " + (after - before) + " bytes");
    assertTrue(desk.server.rejections().total() > 0);
  }

  private static InetSocketAddress local(int number) throws Exception {
    byte[] address = {127, 0, (byte) (number >> 8), (byte) number};
    return new InetSocketAddress(InetAddress.getByAddress(address), 0);
  }

  /**
   * Each address asks twice, well within its burst. A full socket buffer may lose a request, as it
   * may lose anybody's: then it asks again.
   */
  private static void assertAnswered(Desk desk, InetSocketAddress server, int batch)
      throws Exception {
    try (DatagramSocket socket = new DatagramSocket(local(10 + batch / 2))) {
      socket.setSoTimeout(1_000);
      byte[] bytes = desk.request().array();
      for (int i = 0; i < 4; i++) {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        if (isReceived(socket, reply)) {
          assertEquals(NtpCodec.HEADER_LENGTH, reply.getLength());
          return;
        }
      }
    }
    throw new AssertionError("an honest client got no reply after batch " + batch);
  }

  private static boolean isReceived(DatagramSocket socket, DatagramPacket reply) throws Exception {
    try {
      socket.receive(reply);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
