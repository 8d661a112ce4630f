package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What the server does with bytes from anywhere. */
final class NtpServerProperties {
  private static final ClockReading NOW = new ClockReading(1_000, 1_700_000_000_000_000_000L, 0);

  @Property(tries = 3000)
  void shouldAnswerOnlyRequestsAndNeverWithMoreThanItGot(@ForAll @Size(max = 120) byte[] bytes) {
    NtpServer server =
        new NtpServer(NtpServerConfig.defaults(), () -> ClockModel.unsynchronized(NOW, 0));
    byte[] before = bytes.clone();
    ByteBuffer reply = ByteBuffer.allocate(bytes.length);
    int length =
        server.respond(NOW, PeerId.simulated(1), ByteBuffer.wrap(bytes), reply, () -> 2_000);
    assertTrue(length <= bytes.length);
    assertArrayEquals(before, bytes);
    if (length > 0) {
      assertEquals(NtpPacket.MODE_CLIENT, bytes[0] & 7);
      assertEquals(NtpPacket.MODE_SERVER, reply.get(0) & 7);
      assertEquals((bytes[0] >> 3) & 7, (reply.get(0) >> 3) & 7);
      assertEquals(ByteBuffer.wrap(bytes).getLong(40), reply.getLong(24));
      assertEquals(length, reply.position());
    } else {
      assertEquals(0, reply.position());
    }
  }
}
