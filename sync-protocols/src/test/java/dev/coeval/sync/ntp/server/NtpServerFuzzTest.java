package dev.coeval.sync.ntp.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole responder under a row of datagrams: the first byte says how the server is configured,
 * each datagram has its length before it.
 */
class NtpServerFuzzTest {
  private static final int MAX_DATAGRAMS = 64;

  static Stream<byte[]> seeds() {
    return new Random(7).longs(24).mapToObj(NtpServerFuzzTest::row);
  }

  private static byte[] row(long seed) {
    Siege siege = new Siege((int) (seed & 7), seed);
    ByteBuffer row = ByteBuffer.allocate(2048).put((byte) seed);
    for (int i = 0; i < 8; i++) {
      byte[] datagram = siege.damaged();
      row.put((byte) datagram.length).put(datagram);
    }
    byte[] bytes = new byte[row.position()];
    row.get(0, bytes);
    return bytes;
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldAnswerWellOrStaySilentWhenDatagramsAreArbitrary(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Siege siege = new Siege(data[0] & 7, data.length);
    ByteBuffer row = ByteBuffer.wrap(data, 1, data.length - 1);
    for (int i = 0; i < MAX_DATAGRAMS && row.hasRemaining(); i++) {
      byte[] datagram = new byte[Math.min(row.get() & 0xFF, row.remaining())];
      row.get(datagram);
      siege.send(datagram);
    }
    siege.check();
  }
}
