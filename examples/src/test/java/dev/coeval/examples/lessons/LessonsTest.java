package dev.coeval.examples.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.sync.SyncNode;
import dev.coeval.sync.ntp.NtpServer;
import dev.coeval.sync.ntp.NtpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonsTest {

  @Test
  void shouldRunWhenThereIsAServer() throws Exception {
    try (SyncNode server = server()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      Example01_ClockThatKnowsItsError.run("127.0.0.1:" + server.address().getPort(), out);
      List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
      assertEquals(4, lines.size(), lines::toString);
      assertEquals("and that is past:   true", lines.get(1));
      HybridTimestamp event = HybridTimestamp.parse(lines.get(2).substring(20));
      HybridTimestamp after = HybridTimestamp.parse(lines.get(3).substring(20));
      assertTrue(event.isBefore(after), lines::toString);
    }
  }

  private static SyncNode server() {
    ClockReader reader = ClockReader.system();
    SyncNode server = new SyncNode(reader, 0, SteeringPolicy.with(StepPolicy.never()));
    ClockReading now = reader.readTightest(5);
    server
        .clock()
        .steer(
            new ClockEstimate(
                now.tickNanos(),
                now.wallEpochNanos(),
                0,
                0,
                BoundedInstant.around(now.wallEpochNanos(), now.spanNanos())));
    server.board().add(new NtpServer(NtpServerConfig.defaults(), server.clock()));
    return server.open(UdpConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
